package io.linli.partner.referral;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A help request in the hands of a professional partner: its states, the commands on it and the rules between them.
///
/// @param partner the member id of the partner
record Referral(UUID id, UUID community, UUID request, UUID partner, Need need, Instant referredAt, State state) {

    /// What help is needed; `text` is absent once the partner has no more to do with it.
    record Need(
            String kind,
            String urgency,
            int level,
            @Nullable String text,
            Instant answerBy) {
        Need forgotten() {
            return new Need(kind, urgency, level, null, answerBy);
        }
    }

    enum State {
        WAITING,
        ACCEPTED,
        DECLINED,
        REPORTED,
        WITHDRAWN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        private boolean isOpen() {
            return this == WAITING || this == ACCEPTED;
        }
    }

    sealed interface Command {
        record Accept() implements Command {}

        record Decline() implements Command {}

        record Report(String text) implements Command {}

        /// The coordinator took it back, or help is not needed any more.
        record Withdraw() implements Command {}
    }

    enum Reason {
        ALREADY_ACCEPTED,
        ENDED
    }

    sealed interface Decision {
        record Changed(Referral next, List<ReferralAnswered> events) implements Decision {}

        record Rejected(Reason reason) implements Decision {}
    }

    Decision decide(Command command) {
        return switch (state) {
            case DECLINED, REPORTED, WITHDRAWN -> new Decision.Rejected(Reason.ENDED);
            case WAITING, ACCEPTED -> answer(command);
        };
    }

    private Decision answer(Command command) {
        return switch (command) {
            case Command.Accept _ when state == State.ACCEPTED -> new Decision.Rejected(Reason.ALREADY_ACCEPTED);
            case Command.Accept _ -> to(State.ACCEPTED, answered(State.ACCEPTED, null));
            case Command.Decline _ -> to(State.DECLINED, answered(State.DECLINED, null));
            case Command.Report(var text) -> to(State.REPORTED, answered(State.REPORTED, text));
            case Command.Withdraw _ -> to(State.WITHDRAWN);
        };
    }

    private ReferralAnswered answered(State answer, @Nullable String text) {
        return new ReferralAnswered(id, request, partner, answer.word(), text);
    }

    private Decision to(State next, ReferralAnswered... events) {
        var left = next.isOpen() ? need : need.forgotten();
        return new Decision.Changed(
                new Referral(id, community, request, partner, left, referredAt, next), List.of(events));
    }
}
