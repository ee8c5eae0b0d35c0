package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.allocation.Policy;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a group buy promises and asks for besides its window and its items. *Units:* fen, parts in a thousand.
///
/// @param minAmountFen what all orders together must come to
/// @param minCases how many cases must be sold
public record Conditions(
        Delivery delivery,
        PaymentMode payment,
        Fee fee,
        Shares shares,
        Kind kind,
        Policy policy,
        long minAmountFen,
        int minCases) {

    /// A purchase for every building, paid on hand-over, without a fee or shares.
    public static final Conditions PLAIN = new Conditions(
            new Delivery(null, null, Set.of()),
            PaymentMode.LATER,
            Fee.NONE,
            Shares.NONE,
            Kind.PURCHASE,
            Policy.FIRST_COME,
            0,
            0);

    /// The same with what the community fund takes.
    Conditions withFund(int perMille) {
        var shared = new Shares(shares.courierFen(), perMille);
        return new Conditions(delivery, payment, fee, shared, kind, policy, minAmountFen, minCases);
    }

    /// What the community fund takes of an order beside the leader's fee, never more than is left of it; rounded down.
    public long fundOf(long amountFen) {
        return Math.min(amountFen - fee.of(amountFen), Math.multiplyExact(amountFen, shares.fundPerMille()) / 1000);
    }

    /// Where and when the goods arrive, and for which buildings; no building stands for all of them.
    public record Delivery(
            @Nullable UUID stationId, @Nullable LocalDate day, Set<UUID> buildings) {

        public Delivery {
            buildings = Set.copyOf(buildings);
        }

        public boolean reaches(@Nullable UUID building) {
            return buildings.isEmpty() || building != null && buildings.contains(building);
        }
    }

    /// What the leader takes for the work: so much per order, or so many thousandths of its amount.
    public record Fee(long flatFen, int perMille) {
        public static final Fee NONE = new Fee(0, 0);

        public Fee {
            if (flatFen < 0 || perMille < 0 || flatFen > 0 && perMille > 0) {
                throw new IllegalArgumentException("a fee is flat or a share");
            }
        }

        /// The fee of an order, never more than it costs; a share is rounded down.
        public long of(long amountFen) {
            return Math.min(amountFen, flatFen > 0 ? flatFen : Math.multiplyExact(amountFen, perMille) / 1000);
        }
    }

    /// What else is not the supplier's: so much for the courier's run, whatever is on it, and so many thousandths of
    /// each order for the community fund.
    public record Shares(long courierFen, int fundPerMille) {
        public static final Shares NONE = new Shares(0, 0);

        public Shares {
            if (courierFen < 0 || fundPerMille < 0 || fundPerMille > 1000) {
                throw new IllegalArgumentException("a share is nothing or more, and no more than all");
            }
        }
    }

    /// When orders are paid: the leader collects on hand-over, before they count, or to the leader before the close.
    public enum PaymentMode {
        LATER,
        PREPAY,
        CASH
    }

    /// Bought, or given.
    public enum Kind {
        PURCHASE,
        DONATION
    }
}
