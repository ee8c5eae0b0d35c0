package io.linli.local.replay;

import io.linli.local.client.Api;
import io.linli.local.client.Crew;
import io.linli.local.client.Dispatch;
import io.linli.local.client.GroupBuys;
import io.linli.local.client.Keys;
import io.linli.local.client.Person;
import io.linli.local.client.Refused;
import io.linli.local.client.Registry;
import io.linli.local.client.Registry.NewBuilding;
import io.linli.local.client.Registry.NewHousehold;
import io.linli.local.client.Registry.NewPerson;
import io.linli.local.client.Station;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// The community of a replay with everybody in it, made through the public API and found again by a later run.
final class Neighbourhood {

    private static final int CELL_METRES = 100;
    private static final int SHELF_LEVELS = 5;
    private static final int SHELF_POSITIONS = 40;

    private final Api api;
    private final Clock clock;
    private final String name;
    private final StepTimes times;
    private final Crew crew;
    private final Map<String, UUID> households = new ConcurrentHashMap<>();
    private final Map<UUID, String> users = new ConcurrentHashMap<>();
    private final Map<String, Person> residents = new ConcurrentHashMap<>();
    private final Volunteers volunteers;
    private final Map<String, String> phones = new HashMap<>();

    final Person operator;
    final Person leader;
    final Person keeper;
    final Person coordinator;
    final UUID community;
    final Keys keys;

    Neighbourhood(Api api, Replay.Settings settings, StepTimes times, Crew crew) {
        this.api = api;
        this.clock = settings.clock();
        this.name = settings.community();
        this.volunteers = new Volunteers(settings.roster());
        this.times = times;
        this.crew = crew;
        this.operator = new Person(api, settings.operatorPhone(), clock);
        this.community = Registry.community(operator, name, new Keys("replay")).id();
        this.keys = new Keys("replay/" + community);
        this.leader = staff("leader", "leader");
        this.keeper = staff("keeper", "keeper");
        this.coordinator = staff("coordinator", "coordinator");
    }

    private Person staff(String who, String role) {
        var person = new Person(api, Homes.staffPhone(name, who), clock);
        member(person, who, role);
        return person;
    }

    private UUID member(Person person, String who, String role) {
        var member = new NewPerson("员" + who, person.phone(), List.of(role));
        try {
            return new Registry(community)
                    .addMember(operator, member, keys.of("member", who))
                    .id();
        } catch (Refused e) {
            return membership(person, e).member();
        }
    }

    /// Who was registered longer ago than answers are kept is found by logging in.
    private Person.Membership membership(Person person, Refused refused) {
        if (!refused.is("phone-taken", "room-taken")) {
            throw refused;
        }
        return person.memberships().stream()
                .filter(membership -> membership.community().equals(community))
                .findFirst()
                .orElseThrow(() -> refused);
    }

    /// Registers whoever the plan needs; what is there already answers the same again.
    void moveIn(ReplayPlan plan) {
        plan.households().forEach(household -> phones.put(household.user(), household.phone()));
        var buildings = buildings(plan);
        var units = units(plan, buildings);
        crew.each(plan.households(), household -> register(household, units));
        shelves(plan);
        putOnDuty();
    }

    private Map<Delivery.Cell, UUID> buildings(ReplayPlan plan) {
        var registry = new Registry(community);
        var buildings = new ConcurrentHashMap<Delivery.Cell, UUID>();
        var cells = plan.households().stream()
                .map(ReplayPlan.Household::cell)
                .distinct()
                .toList();
        registry.buildings(coordinator)
                .forEach(building -> cells.stream()
                        .filter(cell -> cell.building().equals(building.name()))
                        .forEach(cell -> buildings.put(cell, building.id())));
        crew.each(cells.stream().filter(cell -> !buildings.containsKey(cell)).toList(), cell -> {
            int x = (cell.x() + 1) * CELL_METRES;
            int y = (cell.y() + 1) * CELL_METRES;
            var building = new NewBuilding(cell.building(), x, y, Homes.FLOORS, hasLift(cell));
            buildings.put(
                    cell,
                    registry.addBuilding(coordinator, building, keys.of("building", cell.building()))
                            .id());
        });
        return buildings;
    }

