package io.linli.groupbuy.ordering;

import io.linli.groupbuy.ordering.Order.Decision;
import io.linli.groupbuy.ordering.Order.Reason;
import io.linli.groupbuy.ordering.Order.Step;
import io.linli.kit.messaging.ComesEarly;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Moves orders on after the close, inside the caller's transaction. An order only moves forward: one that is final
/// stays what it is, whatever is heard late or twice.
@Service
public class AdvanceOrders {
    private static final Logger log = LoggerFactory.getLogger(AdvanceOrders.class);

    private final Orders orders;

    AdvanceOrders(Orders orders) {
        this.orders = orders;
    }

    /// *Errors:* `ComesEarly` when an order is not confirmed yet, `IllegalStateException` when one is unknown.
    public Mono<Void> handle(Set<UUID> ids, Step step) {
        return orders.lock(ids)
                .collectList()
                .filter(found -> found.size() == ids.size())
                .switchIfEmpty(
                        Mono.error(() -> new IllegalStateException("some of the orders " + ids + " are unknown")))
                .flatMap(found -> move(found, step));
    }

    private Mono<Void> move(List<Order> found, Step step) {
        var moves = new ArrayList<Orders.Move>();
        for (var order : found) {
            switch (Order.decide(order.state(), step)) {
                case Decision.Moved(var next) -> moves.add(new Orders.Move(order, next));
                case Decision.Refused(var reason) -> stay(order, step, reason);
            }
        }
        return moves.isEmpty() ? Mono.empty() : orders.update(moves);
    }

    private static void stay(Order order, Step step, Reason reason) {
        switch (reason) {
            case NOT_CONFIRMED -> throw new ComesEarly("order " + order.id() + " to be confirmed");
            case ALREADY_CANCELLED, DECIDED ->
                log.info("order {} is {} and stays so after {}", order.id(), order.state(), step);
        }
    }
}
