package io.linli.groupbuy.ordering;

import io.linli.groupbuy.lifecycle.Item;
import io.linli.groupbuy.lifecycle.SellItems;
import io.linli.groupbuy.lifecycle.SellItems.Offer;
import io.linli.groupbuy.ordering.Order.Placement;
import io.linli.groupbuy.ordering.Order.Wish;
import io.linli.groupbuy.ordering.Order.WishedLine;
import io.linli.kit.messaging.Outbox;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Problem.FieldError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// A household orders: all lines or none, inside the caller's transaction.
@Service
class PlaceOrder {
    private final SellItems sellItems;
    private final HouseholdTakes takes;
    private final Orders orders;
    private final Outbox outbox;

    PlaceOrder(SellItems sellItems, HouseholdTakes takes, Orders orders, Outbox outbox) {
        this.sellItems = sellItems;
        this.takes = takes;
        this.orders = orders;
        this.outbox = outbox;
    }

    private record Asked(Wish wish, Offer offer, Map<UUID, Integer> taken) {}

    /// *Errors:* those of holding the group buy, 409 `sold-out`, 409 `household-limit`, 422 `item-unknown`,
    /// 422 `line-repeated`.
    Mono<Order> handle(UUID groupBuy, Wish wish, Instant now) {
        return sellItems.hold(groupBuy, now).flatMap(offer -> ask(wish, offer)).flatMap(asked -> decide(asked, now));
    }

    private Mono<Asked> ask(Wish wish, Offer offer) {
        var wanted = wish.lines().stream().map(WishedLine::itemId).toList();
        return takes.find(wish.buyer().household(), wanted).map(taken -> new Asked(wish, offer, taken));
    }

    private Mono<Order> decide(Asked asked, Instant now) {
        return switch (Order.place(asked.wish(), asked.offer(), asked.taken(), now)) {
            case Placement.Granted(var order) -> store(order, asked.offer());
            case Placement.SoldOut(var item) -> refuse("sold-out", item, item.left());
            case Placement.OverLimit(var item, var left) -> refuse("household-limit", item, left);
            case Placement.ItemUnknown(var item) ->
                Mono.error(Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "item-unknown", item));
            case Placement.LineRepeated(var item) ->
                Mono.error(Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "line-repeated", item.name()));
        };
    }

    private Mono<Order> store(Order order, Offer offer) {
        return sellItems
                .sell(offer, order.quantities())
                .then(takes.take(order, offer.items()))
                .then(orders.insert(order))
                .then(outbox.publish(OrderEvent.placed(order, offer.terms().title())))
                .thenReturn(order);
    }

    private static Mono<Order> refuse(String slug, Item item, int left) {
        var what =
                List.of(new FieldError("itemId", item.id().toString()), new FieldError("left", Integer.toString(left)));
        return Mono.error(
                Problem.of(HttpStatus.CONFLICT, slug, item.name(), left).errors(what));
    }
}
