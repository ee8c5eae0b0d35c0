package io.linli.dispatch.help;

import io.linli.dispatch.help.clock.HelpClock;
import io.linli.dispatch.help.clock.HelpSettings;
import io.linli.dispatch.help.clock.Urgency;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A household's need for help: its states, the commands on it and the rules between them. How far it was escalated
/// stands beside the state, on its clock. What it says in words is kept apart.
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
        var alarm = new HelpEvent.HelpAlarmed(id, ask.household(), HelpEvent.word(ask.kind()));
        return new Decision.Changed(request, ask.urgency() == Urgency.LIFE_THREATENING ? List.of(alarm) : List.of());
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
        return switch (command) {
            case HelpCommand.Triage triage -> triage(triage, now);
            case HelpCommand.Match(var task) -> give(new HelpState.Matched(task), now);
            case HelpCommand.Refer refer ->
                give(new HelpState.Referred(refer.partner()), now, HelpEvent.HelpReferred.of(this, refer));
            case HelpCommand.Recall _ -> recall(now);
            case HelpCommand.TakeUp(var helper) -> takeUp(helper, now);
            case HelpCommand.Release(var volunteer) -> release(volunteer, now);
            case HelpCommand.GiveUp(var reference) -> giveUp(reference, now);
            case HelpCommand.Answer(var helper) -> answer(helper, now);
            case HelpCommand.Close(var member) -> close(member, now);
            case HelpCommand.Reopen reopen -> reopen(reopen, now);
            case HelpCommand.Cancel _ -> cancel(now);
            case HelpCommand.Rate _ -> rate(now);
            case HelpCommand.Escalate _ -> escalate(now);
        };
    }

    private Decision triage(HelpCommand.Triage triage, Instant now) {
        return switch (state) {
            case HelpState.Open _ -> {
                var corrected = ask.corrected(triage.urgency(), triage.need());
                var patient = clock.with(triage.patience());
                yield changed(new HelpRequest(
                        id, community, corrected, version + 1, round, now, patient, new HelpState.Triaged()));
            }
            case HelpState.Triaged _ -> rejected(Reason.ALREADY_TRIAGED);
            case HelpState.Given _ -> rejected(Reason.ALREADY_GIVEN);
            case HelpState.Answered _, HelpState.Closed _, HelpState.Cancelled _ -> rejected(over());
        };
    }

    private Decision give(HelpState.Given given, Instant now, HelpEvent... events) {
        return switch (state) {
            case HelpState.Open _ -> rejected(Reason.NOT_TRIAGED);
            case HelpState.Triaged _ -> to(given, now, events);
            case HelpState.Given _ -> rejected(Reason.ALREADY_GIVEN);
            case HelpState.Answered _, HelpState.Closed _, HelpState.Cancelled _ -> rejected(over());
        };
    }

    private Decision recall(Instant now) {
        return switch (state) {
            case HelpState.Open _, HelpState.Triaged _ -> rejected(Reason.NOT_GIVEN);
            case HelpState.Given _ -> to(new HelpState.Triaged(), now, withdrawals());
            case HelpState.Answered _, HelpState.Closed _, HelpState.Cancelled _ -> rejected(over());
        };
    }

    /// A task may change hands without a word in between.
    private Decision takeUp(HelpState.Giver helper, Instant now) {
        return byHelper(helper.reference(), () -> to(new HelpState.InProgress(helper), now));
    }

    private Decision release(HelpState.Giver.Volunteer volunteer, Instant now) {
        return byHelper(volunteer.reference(), () -> {
            if (!(state instanceof HelpState.InProgress(var helper))) {
                return rejected(Reason.NOT_TAKEN_UP);
            }
            return helper.equals(volunteer)
                    ? to(new HelpState.Matched(volunteer.reference()), now)
                    : rejected(Reason.OTHER_HELPER);
        });
    }

    private Decision giveUp(UUID reference, Instant now) {
        return byHelper(reference, () -> to(new HelpState.Open(), now));
    }

    /// Also of a helper whose acceptance we have not heard of: the answer itself is the better news.
    private Decision answer(HelpState.Giver helper, Instant now) {
        var answered = new HelpEvent.HelpAnswered(id, ask.household());
        return byHelper(helper.reference(), () -> to(new HelpState.Answered(helper), now, answered));
    }

    /// What a helper's events do counts only as long as that helper was asked.
    private Decision byHelper(UUID reference, Supplier<Decision> then) {
        return switch (state) {
            case HelpState.Given given when given.reference().equals(reference) -> then.get();
            case HelpState.Open _, HelpState.Triaged _, HelpState.Given _ -> rejected(Reason.OTHER_HELPER);
            case HelpState.Answered _, HelpState.Closed _, HelpState.Cancelled _ -> rejected(over());
        };
    }

    private Decision close(UUID member, Instant now) {
        return switch (state) {
            case HelpState.Answered(var helper)
            when helper.member().equals(member) -> rejected(Reason.HELPER_MAY_NOT_CLOSE);
            case HelpState.Answered _ -> to(new HelpState.Closed(false), now);
            case HelpState.Open _, HelpState.Triaged _, HelpState.Given _ -> rejected(Reason.NOT_ANSWERED);
            case HelpState.Closed _, HelpState.Cancelled _ -> rejected(Reason.ENDED);
        };
    }

    private Decision reopen(HelpCommand.Reopen reopen, Instant now) {
        return switch (state) {
            case HelpState.Closed _ when now.isAfter(since.plus(reopen.within())) -> rejected(Reason.TOO_LATE);
            case HelpState.Answered _, HelpState.Closed _ -> {
                var fresh = HelpClock.start(now, reopen.patience());
                yield changed(
                        new HelpRequest(id, community, ask, version + 1, round + 1, now, fresh, new HelpState.Open()));
            }
            case HelpState.Open _, HelpState.Triaged _, HelpState.Given _ -> rejected(Reason.NOT_ANSWERED);
            case HelpState.Cancelled _ -> rejected(Reason.ENDED);
        };
    }

    private Decision cancel(Instant now) {
        return switch (state) {
            case HelpState.Open _, HelpState.Triaged _, HelpState.Given _ ->
                to(new HelpState.Cancelled(), now, withdrawals());
            case HelpState.Answered _, HelpState.Closed _, HelpState.Cancelled _ -> rejected(over());
        };
    }

    private Decision rate(Instant now) {
        return switch (state) {
            case HelpState.Closed(var rated) when rated -> rejected(Reason.ALREADY_RATED);
            case HelpState.Closed _ -> changed(next(since, clock, new HelpState.Closed(true)));
            case HelpState.Open _, HelpState.Triaged _, HelpState.Given _, HelpState.Answered _ ->
                rejected(Reason.NOT_CLOSED);
            case HelpState.Cancelled _ -> rejected(Reason.ENDED);
        };
    }

    private Decision escalate(Instant now) {
        var due = escalationDue();
        if (due == null || now.isBefore(due)) {
            return rejected(isRunning() ? Reason.NOT_DUE : Reason.ENDED);
        }
        var later = clock.escalated(now);
        return changed(next(since, later, state), HelpEvent.HelpEscalated.of(this, later.level(), due));
    }

    private HelpEvent[] withdrawals() {
        var partner = partner();
        return partner == null
                ? new HelpEvent[0]
                : new HelpEvent[] {new HelpEvent.HelpWithdrawn(id, partner.reference())};
    }

    private HelpState.Giver.@Nullable Partner partner() {
        return state instanceof HelpState.Given given ? given.partner() : null;
    }

    private Reason over() {
        return state instanceof HelpState.Answered ? Reason.ALREADY_ANSWERED : Reason.ENDED;
    }

    private Decision to(HelpState state, Instant now, HelpEvent... events) {
        return changed(next(now, clock, state), events);
    }

    private HelpRequest next(Instant since, HelpClock clock, HelpState state) {
        return new HelpRequest(id, community, ask, version + 1, round, since, clock, state);
    }

    private static Decision changed(HelpRequest next, HelpEvent... events) {
        return new Decision.Changed(next, List.of(events));
    }

    private static Decision rejected(Reason reason) {
        return new Decision.Rejected(reason);
    }
}
