package io.linli.groupbuy.ordering;

import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.linli.groupbuy.lifecycle.SellItems;
import io.linli.groupbuy.ordering.Order.Line;
import io.linli.groupbuy.ordering.Order.State;
import io.linli.kit.messaging.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// What the end of a group buy does to its placed orders, all at once, inside the caller's transaction, which holds the
/// group buy.
@Service
public class DecideOrders {
    private final Orders orders;
    private final OrderDecisions decisions;
    private final SellItems sellItems;
    private final Outbox outbox;

    DecideOrders(Orders orders, OrderDecisions decisions, SellItems sellItems, Outbox outbox) {
        this.orders = orders;
        this.decisions = decisions;
        this.sellItems = sellItems;
        this.outbox = outbox;
    }

    /// Until when a payment may still come; empty when none is awaited.
    public Mono<Instant> findAwaitedUntil(UUID groupBuy) {
        return decisions.findAwaitedUntil(groupBuy);
    }

    /// Cancels what nobody paid for, gives its stock back and tells the households.
    public Mono<Void> cancelUnpaid(Terms terms) {
        return decisions
                .cancelUnpaid(terms.id())
                .flatMap(ids -> giveBack(terms, ids))
                .flatMap(cancelled -> outbox.publish(cancelled.stream()
                        .map(order -> OrderEvent.cancelled(order, terms.title()))
                        .toList()));
    }

    /// Cancels every order that stands and gives its stock back; that their group buy is called off tells the
    /// households enough.
    public Mono<List<Order>> cancelAll(Terms terms) {
        return decisions.cancelAll(terms.id()).flatMap(ids -> giveBack(terms, ids));
    }

    private Mono<List<Order>> giveBack(Terms terms, List<UUID> cancelled) {
        return cancelled.isEmpty()
                ? Mono.just(List.of())
                : orders.lock(cancelled)
                        .collectList()
                        .flatMap(held -> decisions
                                .giveBackTakes(held)
                                .then(giveBackStock(terms, held))
                                .thenReturn(held));
    }

    /// What is given away takes no stock before the close.
    private Mono<Void> giveBackStock(Terms terms, List<Order> cancelled) {
        return switch (terms.conditions().kind()) {
            case PURCHASE -> sellItems.store(List.of(), quantities(cancelled));
            case DONATION -> Mono.empty();
        };
    }

    private static Map<UUID, Integer> quantities(List<Order> cancelled) {
        return cancelled.stream()
                .flatMap(order -> order.lines().stream())
                .collect(Collectors.toMap(Line::itemId, line -> -line.quantity(), Integer::sum));
    }

    /// Every order that stands, with the chronology of its lines.
    public Mono<PlacedOrders> listPlaced(UUID groupBuy) {
        return orders.listIn(groupBuy, State.PLACED)
                .flatMap(placed -> decisions.findChanges(groupBuy).map(changes -> new PlacedOrders(placed, changes)));
    }

    /// Confirms what was granted, fails orders with nothing, and tells each household that gets less than it ordered.
    /// *Errors:* `OptimisticLockingFailureException` when one was not placed any more.
    public Mono<Void> form(List<DecidedOrder> decided, String title) {
        var shortened = decided.stream()
                .filter(order -> order.missing() > 0)
                .map(order -> OrderEvent.shortened(ShortenedOrder.atClose(order), title))
                .toList();
        return decisions.store(decided).then(outbox.publish(shortened));
    }

    /// Fails them all; that their group buy failed tells the households enough.
    public Mono<Void> fail(List<DecidedOrder> decided) {
        return decided.isEmpty() ? Mono.empty() : decisions.store(decided);
    }
}
