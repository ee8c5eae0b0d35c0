package io.linli.community.notices;

import io.linli.community.notices.GroupBuyNotices.GroupBuyCancelled;
import io.linli.community.notices.GroupBuyNotices.GroupBuyEnded;
import io.linli.community.notices.GroupBuyNotices.GroupBuyOverbooked;
import io.linli.community.notices.GroupBuyNotices.WaitlistEnded;
import io.linli.kit.messaging.Received;
import io.linli.kit.messaging.Subscription;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/// Turns what happened to orders, parcels and tasks into notices of the households concerned, and of who ordered for
/// them.
@Configuration(proxyBeanMethods = false)
class NoticeSubscription {
    private final Notices notices;
    private final GroupBuyNotices groupBuys;

    NoticeSubscription(Notices notices, GroupBuyNotices groupBuys) {
        this.notices = notices;
        this.groupBuys = groupBuys;
    }

    record OrderPlaced(
            UUID orderId,
            UUID groupBuyId,
            String title,
            UUID householdId,
            int serialNumber,
            long amountFen,
            @Nullable UUID buyerMemberId) {}

    record OrderChanged(UUID orderId, UUID groupBuyId, String title, UUID householdId, long amountFen) {}

    record OrderCancelled(UUID orderId, UUID groupBuyId, String title, UUID householdId) {}

    record OrderShortened(
            UUID orderId,
            UUID groupBuyId,
            String title,
            UUID householdId,
            String occasion,
            long lessFen,
            List<Line> lines) {
        record Line(UUID itemId, String name, int quantity, int granted, int missing, int damaged) {}
    }

    record ParcelReady(
            UUID parcelId, UUID groupBuyId, UUID householdId, String label, boolean doorstep, List<UUID> orderIds) {}

    record ParcelEnded(
            UUID parcelId,
            UUID groupBuyId,
            UUID householdId,
            @Nullable String reason,
            List<UUID> orderIds) {}

    record Task(
            UUID taskId,
            String kind,
            @Nullable UUID parcelId,
            UUID householdId,
            @Nullable String reason) {}

    @Bean
    Subscription householdNotices() {
        return Subscription.queue("community.notices")
                .on("order.placed.v1", OrderPlaced.class, this::placed)
                .on("order.changed.v1", OrderChanged.class, this::changed)
                .on("order.cancelled.v1", OrderCancelled.class, this::cancelled)
                .on("order.shortened.v1", OrderShortened.class, this::shortened)
                .on("group-buy.formed.v1", GroupBuyEnded.class, groupBuys::ended)
                .on("group-buy.failed.v1", GroupBuyEnded.class, groupBuys::ended)
                .on("group-buy.cancelled.v1", GroupBuyCancelled.class, groupBuys::calledOff)
                .on("group-buy.overbooked.v1", GroupBuyOverbooked.class, groupBuys::overbooked)
                .on("waitlist.ended.v1", WaitlistEnded.class, groupBuys::waitedInVain)
                .on("parcel.ready.v1", ParcelReady.class, this::ready)
                .on("parcel.handed-over.v1", ParcelEnded.class, this::ended)
                .on("parcel.delivered.v1", ParcelEnded.class, this::ended)
                .on("parcel.failed.v1", ParcelEnded.class, this::ended)
                .on("task.accepted.v1", Task.class, this::task)
                .on("task.dropped.v1", Task.class, this::task)
                .on("task.delivered.v1", Task.class, this::task)
                .on("task.failed.v1", Task.class, this::task)
                .on("task.escalated.v1", Task.class, this::escalated);
    }

    private Mono<Void> placed(Received<OrderPlaced> event) {
        var order = event.data();
        return Mono.justOrEmpty(order.buyerMemberId())
                .flatMap(buyer -> notices.keepBuyer(event.community(), order.orderId(), order.householdId(), buyer))
                .then(Mono.defer(() -> tell(
                        event,
                        List.of(order.orderId()),
                        order.householdId(),
                        order.orderId(),
                        Map.of(
                                "groupBuyId", order.groupBuyId(),
                                "title", order.title(),
                                "serialNumber", order.serialNumber(),
                                "amountFen", order.amountFen()))));
    }

