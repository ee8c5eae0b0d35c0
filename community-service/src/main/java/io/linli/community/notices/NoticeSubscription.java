package io.linli.community.notices;

import io.linli.kit.messaging.Received;
import io.linli.kit.messaging.Subscription;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/// Turns what happened to orders, parcels and tasks into notices of the households concerned.
@Configuration(proxyBeanMethods = false)
class NoticeSubscription {
    private final Notices notices;

    NoticeSubscription(Notices notices) {
        this.notices = notices;
    }

    record OrderPlaced(
            UUID orderId, UUID groupBuyId, String title, UUID householdId, int serialNumber, long amountFen) {}

    record OrderCancelled(UUID orderId, UUID groupBuyId, String title, UUID householdId) {}

    record GroupBuyClosed(UUID groupBuyId, String title, List<Order> orders) {
        record Order(UUID orderId, UUID householdId) {}
    }

    record ParcelReady(UUID parcelId, UUID groupBuyId, UUID householdId, String label, boolean doorstep) {}

    record ParcelEnded(
            UUID parcelId,
            UUID groupBuyId,
            UUID householdId,
            @Nullable String reason) {}

    record Task(
            UUID taskId,
            UUID parcelId,
            UUID householdId,
            @Nullable String reason) {}

    @Bean
    Subscription householdNotices() {
        return Subscription.queue("community.notices")
                .on("order.placed.v1", OrderPlaced.class, this::placed)
                .on("order.cancelled.v1", OrderCancelled.class, this::cancelled)
                .on("group-buy.formed.v1", GroupBuyClosed.class, this::closed)
                .on("group-buy.failed.v1", GroupBuyClosed.class, this::closed)
                .on("parcel.ready.v1", ParcelReady.class, this::ready)
                .on("parcel.handed-over.v1", ParcelEnded.class, this::ended)
                .on("parcel.delivered.v1", ParcelEnded.class, this::ended)
                .on("parcel.failed.v1", ParcelEnded.class, this::ended)
                .on("task.accepted.v1", Task.class, this::task)
                .on("task.dropped.v1", Task.class, this::task)
                .on("task.delivered.v1", Task.class, this::task)
                .on("task.failed.v1", Task.class, this::task);
    }

    private Mono<Void> placed(Received<OrderPlaced> event) {
        var order = event.data();
        return tell(
                event,
                order.householdId(),
                order.orderId(),
                Map.of(
                        "groupBuyId", order.groupBuyId(),
                        "title", order.title(),
                        "serialNumber", order.serialNumber(),
                        "amountFen", order.amountFen()));
    }

    private Mono<Void> cancelled(Received<OrderCancelled> event) {
        var order = event.data();
        return tell(
                event,
                order.householdId(),
                order.orderId(),
                Map.of("groupBuyId", order.groupBuyId(), "title", order.title()));
    }

    /// One notice per household, however many orders it has.
    private Mono<Void> closed(Received<GroupBuyClosed> event) {
        var groupBuy = event.data();
        var ordersOf = groupBuy.orders().stream()
                .collect(Collectors.groupingBy(
                        GroupBuyClosed.Order::householdId,
                        Collectors.mapping(GroupBuyClosed.Order::orderId, Collectors.toList())));
        var told = ordersOf.entrySet().stream()
                .map(orders -> Notice.of(
                        event,
                        orders.getKey(),
                        groupBuy.groupBuyId(),
                        Map.of("title", groupBuy.title(), "orderIds", orders.getValue())))
                .toList();
        return notices.insert(event.community(), told);
    }

    private Mono<Void> ready(Received<ParcelReady> event) {
        var parcel = event.data();
        return tell(
                event,
                parcel.householdId(),
                parcel.parcelId(),
                Map.of("groupBuyId", parcel.groupBuyId(), "label", parcel.label(), "doorstep", parcel.doorstep()));
    }

    private Mono<Void> ended(Received<ParcelEnded> event) {
        var parcel = event.data();
        return tell(
                event,
                parcel.householdId(),
                parcel.parcelId(),
                parcel.reason() == null
                        ? Map.of("groupBuyId", parcel.groupBuyId())
                        : Map.of("groupBuyId", parcel.groupBuyId(), "reason", parcel.reason()));
    }

    private Mono<Void> task(Received<Task> event) {
        var task = event.data();
        return tell(
                event,
                task.householdId(),
                task.taskId(),
                task.reason() == null
                        ? Map.of("parcelId", task.parcelId())
                        : Map.of("parcelId", task.parcelId(), "reason", task.reason()));
    }

    private Mono<Void> tell(Received<?> event, UUID household, UUID subject, Map<String, Object> data) {
        return notices.insert(event.community(), List.of(Notice.of(event, household, subject, data)));
    }
}
