package io.linli.groupbuy.settlement;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What one order is charged, what was paid for it, and what of that went back or is on its way. *Units:* fen.
///
/// @param supplier who is credited with the charge; absent until the group buy formed
/// @param means how it was paid; absent until it was
public record Balance(
        UUID order,
        UUID groupBuy,
        UUID household,
        @Nullable UUID supplier,
        long charged,
        long paid,
        long refunded,
        @Nullable Means means) {

    /// What can still be given back.
    long refundable() {
        return paid - refunded;
    }

    /// The balance after a refund.
    Balance after(long credited, long paidBack) {
        return new Balance(order, groupBuy, household, supplier, charged - credited, paid, refunded + paidBack, means);
    }
}
