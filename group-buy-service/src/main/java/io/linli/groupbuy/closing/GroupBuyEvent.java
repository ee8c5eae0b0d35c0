package io.linli.groupbuy.closing;

import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.linli.groupbuy.ordering.Order;
import io.linli.kit.messaging.Event;
import java.util.List;
import java.util.UUID;

/// What other services hear of a group buy's end. *Shape:* the samples `group-buy.formed.v1` and
/// `group-buy.failed.v1`. *Units:* grams.
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

    record GroupBuyFailed(UUID groupBuyId, String title, List<FailedOrder> orders) implements GroupBuyEvent {}

    record FailedOrder(UUID orderId, UUID householdId) {}

    static Event formed(Terms terms, List<Order> confirmed) {
        var orders = confirmed.stream().map(GroupBuyEvent::toFormed).toList();
        var data = new GroupBuyFormed(terms.id(), terms.title(), terms.supplierId(), terms.supplierName(), orders);
        return new Event(terms.community(), "group-buy.formed.v1", terms.id(), data);
    }

    static Event failed(Terms terms, List<Order> failed) {
        var orders = failed.stream()
                .map(order -> new FailedOrder(order.id(), order.buyer().household()))
                .toList();
        var data = new GroupBuyFailed(terms.id(), terms.title(), orders);
        return new Event(terms.community(), "group-buy.failed.v1", terms.id(), data);
    }

    private static FormedOrder toFormed(Order order) {
        var lines = order.lines().stream()
                .map(line -> new FormedLine(line.itemId(), line.name(), line.quantity()))
                .toList();
        return new FormedOrder(
                order.id(),
                order.buyer().household(),
                order.serialNumber(),
                order.doorstep(),
                order.weightGrams(),
                lines);
    }
}
