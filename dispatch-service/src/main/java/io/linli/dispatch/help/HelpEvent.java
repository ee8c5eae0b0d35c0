package io.linli.dispatch.help;

import io.linli.dispatch.help.clock.HelpClock;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/// What others hear of a help request; never a medicine, and the text only by the partner it is referred to.
///
/// *Shape*: one sample each under `src/main/events`.
sealed interface HelpEvent {

    UUID requestId();

    /// A life is in danger, and nobody helps yet: so it was asked, found at triage, or it is open again.
    record HelpAlarmed(UUID requestId, UUID householdId, String kind) implements HelpEvent {
        static HelpAlarmed of(HelpRequest request) {
            return new HelpAlarmed(
                    request.id(), request.ask().household(), word(request.ask().kind()));
        }
    }

    /// The clock ran out; *Shape*: `level` is `coordinator` or `street`.
    record HelpEscalated(UUID requestId, UUID householdId, String kind, String urgency, String level, Instant dueAt)
            implements HelpEvent {
        static HelpEscalated of(HelpRequest request, HelpClock.Level level, Instant dueAt) {
            var ask = request.ask();
            return new HelpEscalated(
                    request.id(), ask.household(), word(ask.kind()), word(ask.urgency()), word(level), dueAt);
        }
    }

    record HelpReferred(
            UUID requestId,
            UUID referralId,
            UUID partnerId,
            String kind,
            String urgency,
            int need,
            String text,
            Instant answerBy)
            implements HelpEvent {
        static HelpReferred of(HelpRequest request, HelpCommand.Refer refer) {
            var ask = request.ask();
            return new HelpReferred(
                    request.id(),
                    refer.partner().reference(),
                    refer.partner().member(),
                    word(ask.kind()),
                    word(ask.urgency()),
                    ask.need(),
                    refer.text(),
                    request.clock().due(true));
        }
    }

    /// The partner is not needed any more.
    record HelpWithdrawn(UUID requestId, UUID referralId) implements HelpEvent {}

    /// Somebody has helped; the household is to say whether that solved it.
    record HelpAnswered(UUID requestId, UUID householdId) implements HelpEvent {}

    default String type() {
        return switch (this) {
            case HelpAlarmed _ -> "help.alarmed.v1";
            case HelpEscalated _ -> "help.escalated.v1";
            case HelpReferred _ -> "help.referred.v1";
            case HelpWithdrawn _ -> "help.withdrawn.v1";
            case HelpAnswered _ -> "help.answered.v1";
        };
    }

    /// The kebab-case word of an enum constant, as contracts and rows spell it.
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
