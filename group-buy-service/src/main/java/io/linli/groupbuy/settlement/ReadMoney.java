package io.linli.groupbuy.settlement;

import io.linli.groupbuy.Page;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Reads what orders are charged, what was paid for them and what went back, inside the caller's transaction. Who may
/// see it is for the caller to say.
@Service
public class ReadMoney {
    private final Balances balances;
    private final Refunds refunds;

    ReadMoney(Balances balances, Refunds refunds) {
        this.balances = balances;
        this.refunds = refunds;
    }

    /// The money of one order; nothing has a balance until it is charged or paid.
    public record OrderMoney(Optional<Balance> balance, List<RefundView> refunds) {}

    public Mono<OrderMoney> ofOrder(UUID order) {
        return findBalance(order).flatMap(balance -> refunds.list(order).map(found -> new OrderMoney(balance, found)));
    }

    public Mono<Optional<Balance>> findBalance(UUID order) {
        return balances.find(order).map(Optional::of).defaultIfEmpty(Optional.empty());
    }

    /// The refunds of a group buy, newest first.
    public Mono<List<RefundView>> listRefunds(UUID groupBuy, Page.Request page) {
        return refunds.list(groupBuy, page);
    }
}
