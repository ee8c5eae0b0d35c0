package io.linli.local.replay;

import io.linli.local.client.Await;
import io.linli.local.client.Crew;
import io.linli.local.client.GroupBuys.Details;
import io.linli.local.client.GroupBuys.NewGroupBuy;
import io.linli.local.client.GroupBuys.NewItem;
import io.linli.local.client.GroupBuys.NewLine;
import io.linli.local.client.GroupBuys.NewOrder;
import io.linli.local.client.Refused;
import io.linli.local.client.Station.Consignment;
import io.linli.local.client.Station.NewHandOver;
import io.linli.local.client.Station.Parcel;
import io.linli.local.client.Station.PickUpCode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// One group buy from its opening to the last door.
///
/// Every step first looks at what the system shows, so that a run that broke off anywhere can be taken up again.
final class GroupBuyRun {

    private static final Duration WINDOW = Duration.ofDays(7);
    private static final Duration CHAIN_LIMIT = Duration.ofMinutes(3);
    private static final Set<String> FINAL = Set.of("handed-over", "delivered", "failed");
    private static final int FEN_PER_KILOGRAM = 800;

    private final ReplayPlan.GroupBuy plan;
    private final Neighbourhood there;
    private final StepTimes times;
    private final Crew crew;
    private final Doorstep doorstep;

    GroupBuyRun(ReplayPlan.GroupBuy plan, Neighbourhood there, StepTimes times, Crew crew, DayBook book) {
        this.plan = plan;
        this.there = there;
        this.times = times;
        this.crew = crew;
        var redelivered = plan.orders().stream()
                .filter(ReplayPlan.Order::redelivered)
                .map(order -> there.household(order.user()))
                .collect(Collectors.toSet());
        this.doorstep = new Doorstep(there, times, crew, book, redelivered);
    }

    UUID play(UUID supplier) {
        var groupBuy = find().orElseGet(() -> open(supplier));
        checkSamePlan(groupBuy);
        if (groupBuy.state().equals("open")) {
            placeOrders(groupBuy);
            close(groupBuy);
        }
        var consignment = arrived(groupBuy);
        checkIn(consignment);
        handEverythingOver(consignment);
        awaitFinalOrders(groupBuy);
        return groupBuy.groupBuyId();
    }

    private Optional<Details> find() {
        var groupBuys = there.groupBuys();
        return groupBuys.list(there.leader).stream()
                .filter(summary -> summary.title().equals(plan.slot().title()))
                .findFirst()
                .map(summary -> groupBuys.get(there.leader, summary.groupBuyId()));
    }

    private Details open(UUID supplier) {
        var now = there.clock().instant();
        var items = plan.items().stream().map(GroupBuyRun::newItem).toList();
        var request = new NewGroupBuy(supplier, plan.slot().title(), now, now.plus(WINDOW), 1, items);
        var key = there.keys.of("group-buy", plan.slot().title());
        // Reused: the same group buy, asked for by a run that broke off, is being written at this very moment.
        Refused.ignoring(() -> there.groupBuys().create(there.leader, request, key), "idempotency-key-reused");
        return Await.until(
                plan.slot().title() + " is open",
                CHAIN_LIMIT,
                () -> find().filter(it -> !it.state().equals("scheduled")));
    }

    private static NewItem newItem(ReplayPlan.Item item) {
        long price = Math.max(1, item.grams() * FEN_PER_KILOGRAM / 1000);
        return new NewItem(item.name(), "件", item.grams(), price, item.stock(), item.limitPerHousehold());
    }

    private void checkSamePlan(Details groupBuy) {
        boolean same = groupBuy.items().size() == plan.items().size()
                && plan.items().stream()
                        .allMatch(item -> groupBuy.items().stream()
                                .anyMatch(shown -> shown.name().equals(item.name())
                                        && shown.stock() == item.stock()
                                        && shown.weightGrams() == item.grams()));
        if (!same) {
            throw new OtherFile(plan.slot().title());
        }
    }

    /// The community was used for another file before.
    static final class OtherFile extends RuntimeException {
        OtherFile(String title) {
            super("\"" + title + "\" offers other items than this file: choose another --community");
        }
    }

