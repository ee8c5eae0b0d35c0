package io.linli.community.notices;

import io.linli.kit.messaging.Received;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Turns what becomes of a whole group buy into notices of all whom it concerns.
@Component
class GroupBuyNotices {
    private final Notices notices;

    GroupBuyNotices(Notices notices) {
        this.notices = notices;
    }

    record GroupBuyEnded(UUID groupBuyId, String title, List<Order> orders) {
        record Order(UUID orderId, UUID householdId) {}
    }

    record GroupBuyCancelled(
            UUID groupBuyId,
            String title,
            String reason,
            List<GroupBuyEnded.Order> orders,
            @Nullable List<Waiting> waiting) {

        Set<UUID> ordering() {
            return orders.stream().map(GroupBuyEnded.Order::householdId).collect(Collectors.toUnmodifiableSet());
        }
    }

    record WaitlistEnded(UUID groupBuyId, String title, List<Waiting> waiting) {}

    record Waiting(UUID householdId, @Nullable UUID buyerMemberId) {}

    record GroupBuyOverbooked(
            UUID groupBuyId,
            String title,
            @Nullable LocalDate deliveryDate,
            List<UUID> leaderIds,
            List<Shortage> shortages) {
        record Shortage(String field, long needed, long free) {}
    }

    Mono<Void> ended(Received<GroupBuyEnded> event) {
        var groupBuy = event.data();
        return tellAll(event, groupBuy.groupBuyId(), groupBuy.orders(), Map.of("title", groupBuy.title()));
    }

    Mono<Void> calledOff(Received<GroupBuyCancelled> event) {
        var groupBuy = event.data();
        var said = Map.<String, Object>of("title", groupBuy.title(), "reason", groupBuy.reason());
        return tellAll(event, groupBuy.groupBuyId(), groupBuy.orders(), said)
                .then(Mono.defer(() -> tellWaiting(event, groupBuy, with(said, List.of()))));
    }

    /// What was waited for did not come back before the close.
    Mono<Void> waitedInVain(Received<WaitlistEnded> event) {
        var waitlist = event.data();
        return notices.insert(
                event.community(),
                toWaiting(
                        event,
                        waitlist.groupBuyId(),
                        waitlist.waiting(),
                        Set.of(),
                        Map.<String, Object>of("title", waitlist.title())));
    }

    /// Households that only waited are told as those that ordered are, and so is who waited for one.
    private Mono<Void> tellWaiting(Received<?> event, GroupBuyCancelled groupBuy, Map<String, Object> said) {
        var waiting = Objects.requireNonNullElse(groupBuy.waiting(), List.<Waiting>of());
        return notices.insert(
                event.community(), toWaiting(event, groupBuy.groupBuyId(), waiting, groupBuy.ordering(), said));
    }

    /// @param told households that are told already
    private static List<Notice> toWaiting(
            Received<?> event, UUID groupBuy, List<Waiting> waiting, Set<UUID> told, Map<String, Object> said) {
        var households = waiting.stream()
                .map(Waiting::householdId)
                .distinct()
                .filter(household -> !told.contains(household))
                .map(household -> Notice.of(event, household, groupBuy, said));
        var others = waiting.stream()
                .flatMap(one -> Stream.ofNullable(one.buyerMemberId())
                        .map(buyer -> Notice.of(event, one.householdId(), groupBuy, said)
                                .toldTo(buyer)));
        return Stream.concat(households, others).toList();
    }

    /// Told to those who lead it, wherever they live.
    Mono<Void> overbooked(Received<GroupBuyOverbooked> event) {
        var groupBuy = event.data();
        var said = new HashMap<String, Object>(Map.of("title", groupBuy.title(), "shortages", groupBuy.shortages()));
        if (groupBuy.deliveryDate() != null) {
            said.put("deliveryDate", groupBuy.deliveryDate().toString());
        }
        return notices.insert(
                event.community(),
                groupBuy.leaderIds().stream()
                        .map(leader -> Notice.toMember(event, leader, groupBuy.groupBuyId(), said))
                        .toList());
    }

    /// One notice per household, however many orders it has; and one per order that somebody else placed for it.
    private Mono<Void> tellAll(
            Received<?> event, UUID groupBuy, List<GroupBuyEnded.Order> orders, Map<String, Object> said) {
        var ordersOf = orders.stream()
                .collect(Collectors.groupingBy(
                        GroupBuyEnded.Order::householdId,
                        Collectors.mapping(GroupBuyEnded.Order::orderId, Collectors.toList())));
        var told = ordersOf.entrySet().stream()
                .map(of -> Notice.of(event, of.getKey(), groupBuy, with(said, of.getValue())));
        return notices.findBuyers(
                        orders.stream().map(GroupBuyEnded.Order::orderId).toList())
                .map(bought -> bought.stream()
                        .map(one -> Notice.of(event, one.household(), groupBuy, with(said, List.of(one.order())))
                                .toldTo(one.member())))
                .flatMap(besides -> notices.insert(
                        event.community(), Stream.concat(told, besides).toList()));
    }

    private static Map<String, Object> with(Map<String, Object> said, List<UUID> orders) {
        var data = new HashMap<>(said);
        data.put("orderIds", orders);
        return data;
    }
}
