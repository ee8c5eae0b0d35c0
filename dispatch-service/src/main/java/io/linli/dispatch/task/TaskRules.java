package io.linli.dispatch.task;

import io.linli.dispatch.task.Task.Attempt;
import io.linli.dispatch.task.Task.Command;
import io.linli.dispatch.task.Task.Decision;
import io.linli.dispatch.task.Task.Reason;
import io.linli.dispatch.task.Task.Retry;
import io.linli.dispatch.task.Task.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What each command does to a task in each state. Pure.
///
/// A delivery is collected at the station, which says so; a return at the door, which its volunteer says; the other
/// kinds are not collected at all.
record TaskRules(Task task, Instant now) {

    Decision decide(Command command) {
        return switch (task.state()) {
            case State.Closed _ -> rejected(Reason.CLOSED);
            case State.Open _
            when command instanceof Command.ByHolder by && !by.volunteer().equals(task.volunteer()) ->
                rejected(Reason.NOT_YOURS);
            case State.Open open -> decide(open, command);
        };
    }

    private Decision decide(State.Open open, Command command) {
        return switch (command) {
            case Command.Offer(var to, var until) -> offer(open, to, until);
            case Command.Accept accept -> accept(open, accept.volunteer());
            case Command.Refuse _ -> refuse(open);
            case Command.Expire _ -> expire(open);
            case Command.Collect collect -> collect(open, collect.volunteer());
            case Command.PickUp pickUp -> pickUp(open, pickUp.volunteer());
            case Command.SetOut setOut -> setOut(open, setOut.volunteer());
            case Command.Drop drop -> drop(open, drop);
            case Command.Undo undo -> undo(open, undo);
            case Command.Confirm(var by) -> confirm(open, by);
            case Command.ConfirmBySilence(var after)
            when open instanceof State.Dropped && now.isBefore(task.since().plus(after)) -> rejected(Reason.NOT_DUE);
            case Command.ConfirmBySilence _ -> confirm(open, ConfirmedBy.AUTO);
            case Command.Fail _ when open instanceof State.Dropped -> rejected(Reason.ALREADY_DROPPED);
            case Command.Fail fail -> fail(open, fail.reason(), fail.retry());
            case Command.WriteOff off -> fail(open, off.reason(), off.retry());
            case Command.Cancel _ -> cancel(open);
            case Command.Reassign(var to, var until) -> reassign(open, to, until);
        };
    }

    private Decision offer(State.Open open, UUID to, Instant until) {
        return switch (open) {
            case State.Waiting _ -> changed(new State.Offered(to, until));
            case State.Offered _, State.Accepted _, State.Collected _, State.OnTheWay _, State.Dropped _ ->
                rejected(Reason.NOT_WAITING);
        };
    }

    private Decision accept(State.Open open, UUID volunteer) {
        return switch (open) {
            case State.Waiting _ -> rejected(Reason.NOT_YOURS);
            case State.Offered offered when !now.isBefore(offered.until()) -> rejected(Reason.OFFER_EXPIRED);
            case State.Offered _ -> changed(new State.Accepted(volunteer), TaskEvent.accepted(task, volunteer));
            case State.Accepted _ -> rejected(Reason.ALREADY_ACCEPTED);
            case State.Collected _, State.OnTheWay _, State.Dropped _ -> tooLate(open);
        };
    }

    private Decision refuse(State.Open open) {
        return switch (open) {
            case State.Waiting _ -> rejected(Reason.NOT_YOURS);
            case State.Offered _ -> changed(new State.Waiting());
            case State.Accepted(var volunteer) -> changed(new State.Waiting(), TaskEvent.released(task, volunteer));
            case State.Collected _, State.OnTheWay _, State.Dropped _ -> tooLate(open);
        };
    }

    private Decision expire(State.Open open) {
        return switch (open) {
            case State.Offered offered when now.isBefore(offered.until()) -> rejected(Reason.NOT_DUE);
            case State.Offered _ -> changed(new State.Waiting());
            case State.Waiting _, State.Accepted _, State.Collected _, State.OnTheWay _, State.Dropped _ ->
                rejected(Reason.NOT_OFFERED);
        };
    }

