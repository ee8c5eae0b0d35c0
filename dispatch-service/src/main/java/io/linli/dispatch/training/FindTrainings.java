package io.linli.dispatch.training;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// What volunteers are trained in. Runs inside the caller's transaction.
@Component
public class FindTrainings {

    private final Trainings trainings;

    FindTrainings(Trainings trainings) {
        this.trainings = trainings;
    }

    /// The trainings that count now; a volunteer without one is not in the map.
    public Mono<Map<UUID, Set<TrainingKind>>> valid(Collection<UUID> volunteers, Instant now) {
        return trainings
                .listValid(volunteers, now)
                .map(held -> held.stream()
                        .collect(groupingBy(Trainings.Held::member, mapping(Trainings.Held::kind, toSet()))));
    }
}
