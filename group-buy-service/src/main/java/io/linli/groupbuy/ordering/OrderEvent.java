package io.linli.groupbuy.ordering;

import io.linli.kit.messaging.Event;
import java.util.UUID;

/// What other services hear of one order. *Shape:* the samples `order.placed.v1` and `order.cancelled.v1`.
sealed interface OrderEvent {

    record OrderPlaced(UUID orderId, UUID groupBuyId, String title, UUID householdId, int serialNumber, long amountFen)
            implements OrderEvent {}

    record OrderCancelled(UUID orderId, UUID groupBuyId, String title, UUID householdId) implements OrderEvent {}

    static Event placed(Order order, String title) {
        var data = new OrderPlaced(
                order.id(),
                order.groupBuyId(),
                title,
                order.buyer().household(),
                order.serialNumber(),
                order.amountFen());
        return new Event(order.community(), "order.placed.v1", order.id(), data);
    }

    static Event cancelled(Order order, String title) {
        var data = new OrderCancelled(
                order.id(), order.groupBuyId(), title, order.buyer().household());
        return new Event(order.community(), "order.cancelled.v1", order.id(), data);
    }
}
