package io.linli.groupbuy.ordering.desk;

import io.linli.groupbuy.lifecycle.Conditions.PaymentMode;
import io.linli.groupbuy.lifecycle.Item;
import io.linli.groupbuy.lifecycle.SellItems.Offer;
import io.linli.groupbuy.lifecycle.SellItems.Sale;
import io.linli.groupbuy.ordering.Order;
import io.linli.groupbuy.ordering.OrderEvent;
import io.linli.groupbuy.ordering.Orders.Move;
import io.linli.kit.data.Ids;
import io.linli.kit.messaging.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a batch decided, ready to be stored in one go.
final class BookChanges {
    private final List<Order> placed = new ArrayList<>();
    private final Map<UUID, Order> changed = new LinkedHashMap<>();
    private final List<Move> moves = new ArrayList<>();
    private final List<LineChange> lineChanges = new ArrayList<>();
    private final Map<UUID, Sale> sales = new LinkedHashMap<>();
    private final Map<UUID, Integer> stock = new HashMap<>();
    private final Map<Take, TakeChange> takes = new HashMap<>();
    private final List<Event> events = new ArrayList<>();
    private @Nullable String trace;

    /// What a household holds of an item.
    record Take(UUID item, UUID household) {}

    /// A household holds `quantity` more of an item (or less), of which it may hold `allowed`.
    record TakeChange(UUID community, Take take, int quantity, int allowed) {}

    /// An order's quantity of an item went up or down after it was placed.
    record LineChange(UUID community, UUID order, UUID item, int difference, Instant at) {}

    /// What is recorded from now on was caused by this trace.
    void causedBy(@Nullable String traceparent) {
        trace = traceparent;
    }

    void place(Order order, Offer offer) {
        placed.add(order);
        sales.put(order.groupBuyId(), new Sale(order.groupBuyId(), offer.lastSerial(), order.serialNumber()));
        events.add(OrderEvent.placed(order, offer.terms().title()).causedBy(trace));
        requestPayment(order, offer);
    }

    void change(Order before, Order after, Offer offer, Instant at) {
        changed.put(after.id(), after);
        after.differenceTo(before)
                .forEach((item, difference) ->
                        lineChanges.add(new LineChange(after.community(), after.id(), item, difference, at)));
        events.add(OrderEvent.changed(after, offer.terms().title()).causedBy(trace));
        requestPayment(after, offer);
    }

    private void requestPayment(Order order, Offer offer) {
        var payBy = order.payment().payBy();
        var prepaid = offer.terms().conditions().payment() == PaymentMode.PREPAY;
        if (prepaid && order.isUnpaid() && payBy != null && order.amountFen() > 0) {
            var event = OrderEvent.paymentRequested(
                    Ids.next(), order, payBy, offer.terms().title());
            events.add(event.causedBy(trace));
        }
    }

    void cancel(Order order, Offer offer) {
        moves.add(new Move(order, Order.State.CANCELLED));
        events.add(OrderEvent.cancelled(order, offer.terms().title()).causedBy(trace));
    }

    void move(UUID item, int quantity) {
        stock.merge(item, quantity, Integer::sum);
    }

    void take(Item item, UUID household, int quantity, UUID community) {
        var take = new Take(item.id(), household);
        takes.merge(
                take,
                new TakeChange(community, take, quantity, item.limitPerHousehold()),
                (one, other) -> new TakeChange(community, take, one.quantity() + other.quantity(), one.allowed()));
    }

    List<Order> placed() {
        return placed;
    }

    List<Order> changed() {
        return List.copyOf(changed.values());
    }

    List<Move> moves() {
        return moves;
    }

    List<LineChange> lineChanges() {
        return lineChanges;
    }

    List<Sale> sales() {
        return List.copyOf(sales.values());
    }

    /// By item id, in a fixed order, without those that ended where they began.
    Map<UUID, Integer> stock() {
        stock.values().removeIf(quantity -> quantity == 0);
        return stock;
    }

    List<TakeChange> takes() {
        return takes.values().stream().filter(take -> take.quantity() != 0).toList();
    }

    List<Event> events() {
        return events;
    }
}
