package io.linli.local.demo;

import io.linli.local.client.Api.Request;
import io.linli.local.client.Await;
import io.linli.local.client.Dispatch;
import io.linli.local.client.GroupBuys;
import io.linli.local.client.GroupBuys.Details;
import io.linli.local.client.GroupBuys.NewGroupBuy;
import io.linli.local.client.GroupBuys.NewItem;
import io.linli.local.client.GroupBuys.NewLine;
import io.linli.local.client.GroupBuys.NewOrder;
import io.linli.local.client.GroupBuys.Order;
import io.linli.local.client.Keys;
import io.linli.local.client.OnceKnown;
import io.linli.local.client.Person;
import io.linli.local.client.Station;
import io.linli.local.client.Station.NewHandOver;
import io.linli.local.seed.DemoCommunity;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One group buy of a day, from the leader's idea to the totals, with what goes wrong on the way.
final class DemoDay {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int BUYERS = 5;

    private final DemoCommunity people;
    private final Stage stage;
    private final Clock clock;
    private final Keys keys = new Keys("demo-day/" + UUID.randomUUID());
    private final GroupBuys groupBuys;
    private final Station station;
    private final Person leader;
    private final Person keeper;

    DemoDay(DemoCommunity people, Stage stage, Clock clock) {
        this.people = people;
        this.stage = stage;
        this.clock = clock;
        this.groupBuys = new GroupBuys(people.community());
        this.station = new Station(people.community());
        this.leader = people.leader();
        this.keeper = people.keeper();
    }

    boolean play() {
        var groupBuy = open();
        order(groupBuy);
        close(groupBuy);
        var consignment = receive(groupBuy);
        pickUp(consignment);
        new DoorstepScene(people, stage, keys).play(consignment);
        return totals(groupBuy);
    }

    private Details open() {
        var now = clock.instant();
        var title = "今晚蔬菜 " + HOUR.format(now.atZone(ZoneId.of("Asia/Shanghai")));
        stage.scene("The leader opens a group buy");
        var supplier = groupBuys.supplier(leader, "崇明绿叶合作社", keys).supplierId();
        var items = List.of(new NewItem("青菜", "500 g", 500, 350, 20, 5), new NewItem("草莓", "1 kg", 1_000, 3_900, 3, 2));
        var request = new NewGroupBuy(supplier, title, now, now.plus(Duration.ofHours(2)), 2, items);
        var groupBuy = groupBuys.create(leader, request, keys.of("group-buy"));
        stage.tells("leader", title + ": 20 × 青菜, only 3 × 草莓");
        return groupBuy;
    }

    private void order(Details groupBuy) {
        stage.scene("Neighbours order");
        var orders = new ArrayList<Order>();
        for (int i = 1; i <= BUYERS; i++) {
            orders.add(place(groupBuy, people.resident(i), "household " + i, i <= 3 ? 1 : 0));
        }
        place(groupBuy, people.doorstepResident(), "household 20", 0);
        soldOut(groupBuy, people.resident(BUYERS + 1));
        var cancelled = groupBuys.cancel(people.resident(1), orders.getFirst().orderId(), keys.of("cancel"));
        stage.tells(
                "household 1", "changes its mind: order no. " + cancelled.serialNumber() + " is " + cancelled.state());
        place(groupBuy, people.resident(BUYERS + 1), "household 6", 1);
        stage.good("the strawberries that came back went to household 6");
    }

    private Order place(Details groupBuy, Person resident, String who, int strawberries) {
        var lines = new ArrayList<NewLine>();
        lines.add(new NewLine(groupBuy.item("青菜").itemId(), 2));
        if (strawberries > 0) {
            lines.add(new NewLine(groupBuy.item("草莓").itemId(), strawberries));
        }
        var order = groupBuys.order(resident, groupBuy.groupBuyId(), new NewOrder(lines, null), keys.of("order", who));
        stage.tells(who, "no. %d, ¥%.2f".formatted(order.serialNumber(), order.amountFen() / 100.0));
        return order;
    }

    private void soldOut(Details groupBuy, Person resident) {
        var line = new NewLine(groupBuy.item("草莓").itemId(), 1);
        var answer = resident.ask(new Request(
                "POST",
                groupBuys.ordersPath(groupBuy.groupBuyId()),
                new NewOrder(List.of(line), null),
                keys.of("late"),
                null));
        stage.no("household 6: %d %s, %s left".formatted(answer.status(), answer.problem(), answer.error("left")));
    }

    private void close(Details groupBuy) {
        stage.scene("The leader closes, the courier sets out");
        var closed = groupBuys.close(leader, groupBuy.groupBuyId(), keys.of("close"));
        stage.good("the group buy is " + closed.state());
    }

