package io.linli.local.seed;

import io.linli.local.client.Api;
import io.linli.local.client.Dispatch;
import io.linli.local.client.GroupBuys;
import io.linli.local.client.GroupBuys.NewGroupBuy;
import io.linli.local.client.GroupBuys.NewItem;
import io.linli.local.client.Keys;
import io.linli.local.client.Person;
import io.linli.local.client.Refused;
import io.linli.local.client.Registry;
import io.linli.local.client.Registry.NewBuilding;
import io.linli.local.client.Registry.NewHousehold;
import io.linli.local.client.Registry.NewPerson;
import io.linli.local.client.Station;
import io.linli.local.system.Progress;
import io.linli.local.system.SystemOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The community everybody finds after `./linli up`: made once, through the public API, with keys that are the same on
/// every run, so that a start that broke off in the middle goes on at the next one.
public final class DemoCommunity {

    public static final String NAME = "邻里示范小区";
    public static final String RESIDENT_PHONE = "13800000101";

    private static final String LEADER = "13800000001";
    private static final String KEEPER = "13800000002";
    private static final List<String> VOLUNTEERS = List.of("13800000003", "13800000004");
    private static final String COORDINATOR = "13800000005";
    private static final String FLOOR_LEADER = "13800000006";

    private static final int BUILDINGS = 6;
    private static final int HOUSEHOLDS = 20;
    private static final int FLOORS = 11;
    private static final int CARRIED_GRAMS = 30_000;
    private static final String SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗";
    private static final String OPEN_GROUP_BUY = "周末蔬菜";
    private static final Duration OPEN_FOR = Duration.ofDays(14);
    private static final Duration DUTY = Duration.ofHours(12);

    private final Api api;
    private final Clock clock;
    private final Keys keys = new Keys("demo-community");
    private final Person operator;
    private final UUID community;

    private DemoCommunity(Api api, Clock clock) {
        this.api = api;
        this.clock = clock;
        this.operator = person(SystemOptions.OPERATOR_PHONE);
        this.community = Registry.community(operator, NAME, keys).id();
    }

    /// Makes what is not there yet, and puts the volunteers on duty.
    public static DemoCommunity settle(URI gateway, Progress say) {
        return settle(new Api(gateway), say);
    }

    public static DemoCommunity settle(Api api, Progress say) {
        var demo = new DemoCommunity(api, Clock.systemUTC());
        demo.staff();
        if (!demo.hasOpened()) {
            say.say("Settling the demo community \"" + NAME + "\" …");
            demo.moveIn();
            demo.station();
            demo.openGroupBuy();
        }
        demo.putVolunteersOnDuty();
        return demo;
    }

    public static String logins() {
        return "leader %s, keeper %s, volunteers %s, coordinator %s, floor leader %s, residents %s to %s, operator %s"
                .formatted(
                        LEADER,
                        KEEPER,
                        String.join(" and ", VOLUNTEERS),
                        COORDINATOR,
                        FLOOR_LEADER,
                        residentPhone(1),
                        residentPhone(HOUSEHOLDS),
                        SystemOptions.OPERATOR_PHONE);
    }

    private static String residentPhone(int number) {
        return "138000001%02d".formatted(number);
    }

    private void staff() {
        member("团长", LEADER, "leader");
        member("站长", KEEPER, "keeper");
        member("小志", VOLUNTEERS.get(0), "volunteer");
        member("小愿", VOLUNTEERS.get(1), "volunteer");
        member("居委", COORDINATOR, "coordinator");
        member("楼长", FLOOR_LEADER, "floor-leader");
    }

    /// A member of an earlier start, whose stored answer is gone by now, is a member all the same.
    private void member(String name, String phone, String role) {
        var person = new NewPerson(name, phone, List.of(role));
        Refused.ignoring(
                () -> new Registry(community).addMember(operator, person, keys.of("member", phone)), "phone-taken");
    }

    private boolean hasOpened() {
        return new GroupBuys(community)
                .list(leader()).stream().anyMatch(groupBuy -> groupBuy.title().equals(OPEN_GROUP_BUY));
    }

    private void moveIn() {
        var registry = new Registry(community);
        var units = new ArrayList<UUID>();
        for (int i = 1; i <= BUILDINGS; i++) {
            var building = new NewBuilding(i + " 号楼", 40 * i, i % 2 == 0 ? 60 : -60, FLOORS, i % 2 == 0);
            var id = registry.addBuilding(operator, building, keys.of("building", i))
                    .id();
            units.add(registry.addUnit(operator, id, "1 单元", keys.of("unit", i)).id());
        }
        for (int i = 1; i <= HOUSEHOLDS; i++) {
            register(registry, units.get(i % BUILDINGS), i);
        }
    }

    /// The last household cannot take the stairs: its parcels are carried up.
    private void register(Registry registry, UUID unit, int number) {
        int floor = 1 + number % FLOORS;
        var person = new NewPerson(SURNAMES.charAt(number - 1) + "先生", residentPhone(number), List.of("resident"));
        var request = new NewHousehold(unit, floor + "0" + (1 + number % 4), floor, 1 + number % 4, List.of(person));
        var household = registry.register(operator, request, keys.of("household", number))
                .id();
        registry.consentToStation(operator, household, "paper", keys.of("consent", number));
        if (number == HOUSEHOLDS) {
            registry.cannotTakeStairs(operator, household, keys.of("care", number));
        }
    }

    private void station() {
        new Station(community).addShelf(keeper(), 1, 4, 10, keys.of("shelf", 1));
        new Station(community).addShelf(keeper(), 2, 4, 10, keys.of("shelf", 2));
    }

    private void openGroupBuy() {
        var groupBuys = new GroupBuys(community);
        var supplier = groupBuys.supplier(leader(), "崇明绿叶合作社", keys).supplierId();
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var items = List.of(
                new NewItem("青菜", "500 g", 500, 350, 100, 5),
                new NewItem("土豆", "2.5 kg", 2_500, 980, 40, 2),
                new NewItem("鸡蛋", "30 枚", 1_900, 2_680, 30, 1));
        var request = new NewGroupBuy(supplier, OPEN_GROUP_BUY, now, now.plus(OPEN_FOR), 3, items);
        groupBuys.create(leader(), request, keys.of("group-buy", now));
    }

    private void putVolunteersOnDuty() {
        var dispatch = new Dispatch(community);
        for (var volunteer : volunteers()) {
            dispatch.register(volunteer, CARRIED_GRAMS, keys.of("carrier", volunteer.phone()));
            dispatch.beOnDuty(volunteer, clock.instant(), clock.instant().plus(DUTY), keys);
        }
    }

    private Person person(String phone) {
        return new Person(api, phone, clock);
    }

    public UUID community() {
        return community;
    }

    public Person leader() {
        return person(LEADER);
    }

    public Person keeper() {
        return person(KEEPER);
    }

    public Person coordinator() {
        return person(COORDINATOR);
    }

    public List<Person> volunteers() {
        return VOLUNTEERS.stream().map(this::person).toList();
    }

    public Person resident(int number) {
        return person(residentPhone(number));
    }

    /// The one whose parcels are carried up.
    public Person doorstepResident() {
        return resident(HOUSEHOLDS);
    }
}
