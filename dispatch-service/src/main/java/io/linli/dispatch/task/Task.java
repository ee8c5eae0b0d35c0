package io.linli.dispatch.task;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A parcel's way from the shelf to a door: its states, the commands on it and the rules between them.
///
/// *Units*: `version` counts the changes of the task, not of the parcel.
record Task(UUID id, UUID community, Parcel parcel, int version, Instant since, State state) {

    /// What is carried and where to; *Units*: x and y are metres from the gate.
    record Parcel(
            UUID id,
            long version,
            UUID household,
            UUID building,
            String buildingName,
            double x,
            double y,
            int floor,
            long weightGrams,
            String label) {}

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

        record Collected(UUID volunteer) implements Open, Held {}

        record Dropped(UUID volunteer, Proof proof) implements Open, Held {}

        record Delivered(UUID volunteer, Proof proof, ConfirmedBy by) implements Closed, Held {}

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

        record Drop(UUID volunteer, Proof proof) implements ByHolder {}

        record Confirm() implements Command {}

        record ConfirmBySilence(Duration after) implements Command {}

        record Fail(UUID volunteer, FailureReason reason) implements ByHolder {}

        /// A coordinator's word about a volunteer who cannot be reached.
        record WriteOff(FailureReason reason) implements Command {}

        record Cancel() implements Command {}
    }

    enum Reason {
        NOT_YOURS,
        OFFER_EXPIRED,
        NOT_DUE,
        NOT_WAITING,
        NOT_OFFERED,
        NOT_ACCEPTED,
        NOT_COLLECTED,
        NOT_DROPPED,
        ALREADY_ACCEPTED,
        ALREADY_COLLECTED,
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

    Decision decide(Command command, Instant now) {
        return switch (state) {
            case State.Closed _ -> rejected(Reason.CLOSED);
            case State.Open _
            when command instanceof Command.ByHolder by && !by.volunteer().equals(volunteer()) ->
                rejected(Reason.NOT_YOURS);
            case State.Open open -> decide(open, command, now);
        };
    }

    private Decision decide(State.Open open, Command command, Instant now) {
        return switch (command) {
            case Command.Offer offer -> offer(open, offer, now);
            case Command.Accept accept -> accept(open, accept.volunteer(), now);
            case Command.Refuse refuse -> refuse(open, refuse.volunteer(), now);
            case Command.Expire _ -> expire(open, now);
            case Command.Collect collect -> collect(open, collect.volunteer(), now);
            case Command.Drop drop -> drop(open, drop, now);
            case Command.Confirm _ -> confirm(open, ConfirmedBy.RESIDENT, now);
            case Command.ConfirmBySilence silence
            when open instanceof State.Dropped && now.isBefore(since.plus(silence.after())) -> rejected(Reason.NOT_DUE);
            case Command.ConfirmBySilence _ -> confirm(open, ConfirmedBy.AUTO, now);
            case Command.Fail _ when open instanceof State.Dropped -> rejected(Reason.ALREADY_DROPPED);
            case Command.Fail fail -> fail(open, fail.reason(), now);
            case Command.WriteOff off -> fail(open, off.reason(), now);
            case Command.Cancel _ -> cancel(open, now);
        };
    }

    private Decision offer(State.Open open, Command.Offer offer, Instant now) {
        return switch (open) {
            case State.Waiting _ -> to(new State.Offered(offer.volunteer(), offer.until()), now);
            case State.Offered _, State.Accepted _, State.Collected _, State.Dropped _ -> rejected(Reason.NOT_WAITING);
        };
    }

    private Decision accept(State.Open open, UUID volunteer, Instant now) {
        return switch (open) {
            case State.Waiting _ -> rejected(Reason.NOT_YOURS);
            case State.Offered offered when !now.isBefore(offered.until()) -> rejected(Reason.OFFER_EXPIRED);
            case State.Offered _ -> to(new State.Accepted(volunteer), now, accepted(volunteer));
            case State.Accepted _ -> rejected(Reason.ALREADY_ACCEPTED);
            case State.Collected _ -> rejected(Reason.ALREADY_COLLECTED);
            case State.Dropped _ -> rejected(Reason.ALREADY_DROPPED);
        };
    }

    private Decision refuse(State.Open open, UUID volunteer, Instant now) {
        return switch (open) {
            case State.Waiting _ -> rejected(Reason.NOT_YOURS);
            case State.Offered _ -> to(new State.Waiting(), now);
            case State.Accepted _ -> to(new State.Waiting(), now, released(volunteer));
            case State.Collected _ -> rejected(Reason.ALREADY_COLLECTED);
            case State.Dropped _ -> rejected(Reason.ALREADY_DROPPED);
        };
    }

    private Decision expire(State.Open open, Instant now) {
        return switch (open) {
            case State.Offered offered when now.isBefore(offered.until()) -> rejected(Reason.NOT_DUE);
            case State.Offered _ -> to(new State.Waiting(), now);
            case State.Waiting _, State.Accepted _, State.Collected _, State.Dropped _ -> rejected(Reason.NOT_OFFERED);
        };
    }

    private Decision collect(State.Open open, UUID volunteer, Instant now) {
        var collected = new State.Collected(volunteer);
        return switch (open) {
            case State.Waiting _, State.Offered _ -> to(collected, now, accepted(volunteer));
            case State.Accepted held when held.volunteer().equals(volunteer) -> to(collected, now);
            case State.Accepted held -> to(collected, now, released(held.volunteer()), accepted(volunteer));
            case State.Collected _ -> rejected(Reason.ALREADY_COLLECTED);
            case State.Dropped _ -> rejected(Reason.ALREADY_DROPPED);
        };
    }

    private Decision drop(State.Open open, Command.Drop drop, Instant now) {
        return switch (open) {
            case State.Waiting _ -> rejected(Reason.NOT_YOURS);
            case State.Offered _ -> rejected(Reason.NOT_ACCEPTED);
            case State.Accepted _ -> rejected(Reason.NOT_COLLECTED);
            case State.Collected _ ->
                to(new State.Dropped(drop.volunteer(), drop.proof()), now, TaskEvent.TaskDropped.of(this, drop));
            case State.Dropped _ -> rejected(Reason.ALREADY_DROPPED);
        };
    }

    private Decision confirm(State.Open open, ConfirmedBy by, Instant now) {
        return switch (open) {
            case State.Dropped(var volunteer, var proof) ->
                to(new State.Delivered(volunteer, proof, by), now, delivered(volunteer, by));
            case State.Waiting _, State.Offered _, State.Accepted _, State.Collected _ -> rejected(Reason.NOT_DROPPED);
        };
    }

    private Decision fail(State.Open open, FailureReason reason, Instant now) {
        return switch (open) {
            case State.Waiting _, State.Offered _ -> rejected(Reason.NOT_ACCEPTED);
            case State.Accepted(var volunteer) -> failed(volunteer, reason, false, now);
            case State.Collected(var volunteer) -> failed(volunteer, reason, true, now);
            case State.Dropped dropped -> failed(dropped.volunteer(), reason, true, now);
        };
    }

    private Decision cancel(State.Open open, Instant now) {
        return switch (open) {
            case State.Waiting _, State.Offered _ -> to(new State.Cancelled(), now);
            case State.Accepted held -> to(new State.Cancelled(), now, released(held.volunteer()));
            case State.Collected _ -> rejected(Reason.ALREADY_COLLECTED);
            case State.Dropped _ -> rejected(Reason.ALREADY_DROPPED);
        };
    }

    private Decision failed(UUID volunteer, FailureReason reason, boolean collected, Instant now) {
        var word = TaskEvent.word(reason);
        var event = new TaskEvent.TaskFailed(id, parcel.id(), parcel.household(), volunteer, word, collected);
        return to(new State.Failed(volunteer, reason, collected), now, event);
    }

    private TaskEvent accepted(UUID volunteer) {
        return new TaskEvent.TaskAccepted(id, parcel.id(), parcel.household(), volunteer);
    }

    private TaskEvent released(UUID volunteer) {
        return new TaskEvent.TaskReleased(id, parcel.id(), parcel.household(), volunteer);
    }

    private TaskEvent delivered(UUID volunteer, ConfirmedBy by) {
        return new TaskEvent.TaskDelivered(id, parcel.id(), parcel.household(), volunteer, TaskEvent.word(by));
    }

    private Decision to(State next, Instant now, TaskEvent... events) {
        return new Decision.Changed(new Task(id, community, parcel, version + 1, now, next), List.of(events));
    }

    private static Decision rejected(Reason reason) {
        return new Decision.Rejected(reason);
    }
}