    /// On a real day the lift of every fourth building is out of order.
    private boolean hasLift(Delivery.Cell cell) {
        return !volunteers.roster().isRealDay() || (cell.x() + cell.y()) % 4 != 0;
    }

    private record UnitName(Delivery.Cell cell, int unit) {
        static UnitName of(ReplayPlan.Household household) {
            return new UnitName(household.cell(), household.flat().unit());
        }

        String title() {
            return unit + " 单元";
        }
    }

    private Map<UnitName, UUID> units(ReplayPlan plan, Map<Delivery.Cell, UUID> buildings) {
        var registry = new Registry(community);
        var units = new ConcurrentHashMap<UnitName, UUID>();
        var names = plan.households().stream().map(UnitName::of).distinct().toList();
        var there = registry.units(coordinator);
        crew.each(names, unit -> {
            var building = Objects.requireNonNull(buildings.get(unit.cell()));
            var key = keys.of("unit", unit.cell().building(), unit.unit());
            var known = there.stream()
                    .filter(one ->
                            one.buildingId().equals(building) && one.name().equals(unit.title()))
                    .findFirst();
            units.put(
                    unit,
                    known.orElseGet(() -> registry.addUnit(coordinator, building, unit.title(), key))
                            .id());
        });
        return units;
    }

    private void register(ReplayPlan.Household home, Map<UnitName, UUID> units) {
        var registry = new Registry(community);
        var person = new NewPerson(home.name(), home.phone(), List.of("resident"));
        var unit = Objects.requireNonNull(units.get(UnitName.of(home)));
        var request = new NewHousehold(unit, home.flat().room(), home.flat().floor(), 1, List.of(person));
        var id = times.of(Step.HOUSEHOLD, () -> {
            try {
                return registry.register(coordinator, request, keys.of("household", home.user()))
                        .id();
            } catch (Refused e) {
                return Objects.requireNonNull(
                        membership(new Person(api, home.phone(), clock), e).household());
            }
        });
        households.put(home.user(), id);
        users.put(id, home.user());
        times.of(Step.CONSENT, () -> {
            registry.consentToStation(coordinator, id, "paper", keys.of("consent", home.user()));
            return id;
        });
    }

    /// Room for the largest group buy twice over.
    private void shelves(ReplayPlan plan) {
        var station = new Station(community);
        int largest = plan.groupBuys().stream()
                .mapToInt(groupBuy -> groupBuy.orders().size())
                .max()
                .orElse(0);
        var there = station.shelves(keeper).stream().map(Station.Shelf::shelf).toList();
        int needed = 2 * largest / (SHELF_LEVELS * SHELF_POSITIONS) + 1;
        for (int number = 1; number <= needed; number++) {
            if (!there.contains(number)) {
                station.addShelf(keeper, number, SHELF_LEVELS, SHELF_POSITIONS, keys.of("shelf", number));
            }
        }
    }

    private void putOnDuty() {
        for (int i = 1; i <= volunteers.roster().volunteers(); i++) {
            var who = "volunteer-" + i;
            var person = new Person(api, Homes.staffPhone(name, who), clock);
            volunteers.add(member(person, who, "volunteer"), person, dispatch(), clock, keys);
        }
    }

    Volunteers volunteers() {
        return volunteers;
    }

    List<Registry.Building> buildings() {
        return new Registry(community).buildings(coordinator);
    }

    Person resident(String user) {
        return residents.computeIfAbsent(user, any -> {
            var person = new Person(api, Objects.requireNonNull(phones.get(user)), clock);
            times.of(Step.LOGIN, person::token);
            return person;
        });
    }

    Person resident(UUID household) {
        return resident(Objects.requireNonNull(users.get(household), "a household of another undertaking"));
    }

    UUID household(String user) {
        return Objects.requireNonNull(households.get(user));
    }

    Map<UUID, String> users() {
        return users;
    }

    GroupBuys groupBuys() {
        return new GroupBuys(community);
    }

    Station station() {
        return new Station(community);
    }

    Dispatch dispatch() {
        return new Dispatch(community);
    }

    Clock clock() {
        return clock;
    }
}