    private Mono<Void> changed(Received<OrderChanged> event) {
        var order = event.data();
        return tell(
                event,
                List.of(order.orderId()),
                order.householdId(),
                order.orderId(),
                Map.of("groupBuyId", order.groupBuyId(), "title", order.title(), "amountFen", order.amountFen()));
    }

    private Mono<Void> cancelled(Received<OrderCancelled> event) {
        var order = event.data();
        return tell(
                event,
                List.of(order.orderId()),
                order.householdId(),
                order.orderId(),
                Map.of("groupBuyId", order.groupBuyId(), "title", order.title()));
    }

    private Mono<Void> shortened(Received<OrderShortened> event) {
        var order = event.data();
        return tell(
                event,
                List.of(order.orderId()),
                order.householdId(),
                order.orderId(),
                Map.of(
                        "groupBuyId", order.groupBuyId(),
                        "title", order.title(),
                        "occasion", order.occasion(),
                        "lessFen", order.lessFen(),
                        "lines", order.lines()));
    }

    /// What somebody ordered for a household is, once it waits at the gate, the floor leaders' business too.
    private Mono<Void> ready(Received<ParcelReady> event) {
        var parcel = event.data();
        var told = Notice.of(
                event,
                parcel.householdId(),
                parcel.parcelId(),
                Map.of("groupBuyId", parcel.groupBuyId(), "label", parcel.label(), "doorstep", parcel.doorstep()));
        return findBuyers(parcel.orderIds())
                .flatMap(buyers -> buyers.isEmpty()
                        ? Mono.just(buyers)
                        : notices.findFloorLeaders(parcel.householdId()).map(leaders -> union(buyers, leaders)))
                .flatMap(others -> insert(event, told, others));
    }

    private Mono<Void> ended(Received<ParcelEnded> event) {
        var parcel = event.data();
        return tell(
                event,
                parcel.orderIds(),
                parcel.householdId(),
                parcel.parcelId(),
                parcel.reason() == null
                        ? Map.of("groupBuyId", parcel.groupBuyId())
                        : Map.of("groupBuyId", parcel.groupBuyId(), "reason", parcel.reason()));
    }

    /// Told to the household alone: a task names no group buy.
    private Mono<Void> task(Received<Task> event) {
        var task = event.data();
        return notices.insert(
                event.community(), List.of(Notice.of(event, task.householdId(), task.taskId(), data(task))));
    }

    /// Told to the coordinators, who have to look.
    private Mono<Void> escalated(Received<Task> event) {
        var task = event.data();
        var told = Notice.of(event, task.householdId(), task.taskId(), data(task));
        return notices.findCoordinators()
                .filter(coordinators -> !coordinators.isEmpty())
                .flatMap(coordinators -> notices.insert(
                        event.community(),
                        coordinators.stream().map(told::toldTo).toList()));
    }

    private static Map<String, Object> data(Task task) {
        var data = new HashMap<String, Object>(Map.of("kind", task.kind()));
        if (task.parcelId() != null) {
            data.put("parcelId", task.parcelId());
        }
        if (task.reason() != null) {
            data.put("reason", task.reason());
        }
        return data;
    }

    private Mono<Void> tell(
            Received<?> event, List<UUID> orders, UUID household, UUID subject, Map<String, Object> data) {
        var told = Notice.of(event, household, subject, data);
        return findBuyers(orders).flatMap(buyers -> insert(event, told, buyers));
    }

    private Mono<Set<UUID>> findBuyers(List<UUID> orders) {
        return notices.findBuyers(orders)
                .map(bought -> bought.stream().map(Notices.OrderedFor::member).collect(Collectors.toUnmodifiableSet()));
    }

    private Mono<Void> insert(Received<?> event, Notice told, Set<UUID> others) {
        var all = Stream.concat(Stream.of(told), others.stream().map(told::toldTo));
        return notices.insert(event.community(), all.toList());
    }

    private static Set<UUID> union(Set<UUID> some, Collection<UUID> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
    }
}
