package io.linli.groupbuy.settlement;

import io.linli.groupbuy.settlement.Refund.Reason;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A refund as people see it. *Units:* fen.
///
/// @param creditedFen what the household does not owe any more
/// @param paidBackFen what goes back to it of what it paid
public record RefundView(
        UUID id,
        UUID order,
        UUID household,
        @Nullable UUID item,
        @Nullable Integer quantity,
        Reason reason,
        long creditedFen,
        long paidBackFen,
        State state,
        Instant askedAt,
        @Nullable Instant paidBackAt) {

    /// How far it is: the provider is asked, or a leader owes it, until it is paid back.
    public enum State {
        NOTHING_PAID,
        REQUESTED,
        OWED,
        PAID_BACK;

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
