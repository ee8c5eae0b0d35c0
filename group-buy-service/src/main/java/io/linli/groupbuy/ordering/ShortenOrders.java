package io.linli.groupbuy.ordering;

import io.linli.kit.messaging.Outbox;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Confirmed orders get less than was granted to them, inside the caller's transaction, which holds the group buy.
@Service
public class ShortenOrders {
    private final Orders orders;
    private final OrderDecisions decisions;
    private final Outbox outbox;

    ShortenOrders(Orders orders, OrderDecisions decisions, Outbox outbox) {
        this.orders = orders;
        this.decisions = decisions;
        this.outbox = outbox;
    }

    /// These orders, locked: payments of them wait.
    public Mono<List<Order>> hold(Collection<UUID> ids) {
        return orders.lock(ids).collectList();
    }

    /// Lowers them, fails those that are left with nothing, and tells each household.
    /// *Errors:* `IllegalStateException` when one cannot be shortened.
    /// `OptimisticLockingFailureException` when one was not held.
    public Mono<Void> handle(List<ShortenedOrder> shortened, String title) {
        return shortened.isEmpty()
                ? Mono.empty()
                : decisions
                        .shorten(shortened)
                        .then(outbox.publish(shortened.stream()
                                .map(order -> OrderEvent.shortened(order, title))
                                .toList()));
    }
}
