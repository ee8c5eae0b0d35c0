package io.linli.dispatch.help;

import io.linli.dispatch.help.clock.HelpClock;
import io.linli.dispatch.help.clock.HelpSettings;
import io.linli.dispatch.help.clock.Urgency;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A household's need for help: its states and the commands on it. The rules between them are [HelpRules]. How far it
/// was escalated stands beside the state, on its clock. What it says in words is kept apart.
///
/// *Units*: `round` counts how often it was reopened.
record HelpRequest(
        UUID id, UUID community, HelpAsk ask, int version, int round, Instant since, HelpClock clock, HelpState state) {

    enum Reason {
        NOT_TRIAGED,
        ALREADY_TRIAGED,
        ALREADY_GIVEN,
        NOT_GIVEN,
        OTHER_HELPER,
        NOT_TAKEN_UP,
        NOT_ANSWERED,
        ALREADY_ANSWERED,
        NOT_CLOSED,
        ALREADY_RATED,
        HELPER_MAY_NOT_CLOSE,
        TOO_LATE,
        NOT_DUE,
        ENDED
    }

    sealed interface Decision {
        record Changed(HelpRequest next, List<HelpEvent> events) implements Decision {}

        record Rejected(Reason reason) implements Decision {}
    }

    /// A request that has just been asked for.
    static Decision.Changed begin(UUID id, UUID community, HelpAsk ask, HelpSettings settings) {
        var clock = HelpClock.start(ask.at(), settings.patience(ask.urgency()));
        var request = new HelpRequest(id, community, ask, 1, 0, ask.at(), clock, new HelpState.Open());
        return new Decision.Changed(
                request, request.isLifeThreatening() ? List.of(HelpEvent.HelpAlarmed.of(request)) : List.of());
    }

    boolean isLifeThreatening() {
        return ask.urgency() == Urgency.LIFE_THREATENING;
    }

    /// Whether the clock runs: as long as nobody has helped.
    boolean isRunning() {
        return switch (state) {
            case HelpState.Open _, HelpState.Triaged _, HelpState.Given _ -> true;
            case HelpState.Answered _, HelpState.Closed _, HelpState.Cancelled _ -> false;
        };
    }

    private boolean isTakenUp() {
        return state instanceof HelpState.InProgress;
    }

    /// When the clock runs out; absent when it does not run.
    @Nullable
    Instant due() {
        return isRunning() ? clock.due(isTakenUp()) : null;
    }

    @Nullable
    Instant escalationDue() {
        return isRunning() ? clock.escalationDue(isTakenUp()) : null;
    }

    @Nullable
    Instant rank() {
        return isRunning() ? clock.rank(isTakenUp(), ask.need()) : null;
    }

    Decision decide(HelpCommand command, Instant now) {
        return new HelpRules(this, now).decide(command);
    }

    /// The next version, in the same round and of the same ask.
    HelpRequest next(Instant since, HelpClock clock, HelpState state) {
        return new HelpRequest(id, community, ask, version + 1, round, since, clock, state);
    }

    HelpRequest with(HelpAsk corrected) {
        return new HelpRequest(id, community, corrected, version, round, since, clock, state);
    }

    HelpRequest nextRound() {
        return new HelpRequest(id, community, ask, version, round + 1, since, clock, state);
    }
}
