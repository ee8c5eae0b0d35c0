package io.linli.community.closure;

import java.time.Duration;
import java.time.Instant;

/// Whether a building is closed, and what is planned: its states, the commands on it, and the rules between them.
///
/// @param version counts what came into force, so that others can tell old news from new; a plan is no news
record Closure(long version, State state) {

    /// Nobody plans further ahead.
    static final Duration AHEAD_MAX = Duration.ofDays(365);

    sealed interface State {
        record Open() implements State {}

        record ToClose(Instant at) implements State {}

        record Closed() implements State {}

        record ToReopen(Instant at) implements State {}
    }

    sealed interface Command {
        record Close(Instant at) implements Command {}

        record Reopen(Instant at) implements Command {}

        /// The planned time has come.
        record TakeEffect() implements Command {}
    }

    enum Reason {
        ALREADY_CLOSED,
        NOT_CLOSED,
        CLOSURE_PLANNED,
        REOPENING_PLANNED,
        NOT_DUE,
        TOO_FAR
    }

    sealed interface Decision {
        record Changed(Closure next) implements Decision {}

        record Rejected(Reason reason) implements Decision {}
    }

    boolean isClosed() {
        return state instanceof State.Closed || state instanceof State.ToReopen;
    }

    Decision decide(Command command, Instant now) {
        return switch (command) {
            case Command.Close(var at) when isTooFar(at, now) -> new Decision.Rejected(Reason.TOO_FAR);
            case Command.Reopen(var at) when isTooFar(at, now) -> new Decision.Rejected(Reason.TOO_FAR);
            case Command.Close(var at) when at.isAfter(now) -> planClosing(at);
            case Command.Reopen(var at) when at.isAfter(now) -> planReopening(at);
            case Command.Close _ -> close();
            case Command.Reopen _ -> reopen();
            case Command.TakeEffect _ -> takeEffect(now);
        };
    }

    private static boolean isTooFar(Instant at, Instant now) {
        return at.isAfter(now.plus(AHEAD_MAX));
    }

    private Decision planClosing(Instant at) {
        return switch (state) {
            case State.Open _ -> planned(new State.ToClose(at));
            case State.ToClose _ -> new Decision.Rejected(Reason.CLOSURE_PLANNED);
            case State.Closed _ -> new Decision.Rejected(Reason.ALREADY_CLOSED);
            case State.ToReopen _ -> new Decision.Rejected(Reason.REOPENING_PLANNED);
        };
    }

    private Decision planReopening(Instant at) {
        return switch (state) {
            case State.Closed _ -> planned(new State.ToReopen(at));
            case State.ToReopen _ -> new Decision.Rejected(Reason.REOPENING_PLANNED);
            case State.Open _ -> new Decision.Rejected(Reason.NOT_CLOSED);
            case State.ToClose _ -> new Decision.Rejected(Reason.CLOSURE_PLANNED);
        };
    }

    /// Closing at once what is to reopen calls the reopening off.
    private Decision close() {
        return switch (state) {
            case State.Open _, State.ToClose _ -> inForce(new State.Closed());
            case State.ToReopen _ -> planned(new State.Closed());
            case State.Closed _ -> new Decision.Rejected(Reason.ALREADY_CLOSED);
        };
    }

    /// Reopening at once what is to close calls the closure off.
    private Decision reopen() {
        return switch (state) {
            case State.Closed _, State.ToReopen _ -> inForce(new State.Open());
            case State.ToClose _ -> planned(new State.Open());
            case State.Open _ -> new Decision.Rejected(Reason.NOT_CLOSED);
        };
    }

    private Decision takeEffect(Instant now) {
        return switch (state) {
            case State.ToClose(var at) when !at.isAfter(now) -> inForce(new State.Closed());
            case State.ToReopen(var at) when !at.isAfter(now) -> inForce(new State.Open());
            case State.Open _, State.ToClose _, State.Closed _, State.ToReopen _ ->
                new Decision.Rejected(Reason.NOT_DUE);
        };
    }

    private Decision planned(State next) {
        return new Decision.Changed(new Closure(version, next));
    }

    private Decision inForce(State next) {
        return new Decision.Changed(new Closure(version + 1, next));
    }
}
