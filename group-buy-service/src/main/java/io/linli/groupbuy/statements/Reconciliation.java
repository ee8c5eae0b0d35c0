package io.linli.groupbuy.statements;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the money of a group buy adds up to, and where orders, payments, refunds and ledger do not say the same.
/// *Units:* fen.
///
/// @param differenceCount all of them, of which `differences` may be the first only
record Reconciliation(UUID groupBuy, Totals totals, int differenceCount, List<Difference> differences) {

    /// @param orders those that were not cancelled
    /// @param refunded what has gone back
    /// @param refundPending what was paid for orders cancelled a moment ago; its refund is about to be asked for
    /// @param owedBack what is to go back and has not yet; `owedByLeader` is the part that was paid in cash
    /// @param outstanding what households have still to pay
    /// @param cashHeld what was taken in cash and not handed back
    record Totals(
            int orders,
            long ordered,
            long charged,
            long paid,
            long refunded,
            long refundPending,
            long owedBack,
            long owedByLeader,
            long outstanding,
            long cashHeld,
            long supplierDue,
            long leaderFee,
            long fundShare,
            long courierShare) {
        static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        Totals plus(Totals other) {
            return new Totals(
                    orders + other.orders,
                    ordered + other.ordered,
                    charged + other.charged,
                    paid + other.paid,
                    refunded + other.refunded,
                    refundPending + other.refundPending,
                    owedBack + other.owedBack,
                    owedByLeader + other.owedByLeader,
                    outstanding + other.outstanding,
                    cashHeld + other.cashHeld,
                    supplierDue + other.supplierDue,
                    leaderFee + other.leaderFee,
                    fundShare + other.fundShare,
                    courierShare + other.courierShare);
        }
    }

    boolean agrees() {
        return differenceCount == 0;
    }

    /// What one order, or one transaction, should come to by one source and comes to by another.
    record Difference(@Nullable UUID order, @Nullable Integer serialNumber, What what, long expected, long found) {}

    /// What was compared.
    enum What {
        /// The postings of a transaction sum to zero.
        TRANSACTION,
        /// An order is charged what its lines cost, less what was credited for the order as a whole.
        CHARGE,
        /// What counts as paid is what prepayments and cash say.
        PAYMENT,
        /// An order that counts as paid was paid as it was ordered, one that does not keeps no prepayment.
        PAYMENT_STATE,
        /// What counts as refunded is what its refunds say.
        REFUND,
        /// No more goes back than was paid.
        REFUND_OVER_PAID,
        /// Nothing is kept beyond the charge once an order is decided or cancelled, unless its refund is pending.
        OVERPAID,
        LEDGER_CHARGE,
        LEDGER_PAYMENT,
        LEDGER_REFUND,
        /// The payment provider confirms what it was asked to give back, within days.
        REFUND_UNCONFIRMED;

        static What of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
