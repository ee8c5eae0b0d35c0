package io.linli.groupbuy.settlement;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Money that came in for one order. *Units:* fen.
public record Payment(
        UUID community, UUID groupBuy, UUID order, UUID household, long fen, Means means, Instant paidAt) {

    public Payment {
        if (fen < 1) {
            throw new IllegalArgumentException("a payment of nothing");
        }
    }

    /// The household's due grows by what it paid; who holds the money owes it.
    Transaction toTransaction() {
        var postings = List.of(
                new Transaction.Posting(Account.household(household), order, fen),
                new Transaction.Posting(holder(means, community), order, -fen));
        return new Transaction(community, key(), Occasion.PAID, groupBuy, paidAt, postings);
    }

    private String key() {
        return switch (means) {
            case Means.Prepaid(var payment) -> "prepaid:" + payment;
            case Means.Cash _ -> "cash:" + order;
        };
    }

    static Account holder(Means means, UUID community) {
        return switch (means) {
            case Means.Prepaid _ -> Account.clearing(community);
            case Means.Cash(var collector) -> Account.leader(collector);
        };
    }
}
