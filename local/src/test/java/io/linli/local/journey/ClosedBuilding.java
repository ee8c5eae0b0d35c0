package io.linli.local.journey;

import io.linli.local.client.Api;
import io.linli.local.client.Await;
import io.linli.local.client.Dispatch;
import io.linli.local.client.Dispatch.Task;
import io.linli.local.client.GroupBuys;
import io.linli.local.client.GroupBuys.Details;
import io.linli.local.client.GroupBuys.NewGroupBuy;
import io.linli.local.client.GroupBuys.NewLine;
import io.linli.local.client.GroupBuys.NewOrder;
import io.linli.local.client.Keys;
import io.linli.local.client.OnceKnown;
import io.linli.local.client.Person;
import io.linli.local.client.Registry;
import io.linli.local.client.Registry.NewBuilding;
import io.linli.local.client.Registry.NewHousehold;
import io.linli.local.client.Registry.NewPerson;
import io.linli.local.client.Station;
import io.linli.local.client.Station.NewHandOver;
import io.linli.local.client.Station.Parcel;
import io.linli.local.system.RunningSystem;
import io.linli.local.system.SystemOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// A community of its own, because others would feel a closed building: number 12, which is closed, and number 13.
final class ClosedBuilding {

    private static final Duration DUTY = Duration.ofHours(2);

    final Keys keys = new Keys("closed-building/" + UUID.randomUUID());
    final UUID community;
    final UUID twelve;
    final List<Person> inTwelve;
    final List<Person> inThirteen;
    final Person coordinator;
    final Person leader;
    final Person keeper;
    final Person entering;
    final Person outsider;
    final GroupBuys groupBuys;
    final Station station;
    final Dispatch dispatch;

    private final Api api;
    private final Person operator;
    private final Registry registry;

    record Profile(List<String> skills, List<UUID> buildingIds) {}

    record Training(String kind, Instant trainedAt, Instant validUntil) {}

    record Reason(String reason) {}

    /// A household's order in a group buy.
    record Placed(Person buyer, UUID order) {}

    ClosedBuilding(RunningSystem system, int inTwelve, int inThirteen) {
        api = new Api(system.gateway());
        operator = person(SystemOptions.OPERATOR_PHONE);
        var name = "故事八 " + UUID.randomUUID();
        community = Registry.community(operator, name, keys).id();
        registry = new Registry(community);
        groupBuys = new GroupBuys(community);
        station = new Station(community);
        dispatch = new Dispatch(community);
        leader = member("团长", "13700008001", "leader");
        keeper = member("站长", "13700008002", "keeper");
        coordinator = member("居委", "13700008003", "coordinator");
        entering = member("小志", "13700008004", "volunteer");
        outsider = member("小愿", "13700008005", "volunteer");
        twelve = building("12 号楼", 80);
        this.inTwelve = moveIn(twelve, 100, inTwelve);
        this.inThirteen = moveIn(building("13 号楼", 120), 200, inThirteen);
        station.addShelf(keeper, 1, 4, 10, keys.of("shelf"));
        onDuty(entering);
        onDuty(outsider);
        prepare(entering);
    }

    private Person person(String phone) {
        return new Person(api, phone, Clock.systemUTC());
    }

    private Person member(String name, String phone, String role) {
        registry.addMember(operator, new NewPerson(name, phone, List.of(role)), keys.of("member", phone));
        return person(phone);
    }

    private UUID building(String name, int x) {
        return registry.addBuilding(operator, new NewBuilding(name, x, -25, 11, true), keys.of("building", name))
                .id();
    }

    private List<Person> moveIn(UUID building, int first, int count) {
        var unit = registry.addUnit(operator, building, "1 单元", keys.of("unit", building))
                .id();
        return IntStream.range(first, first + count)
                .mapToObj(number -> moveIn(unit, number))
                .toList();
    }

    private Person moveIn(UUID unit, int number) {
        var phone = "13700008" + number;
        var someone = new NewPerson("王先生", phone, List.of("resident"));
        var request = new NewHousehold(unit, "1" + number, 1 + number % 10, 2, List.of(someone));
        var household = registry.register(operator, request, keys.of("household", phone))
                .id();
        registry.consentToStation(operator, household, "paper", keys.of("consent", phone));
        return person(phone);
    }

    private void onDuty(Person volunteer) {
        dispatch.register(volunteer, 40_000, keys.of("volunteer", volunteer.phone()));
        var now = Instant.now();
        dispatch.beOnDuty(volunteer, now, now.plus(DUTY), keys);
    }

