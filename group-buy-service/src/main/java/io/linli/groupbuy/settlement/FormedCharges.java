package io.linli.groupbuy.settlement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the orders of a formed group buy cost as they were ordered, and what of that is the leader's fee, the community
/// fund's share and the courier's; the supplier is owed the rest. *Units:* fen.
public record FormedCharges(
        UUID community,
        UUID groupBuy,
        UUID supplier,
        UUID leader,
        List<OrderCharge> orders,
        Shares shares,
        Instant at) {

    /// What one order costs its household.
    public record OrderCharge(UUID order, UUID household, long fen) {
        public OrderCharge {
            if (fen < 0) {
                throw new IllegalArgumentException("an order costs nothing or more");
            }
        }
    }

    /// Parts of the sum that are not the supplier's.
    public record Shares(long leaderFeeFen, long fundFen, long courierFen) {
        public static final Shares NONE = new Shares(0, 0, 0);

        public Shares {
            if (leaderFeeFen < 0 || fundFen < 0 || courierFen < 0) {
                throw new IllegalArgumentException("a share is nothing or more");
            }
        }
    }

    public FormedCharges {
        orders = List.copyOf(orders);
        if (rest(orders, shares) < 0) {
            throw new IllegalArgumentException("the shares are more than the orders cost");
        }
    }

    private static long rest(List<OrderCharge> orders, Shares shares) {
        var sum = orders.stream().mapToLong(OrderCharge::fen).reduce(0, Math::addExact);
        return sum - shares.leaderFeeFen() - shares.fundFen() - shares.courierFen();
    }

    Transaction toTransaction() {
        var postings = new ArrayList<Transaction.Posting>();
        orders.forEach(order -> add(postings, Account.household(order.household()), order.order(), -order.fen()));
        add(postings, Account.leader(leader), null, shares.leaderFeeFen());
        add(postings, Account.fund(community), null, shares.fundFen());
        add(postings, Account.courier(community), null, shares.courierFen());
        add(postings, Account.supplier(supplier), null, rest(orders, shares));
        return new Transaction(community, key(groupBuy), Occasion.FORMED, groupBuy, at, postings);
    }

    /// Under which the charges of a group buy are posted.
    static String key(UUID groupBuy) {
        return "formed:" + groupBuy;
    }

    private static void add(List<Transaction.Posting> postings, Account account, @Nullable UUID order, long fen) {
        if (fen != 0) {
            postings.add(new Transaction.Posting(account, order, fen));
        }
    }
}
