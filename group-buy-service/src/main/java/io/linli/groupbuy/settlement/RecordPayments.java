package io.linli.groupbuy.settlement;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Money came in for orders, inside the caller's transaction. An order is paid once: whatever comes for it again, from
/// wherever, is not recorded.
@Service
public class RecordPayments {
    private final Balances balances;
    private final Ledger ledger;

    RecordPayments(Balances balances, Ledger ledger) {
        this.balances = balances;
        this.ledger = ledger;
    }

    /// Answers the orders whose payment is recorded now; the others were paid before.
    public Mono<Set<UUID>> handle(List<Payment> payments) {
        return payments.isEmpty()
                ? Mono.just(Set.of())
                : balances.pay(payments).flatMap(paid -> post(payments, paid).thenReturn(paid));
    }

    private Mono<Void> post(List<Payment> payments, Set<UUID> paid) {
        return ledger.post(payments.stream()
                .filter(payment -> paid.contains(payment.order()))
                .map(Payment::toTransaction)
                .toList());
    }
}
