package io.linli.dispatch.task;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something a volunteer does for a household: its states and the commands on it. The rules between them are
/// [TaskRules].
///
/// *Units*: `version` counts the changes of the task, not of the parcel.
record Task(UUID id, UUID community, Work work, Attempt attempt, int version, Instant since, State state) {

    /// Which attempt this is, from 1; nobody is asked before `notBefore`.
    record Attempt(int number, @Nullable Instant notBefore) {
        static final Attempt FIRST = new Attempt(1, null);
    }

    sealed interface State {
        sealed interface Open extends State {}

        sealed interface Closed extends State {}

        /// A state in which one volunteer holds the task, or has carried it to its end.
        sealed interface Held extends State {
            UUID volunteer();
        }

        record Waiting() implements Open {}

        record Offered(UUID volunteer, Instant until) implements Open, Held {}

        record Accepted(UUID volunteer) implements Open, Held {}

        /// The thing that is carried is in the volunteer's hands.
        record Collected(UUID volunteer) implements Open, Held {}

        /// @param started when the volunteer's time began to count
        record OnTheWay(UUID volunteer, Instant started) implements Open, Held {}

        /// At the door, or done.
        ///
        /// @param batch what was dropped together, and may be taken back together
        record Dropped(
                UUID volunteer,
                Instant started,
                Proof proof,
                @Nullable UUID batch) implements Open, Held {}

        record Delivered(UUID volunteer, Instant started, Proof proof, ConfirmedBy by) implements Closed, Held {}

        record Failed(UUID volunteer, FailureReason reason, boolean collected) implements Closed, Held {}

        record Cancelled() implements Closed {}
    }

    sealed interface Command {
        /// A command that only the volunteer who holds the task may give.
        sealed interface ByHolder extends Command {
            UUID volunteer();
        }

        record Offer(UUID volunteer, Instant until) implements Command {}

        record Accept(UUID volunteer) implements ByHolder {}

        record Refuse(UUID volunteer) implements ByHolder {}

        record Expire() implements Command {}

        /// The station's word that it handed the parcel to this volunteer: a fact, whoever holds the task here.
        record Collect(UUID volunteer) implements Command {}

        /// The volunteer took over at the door what goes back to the station.
        record PickUp(UUID volunteer) implements ByHolder {}

        record SetOut(UUID volunteer) implements ByHolder {}

        record Drop(UUID volunteer, Proof proof, @Nullable UUID batch) implements ByHolder {}

        record Undo(UUID volunteer, UUID batch) implements ByHolder {}

        record Confirm(ConfirmedBy by) implements Command {}

        record ConfirmBySilence(Duration after) implements Command {}

        record Fail(UUID volunteer, FailureReason reason, Retry retry) implements ByHolder {}

        /// A coordinator's word about a volunteer who cannot be reached.
        record WriteOff(FailureReason reason, Retry retry) implements Command {}

        record Cancel() implements Command {}

        /// A coordinator's word: to this volunteer, or to whoever comes next.
        record Reassign(@Nullable UUID to, Instant until) implements Command {}
    }

    /// How often something is tried, and how long to wait between.
    record Retry(int attemptsMax, Duration after) {}

    enum Reason {
        NOT_YOURS,
        OFFER_EXPIRED,
        NOT_DUE,
        NOT_WAITING,
        NOT_OFFERED,
        NOT_ACCEPTED,
        NOT_COLLECTED,
        NOT_DROPPED,
        NOT_IN_BATCH,
        NOT_CARRIED,
        ALREADY_ACCEPTED,
        ALREADY_COLLECTED,
        ALREADY_ON_THE_WAY,
        ALREADY_DROPPED,
        CLOSED
    }

    sealed interface Decision {
        record Changed(Task next, List<TaskEvent> events) implements Decision {}

        record Rejected(Reason reason) implements Decision {}
    }

    /// Who holds the task or carried it to its end.
    @Nullable
    UUID volunteer() {
        return state instanceof State.Held held ? held.volunteer() : null;
    }

    TaskKind kind() {
        return work.kind();
    }

    Decision decide(Command command, Instant now) {
        return new TaskRules(this, now).decide(command);
    }
}