    private Decision collect(State.Open open, UUID volunteer) {
        if (task.kind() != TaskKind.DELIVERY) {
            return rejected(Reason.NOT_CARRIED);
        }
        var collected = new State.Collected(volunteer);
        return switch (open) {
            case State.Waiting _, State.Offered _ -> changed(collected, TaskEvent.accepted(task, volunteer));
            case State.Accepted held when held.volunteer().equals(volunteer) -> changed(collected);
            case State.Accepted held ->
                changed(collected, TaskEvent.released(task, held.volunteer()), TaskEvent.accepted(task, volunteer));
            case State.Collected _, State.OnTheWay _ -> rejected(Reason.ALREADY_COLLECTED);
            case State.Dropped _ -> rejected(Reason.ALREADY_DROPPED);
        };
    }

    private Decision pickUp(State.Open open, UUID volunteer) {
        if (task.kind() != TaskKind.RETURN) {
            return rejected(Reason.NOT_CARRIED);
        }
        return switch (open) {
            case State.Waiting _ -> rejected(Reason.NOT_YOURS);
            case State.Offered _ -> rejected(Reason.NOT_ACCEPTED);
            case State.Accepted _ -> changed(new State.Collected(volunteer));
            case State.Collected _, State.OnTheWay _, State.Dropped _ -> tooLate(open);
        };
    }

    private Decision setOut(State.Open open, UUID volunteer) {
        return switch (open) {
            case State.Waiting _ -> rejected(Reason.NOT_YOURS);
            case State.Offered _ -> rejected(Reason.NOT_ACCEPTED);
            case State.Accepted _ when isCarried() -> rejected(Reason.NOT_COLLECTED);
            case State.Accepted _ -> changed(new State.OnTheWay(volunteer, now));
            case State.Collected _ -> changed(new State.OnTheWay(volunteer, task.since()));
            case State.OnTheWay _, State.Dropped _ -> tooLate(open);
        };
    }

    private Decision drop(State.Open open, Command.Drop drop) {
        return switch (open) {
            case State.Waiting _ -> rejected(Reason.NOT_YOURS);
            case State.Offered _ -> rejected(Reason.NOT_ACCEPTED);
            case State.Accepted _ when isCarried() -> rejected(Reason.NOT_COLLECTED);
            case State.Accepted _, State.Collected _ -> dropped(drop, task.since());
            case State.OnTheWay way -> dropped(drop, way.started());
            case State.Dropped _ -> rejected(Reason.ALREADY_DROPPED);
        };
    }

    private Decision dropped(Command.Drop drop, Instant started) {
        var state = new State.Dropped(drop.volunteer(), started, drop.proof(), drop.batch());
        return changed(state, TaskEvent.dropped(task, drop.volunteer(), drop.proof()));
    }

    private Decision undo(State.Open open, Command.Undo undo) {
        return switch (open) {
            case State.Dropped dropped
            when undo.batch().equals(dropped.batch()) ->
                changed(
                        new State.OnTheWay(dropped.volunteer(), dropped.started()),
                        TaskEvent.taken(task, dropped.volunteer()));
            case State.Dropped _ -> rejected(Reason.NOT_IN_BATCH);
            case State.Waiting _, State.Offered _, State.Accepted _, State.Collected _, State.OnTheWay _ ->
                rejected(Reason.NOT_DROPPED);
        };
    }

    private Decision confirm(State.Open open, ConfirmedBy by) {
        return switch (open) {
            case State.Dropped dropped ->
                changed(
                        new State.Delivered(dropped.volunteer(), dropped.started(), dropped.proof(), by),
                        TaskEvent.delivered(task, dropped.volunteer(), by));
            case State.Waiting _, State.Offered _, State.Accepted _, State.Collected _, State.OnTheWay _ ->
                rejected(Reason.NOT_DROPPED);
        };
    }

