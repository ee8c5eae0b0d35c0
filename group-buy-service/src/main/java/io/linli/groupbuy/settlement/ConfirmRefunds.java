package io.linli.groupbuy.settlement;

import io.linli.groupbuy.settlement.Refunds.PaidBack;
import io.linli.groupbuy.settlement.Transaction.Posting;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Refunds have reached their households: only now does the ledger say so. Inside the caller's transaction; done twice
/// it is done once.
@Service
public class ConfirmRefunds {
    private final Refunds refunds;
    private final Ledger ledger;

    ConfirmRefunds(Refunds refunds, Ledger ledger) {
        this.refunds = refunds;
        this.ledger = ledger;
    }

    /// The payment provider has given a refund back.
    public Mono<Void> byProvider(UUID refund, Instant at) {
        return refunds.markPaidBack(refund, at).flatMap(paidBack -> ledger.post(List.of(toTransaction(paidBack, at))));
    }

    /// A leader has handed back what is owed for these orders; answers how many refunds that were.
    public Mono<Integer> byCollector(UUID groupBuy, Set<UUID> orders, UUID collector, Instant at) {
        return refunds.markHandedBack(groupBuy, orders, collector, at)
                .flatMap(handedBack -> ledger.post(handedBack.stream()
                                .map(paidBack -> toTransaction(paidBack, at))
                                .toList())
                        .thenReturn(handedBack.size()));
    }

    private static Transaction toTransaction(PaidBack paidBack, Instant at) {
        var postings = List.of(
                new Posting(Account.household(paidBack.household()), paidBack.order(), -paidBack.fen()),
                new Posting(Payment.holder(paidBack.means(), paidBack.community()), paidBack.order(), paidBack.fen()));
        return new Transaction(
                paidBack.community(),
                "paid-back:" + paidBack.id(),
                Occasion.PAID_BACK,
                paidBack.groupBuy(),
                at,
                postings);
    }
}
