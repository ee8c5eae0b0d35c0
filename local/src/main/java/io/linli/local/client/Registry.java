package io.linli.local.client;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the seed, the demo and the replay ask of the community's registry.
public final class Registry {

    private final String community;

    public Registry(UUID community) {
        this.community = path(community);
    }

    static String path(UUID community) {
        return "/v1/communities/" + community;
    }

    public record Community(UUID id, String name) {}

    public record NewCommunity(String name, String zone) {}

    public record Building(UUID id, String name, int x, int y, boolean lift) {}

    public record NewBuilding(String name, int x, int y, int floors, boolean lift) {}

    public record Unit(UUID id, UUID buildingId, String name) {}

    record NewUnit(UUID buildingId, String name) {}

    public record NewPerson(String name, @Nullable String phone, List<String> roles) {}

    public record NewHousehold(UUID unitId, String room, int floor, int size, List<NewPerson> members) {}

    public record Household(UUID id, boolean stationConsent, List<Member> members) {}

    public record Member(UUID id) {}

    record NewConsent(boolean granted, String channel) {}

    record CareNeeds(boolean mobility, boolean quarantine, boolean frail) {}

    record Anything() {}

    /// The community of that name, made when there is none yet.
    public static Community community(Person operator, String name, Keys keys) {
        return operator.all("/v1/communities", Community.class).stream()
                .filter(community -> community.name().equals(name))
                .findFirst()
                .orElseGet(() -> operator.post(
                        "/v1/communities",
                        new NewCommunity(name, "Asia/Shanghai"),
                        keys.of("community", name),
                        Community.class));
    }

    public Building addBuilding(Person coordinator, NewBuilding building, String key) {
        return coordinator.post(community + "/buildings", building, key, Building.class);
    }

    public List<Building> buildings(Person member) {
        return member.all(community + "/buildings", Building.class);
    }

    public List<Unit> units(Person member) {
        return member.all(community + "/units", Unit.class);
    }

    public Unit addUnit(Person coordinator, UUID building, String name, String key) {
        return coordinator.post(community + "/units", new NewUnit(building, name), key, Unit.class);
    }

    public Household register(Person coordinator, NewHousehold household, String key) {
        return coordinator.post(community + "/households", household, key, Household.class);
    }

    public Member addMember(Person coordinator, NewPerson person, String key) {
        return coordinator.post(community + "/members", person, key, Member.class);
    }

    public void consentToStation(Person asking, UUID household, String channel, String key) {
        var path = community + "/households/" + household + "/consents/station-deposit";
        asking.put(path, new NewConsent(true, channel), key, Anything.class);
    }

    public void cannotTakeStairs(Person asking, UUID household, String key) {
        var path = community + "/households/" + household + "/care";
        asking.put(path, new CareNeeds(true, false, false), key, Anything.class);
    }
}
