package io.linli.dispatch.hours;

import io.linli.dispatch.volunteer.FindVolunteer;
import io.linli.kit.data.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// A coordinator corrects the hours of somebody else by an entry of its own, with a reason. Runs in the caller's
/// transaction.
@Component
class CorrectHours {

    private final Hours hours;
    private final FindVolunteer findVolunteer;
    private final HoursSettings settings;
    private final Clock clock;

    CorrectHours(Hours hours, FindVolunteer findVolunteer, HoursSettings settings, Clock clock) {
        this.hours = hours;
        this.findVolunteer = findVolunteer;
        this.settings = settings;
        this.clock = clock;
    }

    record Command(UUID community, UUID member, UUID by, int minutes, String reason, Instant countsAt) {}

    enum Refusal {
        OWN,
        NOTHING,
        TIME,
        NO_VOLUNTEER,
        NOT_ENOUGH
    }

    sealed interface Result {
        record Corrected(Entry entry) implements Result {}

        record Refused(Refusal refusal) implements Result {}
    }

    Mono<Result> handle(Command command) {
        var now = clock.instant();
        return Mono.justOrEmpty(refusal(command, settings.correctionMaxAge(), now))
                .<Result>map(Result.Refused::new)
                .switchIfEmpty(Mono.defer(() -> correctIfRegistered(command, now)));
    }

    static Optional<Refusal> refusal(Command command, Duration maxAge, Instant now) {
        if (command.by().equals(command.member())) {
            return Optional.of(Refusal.OWN);
        }
        if (command.minutes() == 0) {
            return Optional.of(Refusal.NOTHING);
        }
        var late = command.countsAt().isAfter(now);
        return late || command.countsAt().isBefore(now.minus(maxAge)) ? Optional.of(Refusal.TIME) : Optional.empty();
    }

    private Mono<Result> correctIfRegistered(Command command, Instant now) {
        return findVolunteer
                .isRegistered(command.community(), command.member())
                .flatMap(registered ->
                        registered ? correct(command, now) : Mono.just(new Result.Refused(Refusal.NO_VOLUNTEER)));
    }

    private Mono<Result> correct(Command command, Instant now) {
        var entry = new Entry(
                Ids.next(),
                command.member(),
                Duration.ofMinutes(command.minutes()).toSeconds(),
                command.countsAt(),
                now,
                null,
                new Entry.Correction(command.by(), command.reason()));
        return hours.lock(command.community(), command.member())
                .then(Mono.defer(() -> hours.correct(command.community(), entry)))
                .map(corrected -> corrected ? new Result.Corrected(entry) : new Result.Refused(Refusal.NOT_ENOUGH));
    }
}
