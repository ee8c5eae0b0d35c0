package io.linli.groupbuy.ordering;

import io.linli.kit.messaging.Event;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What other services hear of one order. *Shape:* the samples `order.placed.v1`, `order.changed.v1`,
/// `order.cancelled.v1`, `order.shortened.v1` and `payment.requested.v1`.
public sealed interface OrderEvent {

    /// @param buyerMemberId who ordered it for a household that is not theirs; absent otherwise
    record OrderPlaced(
            UUID orderId,
            UUID groupBuyId,
            String title,
            UUID householdId,
            int serialNumber,
            long amountFen,
            @Nullable UUID buyerMemberId)
            implements OrderEvent {}

    record OrderCancelled(UUID orderId, UUID groupBuyId, String title, UUID householdId) implements OrderEvent {}

    static Event placed(Order order, String title) {
        var data = new OrderPlaced(
                order.id(),
                order.groupBuyId(),
                title,
                order.buyer().household(),
                order.serialNumber(),
                order.amountFen(),
                order.buyer().onBehalf() ? order.buyer().member() : null);
        return new Event(order.community(), "order.placed.v1", order.id(), data);
    }

    record OrderChanged(UUID orderId, UUID groupBuyId, String title, UUID householdId, long amountFen)
            implements OrderEvent {}

    static Event changed(Order order, String title) {
        var data = new OrderChanged(
                order.id(), order.groupBuyId(), title, order.buyer().household(), order.amountFen());
        return new Event(order.community(), "order.changed.v1", order.id(), data);
    }

    /// *Units:* fen.
    record PaymentRequested(
            UUID paymentId,
            UUID orderId,
            UUID groupBuyId,
            UUID householdId,
            String title,
            long amountFen,
            Instant payBy)
            implements OrderEvent {}

    /// What is due for an order is to be prepaid. Each sum is a payment of its own, so that one for what an order was
    /// before it changed is told from one for what it is.
    static Event paymentRequested(UUID payment, Order order, Instant payBy, String title) {
        var data = new PaymentRequested(
                payment, order.id(), order.groupBuyId(), order.buyer().household(), title, order.amountFen(), payBy);
        return new Event(order.community(), "payment.requested.v1", payment, data);
    }

    static Event cancelled(Order order, String title) {
        var data = new OrderCancelled(
                order.id(), order.groupBuyId(), title, order.buyer().household());
        return new Event(order.community(), "order.cancelled.v1", order.id(), data);
    }

    /// A household gets less than it was to get; `lessFen` is what the order costs less for it.
    record OrderShortened(
            UUID orderId,
            UUID groupBuyId,
            String title,
            UUID householdId,
            String occasion,
            long lessFen,
            List<ShortenedLine> lines)
            implements OrderEvent {}

    /// `quantity` were to come, `granted` do; the others are missing or damaged.
    record ShortenedLine(UUID itemId, String name, int quantity, int granted, int missing, int damaged) {}

    static Event shortened(ShortenedOrder shortened, String title) {
        var order = shortened.order();
        var lines = shortened.lines().stream()
                .filter(line -> line.less() > 0)
                .map(line -> new ShortenedLine(
                        line.line().itemId(),
                        line.line().name(),
                        line.quantity(),
                        line.granted(),
                        line.missing(),
                        line.damaged()))
                .toList();
        var data = new OrderShortened(
                order.id(),
                order.groupBuyId(),
                title,
                order.buyer().household(),
                shortened.occasion().name().toLowerCase(Locale.ROOT),
                shortened.lessFen(),
                lines);
        return new Event(order.community(), "order.shortened.v1", order.id(), data);
    }
}