    private void placeOrders(Details groupBuy) {
        var have = new HashSet<UUID>();
        there.groupBuys().orders(there.leader, groupBuy.groupBuyId()).forEach(order -> have.add(order.householdId()));
        var open = plan.orders().stream()
                .filter(order -> !have.contains(there.household(order.user())))
                .toList();
        crew.each(open, order -> place(groupBuy, order));
    }

    private void place(Details groupBuy, ReplayPlan.Order order) {
        var resident = there.resident(order.user());
        var lines = order.lines().entrySet().stream()
                .map(line -> new NewLine(groupBuy.item(line.getKey().title).itemId(), line.getValue()))
                .toList();
        var key = there.keys.of("order", plan.slot().title(), order.user());
        times.of(
                Step.ORDER,
                () -> there.groupBuys()
                        .order(resident, groupBuy.groupBuyId(), new NewOrder(lines, order.doorstep()), key));
    }

    private void close(Details groupBuy) {
        var key = there.keys.of("close", plan.slot().title());
        Refused.ignoring(
                () -> times.of(Step.CLOSE, () -> there.groupBuys().close(there.leader, groupBuy.groupBuyId(), key)),
                "already-closed");
    }

    private Consignment arrived(Details groupBuy) {
        return times.of(
                Step.SHIPMENT,
                () -> Await.until(
                        plan.slot().title() + " arrives",
                        CHAIN_LIMIT,
                        () -> there.station()
                                .consignment(there.keeper, groupBuy.groupBuyId())
                                .filter(consignment -> !consignment.state().equals("expected"))));
    }

    private void checkIn(Consignment consignment) {
        if (consignment.state().equals("checked-in")) {
            return;
        }
        var key = there.keys.of("check-in", consignment.consignmentId());
        Refused.ignoring(
                () -> times.of(
                        Step.CHECK_IN, () -> there.station().checkIn(there.keeper, consignment.consignmentId(), key)),
                "consignment-checked-in");
    }

    /// Goes round until nothing is left: what waited for a shelf or a volunteer in one round has one in the next.
    private void handEverythingOver(Consignment consignment) {
        int[] round = {0};
        Await.untilTrue(plan.slot().title() + ": every parcel with its household", CHAIN_LIMIT.multipliedBy(2), () -> {
            var open = open(consignment);
            shelve(consignment, open, round[0]++);
            var ready = open.stream()
                    .filter(parcel -> parcel.state().equals("ready"))
                    .toList();
            crew.each(ready.stream().filter(parcel -> !parcel.doorstep()).toList(), this::handOver);
            doorstep.carry(open);
            return open.isEmpty();
        });
    }

    private List<Parcel> open(Consignment consignment) {
        return there.station().parcels(there.keeper, consignment.consignmentId()).stream()
                .filter(parcel -> !FINAL.contains(parcel.state()))
                .toList();
    }

    private void shelve(Consignment consignment, List<Parcel> open, int round) {
        if (open.stream().anyMatch(parcel -> parcel.state().equals("arrived"))) {
            var key = there.keys.of(
                    "shelving", consignment.consignmentId(), there.clock().instant(), round);
            there.station().shelve(there.keeper, consignment.consignmentId(), key);
        }
    }

    private void handOver(Parcel parcel) {
        var resident = there.resident(parcel.householdId());
        // Refused like this it was handed over by a run that broke off: the next look at the parcels shows it.
        Refused.ignoring(
                () -> handOver(parcel, times.of(Step.CODE, () -> there.station().code(resident))),
                "already-handed-over",
                "nothing-to-collect",
                "parcel-not-on-shelf");
    }

    private void handOver(Parcel parcel, PickUpCode code) {
        code.parcels().stream()
                .filter(labelled -> labelled.parcelId().equals(parcel.parcelId()))
                .forEach(labelled -> {
                    var request = new NewHandOver(labelled.label(), code.code(), List.of(parcel.parcelId()));
                    var key = there.keys.of("hand-over", parcel.parcelId(), code.code());
                    times.of(Step.HAND_OVER, () -> there.station().handOver(there.keeper, request, key));
                });
    }

    private void awaitFinalOrders(Details groupBuy) {
        times.of(
                Step.FINAL,
                () -> Await.until(
                        plan.slot().title() + ": every order final",
                        CHAIN_LIMIT,
                        () -> Optional.of(there.groupBuys().totals(there.leader, groupBuy.groupBuyId()))
                                .filter(totals -> totals.orders().open() == 0)));
    }
}
