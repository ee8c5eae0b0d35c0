package io.linli.station.pickup;

import io.linli.kit.data.Transactions;
import io.linli.kit.web.Problem;
import io.linli.station.StationSettings;
import io.linli.station.code.PickUpCodes;
import io.linli.station.parcel.HouseholdParcels;
import io.linli.station.parcel.Parcel;
import io.linli.station.parcel.ParcelState.Ready;
import io.linli.station.parcel.Refusals;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Judges the code that a keeper was told for a label, in a transaction of its own: what was guessed wrong stays
/// counted although the hand-over itself is refused.
@Component
class JudgeCode {
    private final HouseholdParcels parcels;
    private final PickUpCodes codes;
    private final Guesses guesses;
    private final Transactions transactions;
    private final Clock clock;
    private final GuessLimits limits;

    /// What a keeper entered.
    record Attempt(UUID community, UUID keeper, String label, String code) {}

    sealed interface Verdict {
        /// The code opens this household's parcels.
        record Opens(UUID household) implements Verdict {}

        record Refused(Problem problem) implements Verdict {}
    }

    JudgeCode(
            HouseholdParcels parcels,
            PickUpCodes codes,
            Guesses guesses,
            Transactions transactions,
            Clock clock,
            StationSettings settings) {
        this.parcels = parcels;
        this.codes = codes;
        this.guesses = guesses;
        this.transactions = transactions;
        this.clock = clock;
        this.limits = GuessLimits.of(settings);
    }

    Mono<Verdict> judge(Attempt attempt) {
        return transactions.in(
                attempt.community(),
                () -> parcels.findByLabel(attempt.community(), attempt.label())
                        .flatMap(parcel -> judge(attempt, parcel))
                        .defaultIfEmpty(refused(HttpStatus.NOT_FOUND, "label-unknown")));
    }

    private Mono<Verdict> judge(Attempt attempt, Parcel parcel) {
        if (!(parcel.state() instanceof Ready)) {
            return Mono.just(new Verdict.Refused(Refusals.toProblem(parcel.state())));
        }
        var now = clock.instant();
        var household = parcel.householdId();
        return guesses.lockKeeper(attempt.community(), attempt.keeper(), now.minus(limits.keeperWindow()))
                .map(guessed -> pauseOf(guessed, now))
                .flatMap(pause -> pause.isPositive() ? paused(pause) : judgeLabel(attempt, household, now));
    }

    private Duration pauseOf(Guesses.OfKeeper guessed, Instant now) {
        var oldest = guessed.oldest();
        return oldest == null ? Duration.ZERO : limits.keeperPauseLeft(guessed.wrongInWindow(), oldest, now);
    }

    private Mono<Verdict> judgeLabel(Attempt attempt, UUID household, Instant now) {
        return guesses.lockLabel(attempt.community(), attempt.label(), household, now)
                .flatMap(guessed -> {
                    var pause = limits.pauseLeft(guessed.wrong(), guessed.lastWrongAt(), now);
                    return pause.isPositive() ? paused(pause) : compare(attempt, household, guessed.wrong() + 1, now);
                });
    }

    private Mono<Verdict> compare(Attempt attempt, UUID household, int wrongWithThis, Instant now) {
        return codes.findLive(attempt.community(), household)
                .flatMap(live ->
                        live.opensWith(attempt.code()) ? opens(attempt, household) : wrong(attempt, wrongWithThis, now))
                .switchIfEmpty(Mono.defer(() -> overtaken(attempt)));
    }

    private Mono<Verdict> opens(Attempt attempt, UUID household) {
        return guesses.forgetLabel(attempt.community(), attempt.label()).thenReturn(new Verdict.Opens(household));
    }

    private Mono<Verdict> wrong(Attempt attempt, int wrongWithThis, Instant now) {
        return guesses.countWrong(attempt.community(), attempt.label(), attempt.keeper(), now)
                .thenReturn(refused(HttpStatus.UNPROCESSABLE_CONTENT, "code-wrong", limits.triesLeft(wrongWithThis)));
    }

    /// No code lives any more because the parcel has left the shelf since it was read: no guess, nothing to count.
    private Mono<Verdict> overtaken(Attempt attempt) {
        return guesses.forgetLabel(attempt.community(), attempt.label())
                .then(parcels.findByLabel(attempt.community(), attempt.label()))
                .map(parcel -> (Verdict) new Verdict.Refused(Refusals.toProblem(parcel.state())))
                .defaultIfEmpty(refused(HttpStatus.NOT_FOUND, "label-unknown"));
    }

    private static Mono<Verdict> paused(Duration pause) {
        return Mono.just(new Verdict.Refused(Problem.of(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too-many-guesses",
                        pause.plusMillis(999).toSeconds())
                .retryAfter(pause)));
    }

    private static Verdict refused(HttpStatus status, String slug, Object... args) {
        return new Verdict.Refused(Problem.of(status, slug, args));
    }
}
