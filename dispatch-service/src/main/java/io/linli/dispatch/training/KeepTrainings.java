package io.linli.dispatch.training;

import io.linli.dispatch.due.DueAssignments;
import io.linli.kit.data.Ids;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// A coordinator records that a volunteer was trained, or revokes it.
@Component
class KeepTrainings {

    private final Trainings trainings;
    private final DueAssignments due;
    private final TrainingSettings settings;
    private final Clock clock;

    KeepTrainings(Trainings trainings, DueAssignments due, TrainingSettings settings, Clock clock) {
        this.trainings = trainings;
        this.due = due;
        this.settings = settings;
        this.clock = clock;
    }

    record Record(UUID community, UUID member, TrainingKind kind, Instant trainedAt, Instant validUntil, UUID by) {}

    record Revoke(UUID community, UUID member, UUID training, UUID by) {}

    sealed interface Result {
        record Kept(Training training) implements Result {}

        record Flawed(Training.Flaw flaw) implements Result {}

        record NoVolunteer() implements Result {}

        record NoTraining() implements Result {}

        record RevokedBefore() implements Result {}
    }

    /// Who is newly trained may be offered what nobody could take before.
    Mono<Result> handle(Record wanted) {
        var now = clock.instant();
        var training = new Training(
                Ids.next(),
                wanted.member(),
                wanted.kind(),
                wanted.trainedAt(),
                wanted.validUntil(),
                wanted.by(),
                now,
                null);
        return Mono.justOrEmpty(training.flaw(settings.validMax()))
                .<Result>map(Result.Flawed::new)
                .switchIfEmpty(Mono.defer(() -> add(wanted.community(), training)));
    }

    private Mono<Result> add(UUID community, Training training) {
        return trainings
                .add(community, training)
                .flatMap(added -> added
                        ? due.ask(community, training.recordedAt()).thenReturn(new Result.Kept(training))
                        : Mono.just(new Result.NoVolunteer()));
    }

    Mono<Result> handle(Revoke wanted) {
        return trainings
                .findForUpdate(wanted.community(), wanted.member(), wanted.training())
                .flatMap(found -> revoke(found, wanted))
                .defaultIfEmpty(new Result.NoTraining());
    }

    private Mono<Result> revoke(Training found, Revoke wanted) {
        if (found.revocation() != null) {
            return Mono.just(new Result.RevokedBefore());
        }
        return trainings
                .revoke(found.id(), new Training.Revocation(wanted.by(), clock.instant()))
                .map(Result.Kept::new);
    }
}
