package io.linli.groupbuy.settlement;

import io.linli.groupbuy.settlement.RefundDecision.Granted;
import io.linli.groupbuy.settlement.Transaction.Posting;
import io.linli.kit.messaging.Event;
import io.linli.kit.messaging.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Gives back what households do not have to pay, inside the caller's transaction. What an order is charged is lowered,
/// at its supplier's cost; of what was paid as much goes back, never more than was paid: prepaid through the provider,
/// cash as a debt of the leader who holds it. A refund asked for again under its key does nothing.
@Service
public class RefundLines {
    private final Balances balances;
    private final Refunds refunds;
    private final Ledger ledger;
    private final Outbox outbox;

    RefundLines(Balances balances, Refunds refunds, Ledger ledger, Outbox outbox) {
        this.balances = balances;
        this.refunds = refunds;
        this.ledger = ledger;
        this.outbox = outbox;
    }

    /// Answers how many fen go back of what was paid.
    public Mono<Long> handle(List<Refund> asked, Instant now) {
        return asked.isEmpty()
                ? Mono.just(0L)
                : decide(asked).flatMap(decision -> store(decision, now).thenReturn(decision.paidBackFen()));
    }

    /// The lock comes first: only then are the keys known that another transaction refunded meanwhile.
    private Mono<RefundDecision> decide(List<Refund> asked) {
        var orders = asked.stream().map(Refund::order).collect(Collectors.toSet());
        return balances.lock(orders)
                .flatMap(held -> refunds.findKnown(asked).map(known -> RefundDecision.decide(asked, held, known)));
    }

    private Mono<Void> store(RefundDecision decision, Instant now) {
        return refunds.insert(decision.granted(), now)
                .then(balances.update(decision.balances()))
                .then(ledger.post(toTransactions(decision.granted(), now)))
                .then(outbox.publish(toEvents(decision.granted())));
    }

    private static List<Transaction> toTransactions(List<Granted> granted, Instant now) {
        return granted.stream()
                .filter(each -> each.credited() > 0)
                .map(each -> toTransaction(each, now))
                .toList();
    }

    private static Transaction toTransaction(Granted granted, Instant now) {
        var refund = granted.refund();
        var supplier = Account.supplier(Objects.requireNonNull(granted.supplier()));
        var postings = List.of(
                new Posting(Account.household(refund.household()), refund.order(), granted.credited()),
                new Posting(supplier, refund.order(), -granted.credited()));
        return new Transaction(
                refund.community(),
                "refund:" + granted.id(),
                refund.reason().occasion(),
                refund.groupBuy(),
                now,
                postings);
    }

    private static List<Event> toEvents(List<Granted> granted) {
        return granted.stream()
                .filter(each -> each.paidBack() > 0)
                .flatMap(each -> toEvent(each).stream())
                .toList();
    }

    private static Optional<Event> toEvent(Granted granted) {
        return granted.means() instanceof Means.Prepaid(var payment)
                ? Optional.of(RefundEvent.requested(granted.id(), payment, granted.refund(), granted.paidBack()))
                : Optional.empty();
    }
}
