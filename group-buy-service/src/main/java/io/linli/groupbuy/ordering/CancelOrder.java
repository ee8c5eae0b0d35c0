package io.linli.groupbuy.ordering;

import io.linli.groupbuy.lifecycle.SellItems;
import io.linli.groupbuy.lifecycle.SellItems.Offer;
import io.linli.groupbuy.ordering.Order.Decision;
import io.linli.groupbuy.ordering.Order.Reason;
import io.linli.groupbuy.ordering.Order.State;
import io.linli.groupbuy.ordering.Order.Step;
import io.linli.kit.messaging.Outbox;
import io.linli.kit.web.Problem;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// A household takes an order back while the window is open, inside the caller's transaction.
@Service
class CancelOrder {
    private final SellItems sellItems;
    private final HouseholdTakes takes;
    private final Orders orders;
    private final Outbox outbox;

    CancelOrder(SellItems sellItems, HouseholdTakes takes, Orders orders, Outbox outbox) {
        this.sellItems = sellItems;
        this.takes = takes;
        this.orders = orders;
        this.outbox = outbox;
    }

    /// *Errors:* 404 `order-unknown` (also for an order of another household), those of holding the group buy,
    /// 409 `already-cancelled`, 409 `order-decided`.
    Mono<Order> handle(UUID id, UUID household, Instant now) {
        return orders.find(id)
                .filter(order -> order.buyer().household().equals(household))
                .switchIfEmpty(ReadOrders.unknown())
                .flatMap(order -> sellItems.hold(order.groupBuyId(), now))
                .flatMap(offer -> cancel(id, offer));
    }

    /// Reads the order again: only now that its group buy is held does it stay what it is.
    private Mono<Order> cancel(UUID id, Offer offer) {
        return orders.lock(id).flatMap(order -> switch (Order.decide(order.state(), Step.CANCEL)) {
            case Decision.Moved(var next) -> store(order, next, offer);
            case Decision.Refused(var reason) -> Mono.error(toProblem(reason));
        });
    }

    private Mono<Order> store(Order order, State next, Offer offer) {
        return orders.update(List.of(new Orders.Move(order, next)))
                .then(sellItems.giveBack(offer, order.quantities()))
                .then(takes.giveBack(order))
                .then(outbox.publish(OrderEvent.cancelled(order, offer.terms().title())))
                .thenReturn(order.in(next));
    }

    private static Problem toProblem(Reason reason) {
        return switch (reason) {
            case ALREADY_CANCELLED -> Problem.of(HttpStatus.CONFLICT, "already-cancelled");
            case DECIDED, NOT_CONFIRMED -> Problem.of(HttpStatus.CONFLICT, "order-decided");
        };
    }
}
