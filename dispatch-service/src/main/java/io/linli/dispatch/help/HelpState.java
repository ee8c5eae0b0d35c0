package io.linli.dispatch.help;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where a help request stands; every state holds what only it has.
sealed interface HelpState {
    /// Who helps: a volunteer by a task, or a professional partner by a referral.
    sealed interface Giver {
        UUID reference();

        UUID member();

        record Volunteer(UUID reference, UUID member) implements Giver {}

        record Partner(UUID reference, UUID member) implements Giver {}
    }

    /// A state in which somebody was asked to help.
    sealed interface Given extends HelpState {
        UUID reference();

        Giver.@Nullable Partner partner();
    }

    record Open() implements HelpState {}

    record Triaged() implements HelpState {}

    /// There is a task, and no volunteer has accepted it yet.
    record Matched(UUID reference) implements Given {
        @Override
        public Giver.@Nullable Partner partner() {
            return null;
        }
    }

    record Referred(Giver.Partner partner) implements Given {
        @Override
        public UUID reference() {
            return partner.reference();
        }
    }

    record InProgress(Giver helper) implements Given {
        @Override
        public UUID reference() {
            return helper.reference();
        }

        @Override
        public Giver.@Nullable Partner partner() {
            return helper instanceof Giver.Partner partner ? partner : null;
        }
    }

    record Answered(Giver helper) implements HelpState {}

    record Closed(boolean rated) implements HelpState {}

    record Cancelled() implements HelpState {}
}