    /// Trained in hygiene, and ready to enter number 12.
    private void prepare(Person volunteer) {
        var now = Instant.now();
        var id = volunteer.memberships().getFirst().member();
        coordinator.post(
                path("/volunteers/" + id + "/trainings"),
                new Training("hygiene", now.minusSeconds(3_600), now.plus(Duration.ofDays(30))),
                keys.of("training"),
                JsonNode.class);
        OnceKnown.perform(
                "building-unknown",
                () -> volunteer.put(
                        path("/volunteers/me/profile"),
                        new Profile(List.of(), List.of(twelve)),
                        keys.of("profile"),
                        JsonNode.class));
    }

    String path(String rest) {
        return "/v1/communities/" + community + rest;
    }

    void change(String what) {
        coordinator.post(path("/buildings/" + twelve + "/" + what), new Reason("故事八"), keys.of(what), JsonNode.class);
    }

    Details open(String title) {
        var supplier = groupBuys.supplier(leader, "旅程供应商", keys).supplierId();
        var now = Instant.now();
        var items = List.of(Round.item(title, 50));
        return groupBuys.create(
                leader, new NewGroupBuy(supplier, title, now, now.plusSeconds(3_600), 1, items), keys.of("buy", title));
    }

    List<Placed> order(Details groupBuy, List<Person> buyers) {
        var item = groupBuy.items().getFirst().itemId();
        return buyers.stream()
                .map(buyer -> new Placed(
                        buyer,
                        groupBuys
                                .order(
                                        buyer,
                                        groupBuy.groupBuyId(),
                                        new NewOrder(List.of(new NewLine(item, 1)), null),
                                        keys.of("order", groupBuy.groupBuyId(), buyer.phone()))
                                .orderId()))
                .toList();
    }

    void close(Details groupBuy) {
        groupBuys.close(leader, groupBuy.groupBuyId(), keys.of("close", groupBuy.groupBuyId()));
    }

    /// Waits for the courier and checks in; the parcels as they then lie on the shelf.
    List<Parcel> receive(Details groupBuy) {
        var consignment = Await.until(
                        "the courier",
                        Round.LIMIT,
                        () -> station.consignment(keeper, groupBuy.groupBuyId())
                                .filter(one -> one.state().equals("arrived")))
                .consignmentId();
        station.checkIn(keeper, consignment, keys.of("check-in", consignment));
        return station.parcels(keeper, consignment);
    }

    /// Carries everything that is offered to the volunteer who may enter, until so many doors were reached.
    void carry(int parcels) {
        var carried = new ArrayList<UUID>();
        Await.untilTrue("all carried up", Round.LIMIT, () -> {
            for (var task : dispatch.mine(entering, "offered")) {
                carry(task);
                carried.add(task.id());
            }
            return carried.size() >= parcels;
        });
    }

    private void carry(Task task) {
        var id = task.id();
        dispatch.accept(entering, id, keys.of("accept", id));
        OnceKnown.perform(
                "not-your-task", () -> station.collect(entering, task.parcelId(), id, keys.of("collect", id)));
        OnceKnown.perform(
                "task-not-collected",
                () -> dispatch.drop(entering, id, "photos/1.jpg", "a".repeat(64), keys.of("drop", id)));
    }

    /// Everything that waits for this household is handed over for its code.
    void fetch(Person resident) {
        var code = station.code(resident);
        var label = Objects.requireNonNull(code.parcels().getFirst().label());
        station.handOver(keeper, new NewHandOver(label, code.code(), null), keys.of("fetch", label));
    }

    /// The tasks that each of these held, whatever became of them.
    List<JsonNode> tasksOf(Person volunteer) {
        return volunteer.all(path("/tasks?view=mine"), JsonNode.class);
    }

    /// What stands at this household's door.
    List<Task> dropped(Person resident) {
        return resident.all(path("/tasks?view=household&state=dropped"), Task.class);
    }

    void awaitCompleted(List<Placed> orders) {
        for (var placed : orders) {
            Await.untilTrue(
                    "the order completed",
                    Round.LIMIT,
                    () -> groupBuys
                            .order(placed.buyer(), placed.order())
                            .state()
                            .equals("completed"));
        }
    }

    List<Map.Entry<String, String>> closureNotices(Person resident) {
        return resident.all(path("/notices"), JsonNode.class).stream()
                .filter(notice -> notice.get("kind").asString().startsWith("building."))
                .map(notice -> Map.entry(
                        notice.get("kind").asString(),
                        notice.get("data").get("reason").asString()))
                .toList();
    }
}
