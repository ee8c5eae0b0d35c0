package io.linli.groupbuy.closing;

import static java.util.stream.Collectors.toSet;

import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.linli.groupbuy.ordering.DecidedOrder;
import io.linli.groupbuy.ordering.Order;
import io.linli.groupbuy.ordering.desk.EmptyWaitlist.Waiting;
import io.linli.kit.messaging.Event;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What other services hear of a group buy's end. *Shape:* the samples `group-buy.formed.v1`, `group-buy.failed.v1`,
/// `group-buy.cancelled.v1` and `waitlist.ended.v1`. *Units:* grams.
sealed interface GroupBuyEvent {

    /// @param delivery the day of its delivery, by the clocks of its community; null when none was promised
    record GroupBuyFormed(
            UUID groupBuyId,
            String title,
            UUID supplierId,
            String supplierName,
            @Nullable DeliveryDay delivery,
            List<FormedOrder> orders)
            implements GroupBuyEvent {}

    /// From its first moment, up to but not including the first one after it.
    record DeliveryDay(Instant from, Instant to) {
        static @Nullable DeliveryDay of(Terms terms) {
            var day = terms.conditions().delivery().day();
            return day == null
                    ? null
                    : new DeliveryDay(
                            day.atStartOfDay(terms.zone()).toInstant(),
                            day.plusDays(1).atStartOfDay(terms.zone()).toInstant());
        }
    }

    record FormedOrder(
            UUID orderId,
            UUID householdId,
            int serialNumber,
            boolean doorstep,
            long weightGrams,
            List<FormedLine> lines) {}

    record FormedLine(UUID itemId, String name, int quantity) {}

    record GroupBuyFailed(UUID groupBuyId, String title, List<EndedOrder> orders) implements GroupBuyEvent {}

    /// @param waiting the households that ordered nothing and only waited, and who waited for a household without
    ///     having ordered for it
    record GroupBuyCancelled(
            UUID groupBuyId, String title, String reason, List<EndedOrder> orders, List<WaitingHousehold> waiting)
            implements GroupBuyEvent {}

    /// It is closed, and what these waited for did not come back.
    record WaitlistEnded(UUID groupBuyId, String title, List<WaitingHousehold> waiting) implements GroupBuyEvent {}

    /// @param buyerMemberId who waited for the household, when that was somebody else
    record WaitingHousehold(UUID householdId, @Nullable UUID buyerMemberId) {}

    record EndedOrder(UUID orderId, UUID householdId) {}

    /// Orders with nothing granted are not in it; the quantities are what is to come.
    static Event formed(Terms terms, List<DecidedOrder> decided) {
        var orders = decided.stream()
                .filter(order -> order.granted() > 0)
                .map(GroupBuyEvent::toFormed)
                .toList();
        var data = new GroupBuyFormed(
                terms.id(), terms.title(), terms.supplierId(), terms.supplierName(), DeliveryDay.of(terms), orders);
        return new Event(terms.community(), "group-buy.formed.v1", terms.id(), data);
    }

    static Event failed(Terms terms, List<DecidedOrder> failed) {
        var orders = failed.stream().map(DecidedOrder::order).toList();
        var data = new GroupBuyFailed(terms.id(), terms.title(), toEnded(orders));
        return new Event(terms.community(), "group-buy.failed.v1", terms.id(), data);
    }

    static Event cancelled(Terms terms, String reason, List<Order> orders, Set<Waiting> waiting) {
        var data =
                new GroupBuyCancelled(terms.id(), terms.title(), reason, toEnded(orders), toWaiting(waiting, orders));
        return new Event(terms.community(), "group-buy.cancelled.v1", terms.id(), data);
    }

    static Event waitlistEnded(Terms terms, Set<Waiting> waiting) {
        var data = new WaitlistEnded(terms.id(), terms.title(), toWaiting(waiting, List.of()));
        return new Event(terms.community(), "waitlist.ended.v1", terms.id(), data);
    }

    /// Without those who hear of it by an order: the household, and who ordered for it.
    private static List<WaitingHousehold> toWaiting(Set<Waiting> waiting, List<Order> orders) {
        var told = orders.stream().flatMap(GroupBuyEvent::toTold).collect(toSet());
        return waiting.stream()
                .filter(one -> !told.contains(one))
                .map(one -> new WaitingHousehold(one.household(), one.buyer()))
                .toList();
    }

    private static Stream<Waiting> toTold(Order order) {
        var buyer = order.buyer();
        var household = new Waiting(buyer.household(), null);
        return buyer.onBehalf()
                ? Stream.of(household, new Waiting(buyer.household(), buyer.member()))
                : Stream.of(household);
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