    private Decision fail(State.Open open, FailureReason reason, Retry retry) {
        return switch (open) {
            case State.Waiting _, State.Offered _ -> rejected(Reason.NOT_ACCEPTED);
            case State.Accepted(var volunteer) -> fail(volunteer, false, reason, retry);
            case State.Collected(var volunteer) -> fail(volunteer, true, reason, retry);
            case State.OnTheWay way -> fail(way.volunteer(), isCarried(), reason, retry);
            case State.Dropped dropped -> fail(dropped.volunteer(), isCarried(), reason, retry);
        };
    }

    /// A parcel comes back to the station, which tells of it again; what is in nobody's hands is tried again as it is.
    /// What a
    /// volunteer is left with otherwise, a coordinator has to look at.
    private Decision fail(UUID volunteer, boolean collected, FailureReason reason, Retry retry) {
        boolean comesBack = task.kind() == TaskKind.DELIVERY;
        var escalates = reason == FailureReason.UNSAFE
                || task.attempt().number() >= retry.attemptsMax()
                || (collected && !comesBack);
        if (!escalates && !comesBack) {
            var later = new Attempt(task.attempt().number() + 1, now.plus(retry.after()));
            return changed(later, new State.Waiting(), List.of(TaskEvent.released(task, volunteer)));
        }
        var events = new ArrayList<TaskEvent>();
        events.add(TaskEvent.failed(task, volunteer, reason, collected));
        if (escalates) {
            events.add(TaskEvent.escalated(task, reason));
        }
        return changed(task.attempt(), new State.Failed(volunteer, reason, collected), events);
    }

    private Decision cancel(State.Open open) {
        return switch (open) {
            case State.Waiting _, State.Offered _ -> changed(new State.Cancelled());
            case State.Accepted(var volunteer) -> changed(new State.Cancelled(), TaskEvent.released(task, volunteer));
            case State.OnTheWay way
            when !isCarried() -> changed(new State.Cancelled(), TaskEvent.released(task, way.volunteer()));
            case State.Collected _, State.OnTheWay _ -> rejected(Reason.ALREADY_COLLECTED);
            case State.Dropped _ -> rejected(Reason.ALREADY_DROPPED);
        };
    }

    private Decision reassign(State.Open open, @Nullable UUID to, Instant until) {
        var next = to == null ? new State.Waiting() : new State.Offered(to, until);
        return switch (open) {
            case State.Waiting _ when to == null -> rejected(Reason.NOT_OFFERED);
            case State.Waiting _, State.Offered _ -> changed(next);
            case State.Accepted(var volunteer) -> changed(next, TaskEvent.released(task, volunteer));
            case State.Collected _, State.OnTheWay _, State.Dropped _ -> tooLate(open);
        };
    }

    private boolean isCarried() {
        return switch (task.kind()) {
            case DELIVERY, RETURN -> true;
            case ERRAND, MEDICINE, CHECK_IN -> false;
        };
    }

    private static Decision tooLate(State.Open open) {
        return rejected(
                switch (open) {
                    case State.Dropped _ -> Reason.ALREADY_DROPPED;
                    case State.OnTheWay _ -> Reason.ALREADY_ON_THE_WAY;
                    case State.Collected _ -> Reason.ALREADY_COLLECTED;
                    case State.Accepted _ -> Reason.ALREADY_ACCEPTED;
                    case State.Waiting _, State.Offered _ -> Reason.NOT_ACCEPTED;
                });
    }

    private Decision changed(State next, TaskEvent... events) {
        return changed(task.attempt(), next, List.of(events));
    }

    private Decision changed(Attempt attempt, State next, List<TaskEvent> events) {
        return new Decision.Changed(
                new Task(task.id(), task.community(), task.work(), attempt, task.version() + 1, now, next),
                List.copyOf(events));
    }

    private static Decision rejected(Reason reason) {
        return new Decision.Rejected(reason);
    }
}
