package io.linli.dispatch.exposure;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Which closed buildings volunteers entered in the last seven days. Runs inside the caller's transaction.
@Component
public class FindExposures {

    private final Exposures exposures;
    private final ExposureSettings settings;

    FindExposures(Exposures exposures, ExposureSettings settings) {
        this.exposures = exposures;
        this.settings = settings;
    }

    /// The buildings of this week by volunteer, and how many a volunteer may enter.
    public record Week(Map<UUID, Set<UUID>> buildings, int max) {

        public Set<UUID> of(UUID volunteer) {
            return buildings.getOrDefault(volunteer, Set.of());
        }

        /// How many further closed buildings the volunteer may enter now.
        public int left(UUID volunteer) {
            return Math.max(0, max - of(volunteer).size());
        }
    }

    public Mono<Week> thisWeek(Collection<UUID> volunteers, Instant now) {
        return exposures.list(volunteers, now).map(this::toWeek);
    }

    private Week toWeek(List<Exposures.Entered> entered) {
        return new Week(
                entered.stream()
                        .collect(groupingBy(Exposures.Entered::member, mapping(Exposures.Entered::building, toSet()))),
                settings.closedBuildingsPerWeekMax());
    }
}
