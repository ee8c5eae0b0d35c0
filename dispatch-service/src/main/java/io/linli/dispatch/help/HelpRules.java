package io.linli.dispatch.help;

import io.linli.dispatch.help.HelpRequest.Decision;
import io.linli.dispatch.help.HelpRequest.Reason;
import io.linli.dispatch.help.clock.HelpClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What each command does to a help request in each state. Pure.
record HelpRules(HelpRequest request, Instant now) {

    Decision decide(HelpCommand command) {
        return switch (command) {
            case HelpCommand.Triage triage -> triage(triage);
            case HelpCommand.Match(var task) -> give(new HelpState.Matched(task));
            case HelpCommand.Refer refer ->
                give(new HelpState.Referred(refer.partner()), HelpEvent.HelpReferred.of(request, refer));
            case HelpCommand.Recall _ -> recall();
            case HelpCommand.TakeUp(var helper) -> takeUp(helper);
            case HelpCommand.Release(var volunteer) -> release(volunteer);
            case HelpCommand.TakeBack(var volunteer) -> takeBack(volunteer);
            case HelpCommand.GiveUp(var reference) -> giveUp(reference);
            case HelpCommand.Answer(var helper) -> answer(helper);
            case HelpCommand.Close close -> close(close);
            case HelpCommand.Reopen reopen -> reopen(reopen);
            case HelpCommand.Cancel _ -> cancel();
            case HelpCommand.Rate _ -> rate();
            case HelpCommand.Escalate _ -> escalate();
        };
    }

    private Decision triage(HelpCommand.Triage triage) {
        return switch (request.state()) {
            case HelpState.Open _ -> {
                var corrected = request.ask().corrected(triage.urgency(), triage.need());
                var patient = request.clock().with(triage.patience());
                yield changed(
                        request.next(now, patient, new HelpState.Triaged()).with(corrected));
            }
            case HelpState.Triaged _ -> rejected(Reason.ALREADY_TRIAGED);
            case HelpState.Given _ -> rejected(Reason.ALREADY_GIVEN);
            case HelpState.Answered _, HelpState.Closed _, HelpState.Cancelled _ -> rejected(over());
        };
    }

    private Decision give(HelpState.Given given, HelpEvent... events) {
        return switch (request.state()) {
            case HelpState.Open _ -> rejected(Reason.NOT_TRIAGED);
            case HelpState.Triaged _ -> to(given, events);
            case HelpState.Given _ -> rejected(Reason.ALREADY_GIVEN);
            case HelpState.Answered _, HelpState.Closed _, HelpState.Cancelled _ -> rejected(over());
        };
    }

    private Decision recall() {
        return switch (request.state()) {
            case HelpState.Open _, HelpState.Triaged _ -> rejected(Reason.NOT_GIVEN);
            case HelpState.Given _ -> to(new HelpState.Triaged(), withdrawals());
            case HelpState.Answered _, HelpState.Closed _, HelpState.Cancelled _ -> rejected(over());
        };
    }

    /// A task may change hands without a word in between.
    private Decision takeUp(HelpState.Giver helper) {
        return byHelper(helper.reference(), () -> to(new HelpState.InProgress(helper)));
    }

    /// Also after a drop: the coordinator found that nobody was helped by it.
    private Decision release(HelpState.Giver.Volunteer volunteer) {
        return switch (request.state()) {
            case HelpState.InProgress(var helper)
            when helper.equals(volunteer) -> to(new HelpState.Matched(volunteer.reference()));
            case HelpState.Answered(var helper)
            when helper.equals(volunteer) -> to(new HelpState.Matched(volunteer.reference()));
            case HelpState.Matched(var task) when task.equals(volunteer.reference()) -> rejected(Reason.NOT_TAKEN_UP);
            case HelpState.Open _, HelpState.Triaged _, HelpState.Given _, HelpState.Answered _ ->
                rejected(Reason.OTHER_HELPER);
            case HelpState.Closed _, HelpState.Cancelled _ -> rejected(Reason.ENDED);
        };
    }

    /// The drop was told by mistake: the volunteer is helping still.
    private Decision takeBack(HelpState.Giver.Volunteer volunteer) {
        return switch (request.state()) {
            case HelpState.Answered(var helper)
            when helper.equals(volunteer) -> to(new HelpState.InProgress(volunteer));
            case HelpState.Given given
            when given.reference().equals(volunteer.reference()) -> rejected(Reason.NOT_ANSWERED);
            case HelpState.Open _, HelpState.Triaged _, HelpState.Given _, HelpState.Answered _ ->
                rejected(Reason.OTHER_HELPER);
            case HelpState.Closed _, HelpState.Cancelled _ -> rejected(Reason.ENDED);
        };
    }

    /// A task may fail after its drop too; a partner's report is the last word.
    private Decision giveUp(UUID reference) {
        return switch (request.state()) {
            case HelpState.Answered(HelpState.Giver.Volunteer volunteer)
            when volunteer.reference().equals(reference) -> to(new HelpState.Open());
            case HelpState.Open _,
                    HelpState.Triaged _,
                    HelpState.Given _,
                    HelpState.Answered _,
                    HelpState.Closed _,
                    HelpState.Cancelled _ -> byHelper(reference, () -> to(new HelpState.Open()));
        };
    }

