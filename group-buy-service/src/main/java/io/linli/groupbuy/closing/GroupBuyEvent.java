package io.linli.groupbuy.closing;

import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.linli.groupbuy.ordering.DecidedOrder;
import io.linli.groupbuy.ordering.Order;
import io.linli.kit.messaging.Event;
import java.util.List;
import java.util.UUID;

/// What other services hear of a group buy's end. *Shape:* the samples `group-buy.formed.v1`,
/// `group-buy.failed.v1` and `group-buy.cancelled.v1`. *Units:* grams.
sealed interface GroupBuyEvent {

    record GroupBuyFormed(UUID groupBuyId, String title, UUID supplierId, String supplierName, List<FormedOrder> orders)
            implements GroupBuyEvent {}

    record FormedOrder(
            UUID orderId,
            UUID householdId,
            int serialNumber,
            boolean doorstep,
            long weightGrams,
            List<FormedLine> lines) {}

    record FormedLine(UUID itemId, String name, int quantity) {}

    record GroupBuyFailed(UUID groupBuyId, String title, List<EndedOrder> orders) implements GroupBuyEvent {}

    record GroupBuyCancelled(UUID groupBuyId, String title, String reason, List<EndedOrder> orders)
            implements GroupBuyEvent {}

    record EndedOrder(UUID orderId, UUID householdId) {}

    /// Orders with nothing granted are not in it; the quantities are what is to come.
    static Event formed(Terms terms, List<DecidedOrder> decided) {
        var orders = decided.stream()
                .filter(order -> order.granted() > 0)
                .map(GroupBuyEvent::toFormed)
                .toList();
        var data = new GroupBuyFormed(terms.id(), terms.title(), terms.supplierId(), terms.supplierName(), orders);
        return new Event(terms.community(), "group-buy.formed.v1", terms.id(), data);
    }

    static Event failed(Terms terms, List<DecidedOrder> failed) {
        var orders = failed.stream().map(DecidedOrder::order).toList();
        var data = new GroupBuyFailed(terms.id(), terms.title(), toEnded(orders));
        return new Event(terms.community(), "group-buy.failed.v1", terms.id(), data);
    }

    static Event cancelled(Terms terms, String reason, List<Order> orders) {
        var data = new GroupBuyCancelled(terms.id(), terms.title(), reason, toEnded(orders));
        return new Event(terms.community(), "group-buy.cancelled.v1", terms.id(), data);
    }

    private static List<EndedOrder> toEnded(List<Order> orders) {
        return orders.stream()
                .map(order -> new EndedOrder(order.id(), order.buyer().household()))
                .toList();
    }

    private static FormedOrder toFormed(DecidedOrder decided) {
        var order = decided.order();
        var lines = decided.lines().stream()
                .filter(line -> line.granted() > 0)
                .map(line -> new FormedLine(line.line().itemId(), line.line().name(), line.granted()))
                .toList();
        return new FormedOrder(
                order.id(),
                order.buyer().household(),
                order.serialNumber(),
                order.doorstep(),
                decided.weightGrams(),
                lines);
    }
}
