package io.linli.groupbuy.settlement;

import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// A group buy formed: its orders are charged as they were ordered, its supplier, leader, courier and fund are
/// credited. What is then not delivered, or is cheaper, goes back by `RefundLines`. Inside the caller's transaction,
/// which holds the group buy; done twice it is done once.
@Service
public class ChargeOrders {
    private final Balances balances;
    private final Ledger ledger;

    ChargeOrders(Balances balances, Ledger ledger) {
        this.balances = balances;
        this.ledger = ledger;
    }

    public Mono<Void> handle(FormedCharges formed) {
        return formed.orders().isEmpty()
                ? Mono.empty()
                : balances.charge(formed).then(ledger.post(java.util.List.of(formed.toTransaction())));
    }
}
