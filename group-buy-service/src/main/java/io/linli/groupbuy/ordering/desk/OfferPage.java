package io.linli.groupbuy.ordering.desk;

import io.linli.groupbuy.lifecycle.Conditions.Kind;
import io.linli.groupbuy.lifecycle.GroupBuy;
import io.linli.groupbuy.lifecycle.Item;
import io.linli.groupbuy.lifecycle.SellItems.Offer;
import io.linli.groupbuy.ordering.Order.Line;
import io.linli.groupbuy.ordering.Order.Payment;
import io.linli.groupbuy.ordering.Order.PaymentState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One group buy in the book of a batch: what it offers and what is left of each item by now.
final class OfferPage {
    /// How long payments are awaited.
    ///
    /// @param prepayMax how long after placing
    /// @param cashAfterCloseMax how long after the window closes
    record Payments(Duration prepayMax, Duration cashAfterCloseMax) {}

    private final Offer offer;
    private final Map<UUID, Item> items;
    private final Map<UUID, Integer> left = new HashMap<>();
    private int lastSerial;

    OfferPage(Offer offer) {
        this.offer = offer;
        this.lastSerial = offer.lastSerial();
        this.items = offer.items().stream().collect(Collectors.toMap(Item::id, Function.identity()));
        offer.items().forEach(item -> left.put(item.id(), isGiven() ? Integer.MAX_VALUE : item.left()));
    }

    Offer offer() {
        return offer;
    }

    GroupBuy.Decision decide(Instant arrivedAt) {
        return GroupBuy.decide(offer.groupBuy(), new GroupBuy.Command.ChangeOrders(), arrivedAt);
    }

    /// What is given is shared out at the close, so nobody is too late with a wish and no stock moves.
    boolean isGiven() {
        return offer.terms().conditions().kind() == Kind.DONATION;
    }

    /// What is awaited from now on for an order of this amount; nothing for one that costs nothing.
    Payment payment(long amountFen, Instant now, Payments payments) {
        if (amountFen == 0) {
            return Payment.NOT_AWAITED;
        }
        return switch (offer.terms().conditions().payment()) {
            case LATER -> Payment.NOT_AWAITED;
            case PREPAY -> new Payment(PaymentState.AWAITING, now.plus(payments.prepayMax()));
            case CASH ->
                new Payment(PaymentState.AWAITING, offer.terms().closesAt().plus(payments.cashAfterCloseMax()));
        };
    }

    boolean has(UUID item) {
        return items.containsKey(item);
    }

    Item item(UUID id) {
        var item = items.get(id);
        if (item == null) {
            throw new NoSuchElementException("item " + id);
        }
        return item;
    }

    int left(UUID item) {
        return left.getOrDefault(item, 0);
    }

    void take(UUID item, int quantity) {
        if (!isGiven()) {
            left.merge(item, -quantity, Integer::sum);
        }
    }

    int nextSerial() {
        return ++lastSerial;
    }

    /// So many of an item at what it costs now.
    Line toLine(UUID id, int quantity) {
        var item = item(id);
        return new Line(id, item.name(), quantity, null, item.priceFen(), item.weightGrams());
    }
}
