package io.linli.dispatch.help;

import io.linli.dispatch.help.clock.Patience;
import io.linli.dispatch.help.clock.Urgency;
import java.time.Duration;
import java.util.UUID;

/// What may be asked of a help request, by people, by events of its helper, or by the clock.
sealed interface HelpCommand {
    record Triage(Urgency urgency, int need, Patience patience) implements HelpCommand {}

    record Match(UUID task) implements HelpCommand {}

    record Refer(HelpState.Giver.Partner partner, String text) implements HelpCommand {}

    record Recall() implements HelpCommand {}

    record TakeUp(HelpState.Giver helper) implements HelpCommand {}

    /// The volunteer gave the task back, and it looks for another.
    record Release(HelpState.Giver.Volunteer volunteer) implements HelpCommand {}

    /// The volunteer was not done yet when they said so.
    record TakeBack(HelpState.Giver.Volunteer volunteer) implements HelpCommand {}

    /// The task failed, or the partner declined.
    record GiveUp(UUID reference) implements HelpCommand {}

    record Answer(HelpState.Giver helper) implements HelpCommand {}

    /// @param within how long after the answer it may be reopened
    record Close(UUID member, Duration within) implements HelpCommand {}

    record Reopen(Duration within, Patience patience) implements HelpCommand {}

    record Cancel() implements HelpCommand {}

    record Rate() implements HelpCommand {}

    record Escalate() implements HelpCommand {}
}