    private UUID receive(Details groupBuy) {
        var consignment = Await.until(
                "the courier arrives",
                LIMIT,
                () -> station.consignment(keeper, groupBuy.groupBuyId())
                        .filter(one -> one.state().equals("arrived")));
        stage.tells("courier", consignment.parcels() + " parcels at the gate");
        var checkIn = station.checkIn(keeper, consignment.consignmentId(), keys.of("check-in"));
        stage.tells("keeper", checkIn.stored() + " on the shelf, " + checkIn.refused() + " refused");
        return consignment.consignmentId();
    }

    private void pickUp(UUID consignment) {
        stage.scene("Residents come down with their codes");
        wrongCode();
        for (int i = 2; i <= BUYERS + 1; i++) {
            var code = station.code(people.resident(i));
            var request = new NewHandOver(code.parcels().getFirst().label(), code.code(), null);
            var handedOver = station.handOver(keeper, request, keys.of("hand-over", i));
            stage.tells(
                    "household " + i,
                    "%s opens %s"
                            .formatted(
                                    code.code(), handedOver.parcels().getFirst().label()));
        }
        long left = station.parcels(keeper, consignment).stream()
                .filter(parcel -> parcel.state().equals("ready"))
                .count();
        stage.good(left + " parcel is left: it is carried up");
    }

    private void wrongCode() {
        var label = station.code(people.resident(2)).parcels().getFirst().label();
        var answer = keeper.ask(new Request(
                "POST", station.handOversPath(), new NewHandOver(label, "22222222", null), keys.of("wrong"), null));
        stage.no("a wrong code for %s: %d %s".formatted(label, answer.status(), answer.problem()));
    }

    private boolean totals(Details groupBuy) {
        stage.scene("Totals");
        var totals = Await.until(
                "every order is final",
                LIMIT,
                () -> Optional.of(groupBuys.totals(leader, groupBuy.groupBuyId()))
                        .filter(now -> now.orders().open() == 0));
        var orders = totals.orders();
        stage.tells(
                "orders",
                "%d completed, %d cancelled, %d failed"
                        .formatted(orders.completed(), orders.cancelled(), orders.failed()));
        totals.items()
                .forEach(item -> stage.tells(
                        item.name(), "%d of %d sold, %d left".formatted(item.sold(), item.initial(), item.left())));
        stage.tells("money", "¥%.2f from %d households".formatted(totals.amountFen() / 100.0, totals.participants()));
        boolean sound = orders.completed() == BUYERS + 1 && orders.cancelled() == 1 && orders.failed() == 0;
        if (sound) {
            stage.good("everything has found its household");
        }
        return sound;
    }

    /// The volunteers' part, for the household that cannot take the stairs.
    private record DoorstepScene(DemoCommunity people, Stage stage, Keys keys) {

        private record Offer(Person volunteer, Dispatch.Task task) {}

        void play(UUID consignment) {
            var dispatch = new Dispatch(people.community());
            var station = new Station(people.community());
            stage.scene("A volunteer carries one up");
            var parcel = station.parcels(people.keeper(), consignment).stream()
                    .filter(Station.Parcel::doorstep)
                    .findFirst()
                    .orElseThrow();
            var offer = Await.until("a volunteer is asked", LIMIT, () -> offer(dispatch, parcel.parcelId()));
            var task = offer.task().id();
            dispatch.accept(offer.volunteer(), task, keys.of("accept"));
            stage.tells(
                    "volunteer",
                    "accepts %s for %s, floor %d"
                            .formatted(
                                    offer.task().label(),
                                    offer.task().buildingName(),
                                    offer.task().floor()));
            OnceKnown.perform(
                    "not-your-task",
                    () -> station.collect(offer.volunteer(), parcel.parcelId(), task, keys.of("collect")));
            OnceKnown.perform(
                    "task-not-collected",
                    () -> dispatch.drop(offer.volunteer(), task, "photos/door.jpg", "0".repeat(64), keys.of("drop")));
            stage.tells("volunteer", "rings, steps back, sends a photo");
            dispatch.confirm(people.doorstepResident(), task, keys.of("confirm"));
            stage.good("the household confirms");
        }

        private Optional<Offer> offer(Dispatch dispatch, UUID parcel) {
            return people.volunteers().stream()
                    .flatMap(volunteer ->
                            dispatch.mine(volunteer, "offered").stream().map(task -> new Offer(volunteer, task)))
                    .filter(offer -> parcel.equals(offer.task().parcelId()))
                    .findFirst();
        }
    }
}
