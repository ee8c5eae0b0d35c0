package io.linli.dispatch.volunteer;

import io.linli.dispatch.exposure.FindExposures;
import io.linli.dispatch.training.FindTrainings;
import io.linli.dispatch.training.TrainingKind;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Who may go into a closed building: those trained in hygiene who were in it in the last seven days, or may still
/// enter a further one. Runs inside the caller's transaction.
@Component
public class WhoMayEnter {

    private final FindTrainings findTrainings;
    private final FindExposures findExposures;

    WhoMayEnter(FindTrainings findTrainings, FindExposures findExposures) {
        this.findTrainings = findTrainings;
        this.findExposures = findExposures;
    }

    public Mono<Set<UUID>> of(Collection<UUID> volunteers, UUID building, Instant now) {
        return trained(volunteers, now)
                .flatMap(trained -> findExposures
                        .thisWeek(trained, now)
                        .map(week -> trained.stream()
                                .filter(volunteer -> week.of(volunteer).contains(building) || week.left(volunteer) > 0)
                                .collect(Collectors.toSet())));
    }

    /// Those of them whose training in hygiene counts now.
    public Mono<Set<UUID>> trained(Collection<UUID> volunteers, Instant now) {
        return findTrainings
                .valid(volunteers, now)
                .map(trainings -> volunteers.stream()
                        .filter(volunteer ->
                                trainings.getOrDefault(volunteer, Set.of()).contains(TrainingKind.HYGIENE))
                        .collect(Collectors.toSet()));
    }
}