    /// Also of a helper whose acceptance we have not heard of: the answer itself is the better news.
    private Decision answer(HelpState.Giver helper) {
        var answered = new HelpEvent.HelpAnswered(request.id(), request.ask().household());
        return byHelper(helper.reference(), () -> to(new HelpState.Answered(helper), answered));
    }

    /// What a helper's events do counts only as long as that helper was asked.
    private Decision byHelper(UUID reference, Supplier<Decision> then) {
        return switch (request.state()) {
            case HelpState.Given given when given.reference().equals(reference) -> then.get();
            case HelpState.Open _, HelpState.Triaged _, HelpState.Given _ -> rejected(Reason.OTHER_HELPER);
            case HelpState.Answered _, HelpState.Closed _, HelpState.Cancelled _ -> rejected(over());
        };
    }

    /// Closing late gives no new time to reopen: what was said is forgotten by then.
    private Decision close(HelpCommand.Close close) {
        return switch (request.state()) {
            case HelpState.Answered(var helper)
            when helper.member().equals(close.member()) -> rejected(Reason.HELPER_MAY_NOT_CLOSE);
            case HelpState.Answered _
            when isPast(close.within()) ->
                changed(request.next(request.since(), request.clock(), new HelpState.Closed(false)));
            case HelpState.Answered _ -> to(new HelpState.Closed(false));
            case HelpState.Open _, HelpState.Triaged _, HelpState.Given _ -> rejected(Reason.NOT_ANSWERED);
            case HelpState.Closed _, HelpState.Cancelled _ -> rejected(Reason.ENDED);
        };
    }

    private Decision reopen(HelpCommand.Reopen reopen) {
        return switch (request.state()) {
            case HelpState.Answered _, HelpState.Closed _ when isPast(reopen.within()) -> rejected(Reason.TOO_LATE);
            case HelpState.Answered _, HelpState.Closed _ -> {
                var fresh = HelpClock.start(now, reopen.patience());
                yield changed(request.next(now, fresh, new HelpState.Open()).nextRound());
            }
            case HelpState.Open _, HelpState.Triaged _, HelpState.Given _ -> rejected(Reason.NOT_ANSWERED);
            case HelpState.Cancelled _ -> rejected(Reason.ENDED);
        };
    }

    private boolean isPast(Duration within) {
        return now.isAfter(request.since().plus(within));
    }

    private Decision cancel() {
        return switch (request.state()) {
            case HelpState.Open _, HelpState.Triaged _, HelpState.Given _ ->
                to(new HelpState.Cancelled(), withdrawals());
            case HelpState.Answered _, HelpState.Closed _, HelpState.Cancelled _ -> rejected(over());
        };
    }

    private Decision rate() {
        return switch (request.state()) {
            case HelpState.Closed(var rated) when rated -> rejected(Reason.ALREADY_RATED);
            case HelpState.Closed _ ->
                changed(request.next(request.since(), request.clock(), new HelpState.Closed(true)));
            case HelpState.Open _, HelpState.Triaged _, HelpState.Given _, HelpState.Answered _ ->
                rejected(Reason.NOT_CLOSED);
            case HelpState.Cancelled _ -> rejected(Reason.ENDED);
        };
    }

    private Decision escalate() {
        var due = request.escalationDue();
        if (due == null || now.isBefore(due)) {
            return rejected(request.isRunning() ? Reason.NOT_DUE : Reason.ENDED);
        }
        var later = request.clock().escalated(now);
        return changed(
                request.next(request.since(), later, request.state()),
                HelpEvent.HelpEscalated.of(request, later.level(), due));
    }

    private HelpEvent[] withdrawals() {
        var partner = partner();
        return partner == null
                ? new HelpEvent[0]
                : new HelpEvent[] {new HelpEvent.HelpWithdrawn(request.id(), partner.reference())};
    }

    private HelpState.Giver.@Nullable Partner partner() {
        return request.state() instanceof HelpState.Given given ? given.partner() : null;
    }

    private Reason over() {
        return request.state() instanceof HelpState.Answered ? Reason.ALREADY_ANSWERED : Reason.ENDED;
    }

    private Decision to(HelpState next, HelpEvent... events) {
        return changed(request.next(now, request.clock(), next), events);
    }

    private Decision changed(HelpRequest next, HelpEvent... events) {
        var told = new ArrayList<>(List.of(events));
        if (alarms(next)) {
            told.add(HelpEvent.HelpAlarmed.of(next));
        }
        return new Decision.Changed(next, List.copyOf(told));
    }

    /// Whether the request became life-threatening by this, or is open again as such.
    private boolean alarms(HelpRequest next) {
        boolean opened = next.state() instanceof HelpState.Open && !(request.state() instanceof HelpState.Open);
        return next.isLifeThreatening() && (opened || !request.isLifeThreatening());
    }

    private static Decision rejected(Reason reason) {
        return new Decision.Rejected(reason);
    }
}
