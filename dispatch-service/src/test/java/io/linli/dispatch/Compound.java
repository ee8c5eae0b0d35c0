package io.linli.dispatch;

import io.linli.dispatch.api.DoorstepTask;
import io.linli.dispatch.api.TaskPage;
import io.linli.dispatch.api.TaskState;
import io.linli.dispatch.api.VolunteerProfile;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/// A community of its own for one test: speaks as community-service, station, volunteers, residents and coordinator.
public final class Compound {

    public static final Duration LIMIT = Duration.ofSeconds(15);

    public final UUID community = UUID.randomUUID();
    private final ServiceUnderTest service;
    private final AtomicInteger shelved = new AtomicInteger();

    public Compound(ServiceUnderTest service) {
        this.service = service;
    }

    /// A member with a client of their own.
    public record Member(UUID id, UUID household, String token, WebTestClient client) {}

    public record Parcel(UUID id, long version, UUID household, UUID building, long weightGrams) {
        public Parcel next() {
            return new Parcel(id, version + 1, household, building, weightGrams);
        }
    }

    public Member member(UUID household, String... roles) {
        var id = UUID.randomUUID();
        var token = service.tokens()
                .token(UUID.randomUUID())
                .member(community, id)
                .household(household)
                .roles(roles)
                .sign();
        return new Member(id, household, token, service.client(token));
    }

    public Member floorLeader(UUID id, UUID building) {
        var household = UUID.randomUUID();
        var token = service.tokens()
                .token(UUID.randomUUID())
                .member(community, id)
                .household(household)
                .building(building)
                .roles("resident", "floor-leader")
                .sign();
        return new Member(id, household, token, service.client(token));
    }

    public Member member(String... roles) {
        return member(UUID.randomUUID(), roles);
    }

    public String path(String rest) {
        return "/v1/communities/" + community + rest;
    }

    public UUID building(String name, int x, int y) {
        var id = UUID.randomUUID();
        building(id, name, x, y);
        return id;
    }

    public void building(UUID id, String name, int x, int y) {
        var data = Map.of("buildingId", id, "name", name, "x", x, "y", y, "floors", 18, "lift", true);
        service.events().publish(community, "building.added.v1", id, data);
    }

    public void livesOn(UUID household, UUID building, int floor, int need) {
        var data = Map.of("householdId", household, "version", 1, "buildingId", building, "floor", floor, "need", need);
        service.events().publish(community, "household.changed.v1", household, data);
    }

    /// A registered volunteer who is on shift from now on and starts at the gate.
    public Member volunteer(int maxLoadGrams) {
        return volunteer(maxLoadGrams, 0);
    }

    /// A volunteer on shift with a skill of their own word.
    public Member skilled(String skill) {
        var volunteer = volunteer(10_000);
        put(volunteer, "/volunteers/me/profile", Map.of("skills", List.of(skill)))
                .expectStatus()
                .isOk();
        return volunteer;
    }

    public Member volunteer(int maxLoadGrams, int x) {
        var volunteer = member("resident", "volunteer");
        register(volunteer, maxLoadGrams, x);
        var now = Instant.now();
        post(volunteer, "/shifts", Map.of("startsAt", now.minusSeconds(60), "endsAt", now.plusSeconds(7200)))
                .expectStatus()
                .isCreated();
        return volunteer;
    }

    public void register(Member volunteer, int maxLoadGrams, int x) {
        post(volunteer, "/volunteers", Map.of("maxLoadGrams", maxLoadGrams, "x", x))
                .expectStatus()
                .isOk();
    }

    public WebTestClient.ResponseSpec post(Member member, String rest, Object body) {
        return post(member, rest, UUID.randomUUID().toString(), body);
    }

    public WebTestClient.ResponseSpec post(Member member, String rest, String key, Object body) {
        return member.client()
                .post()
                .uri(path(rest))
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    public WebTestClient.ResponseSpec put(Member member, String rest, Object body) {
        return member.client()
                .put()
                .uri(path(rest))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    public WebTestClient.ResponseSpec get(Member member, String rest) {
        return member.client().get().uri(path(rest)).exchange();
    }

    public WebTestClient.ResponseSpec post(Member member, String rest) {
        return member.client()
                .post()
                .uri(path(rest))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .exchange();
    }

    public Parcel parcel(UUID building, long weightGrams) {
        return new Parcel(UUID.randomUUID(), 3, UUID.randomUUID(), building, weightGrams);
    }

    public Parcel ready(UUID building, long weightGrams) {
        var parcel = parcel(building, weightGrams);
        ready(parcel, true);
        return parcel;
    }

    public void ready(Parcel parcel, boolean doorstep) {
        var data = Map.of(
                "parcelId",
                parcel.id(),
                "version",
                parcel.version(),
                "groupBuyId",
                UUID.randomUUID(),
                "householdId",
                parcel.household(),
                "buildingId",
                parcel.building(),
                "floor",
                5,
                "weightGrams",
                parcel.weightGrams(),
                "doorstep",
                doorstep,
                "label",
                "1-2-" + (1000 + shelved.incrementAndGet()),
                "orderIds",
                List.of(UUID.randomUUID()));
        service.events().publish(community, "parcel.ready.v1", parcel.id(), data);
    }

    public void handedOver(Parcel parcel) {
        var data = Map.of(
                "parcelId",
                parcel.id(),
                "version",
                parcel.version() + 1,
                "groupBuyId",
                UUID.randomUUID(),
                "householdId",
                parcel.household(),
                "orderIds",
                List.of());
        service.events().publish(community, "parcel.handed-over.v1", parcel.id(), data);
    }

    public void collected(Parcel parcel, UUID task, UUID volunteer) {
        var data = Map.of(
                "parcelId", parcel.id(), "version", parcel.version() + 1, "taskId", task, "volunteerId", volunteer);
        service.events().publish(community, "parcel.collected.v1", parcel.id(), data);
    }

    public List<DoorstepTask> tasks(Member member, String query) {
        return member.client()
                .get()
                .uri(path("/tasks" + query))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(TaskPage.class)
                .returnResult()
                .getResponseBody()
                .getItems();
    }

    public DoorstepTask await(Member member, Parcel parcel, TaskState state) {
        return Await.untilPresent("a task " + state, LIMIT, () -> find(member, parcel, state));
    }

    private Optional<DoorstepTask> find(Member member, Parcel parcel, TaskState state) {
        return tasks(member, "?limit=200&state=" + state.getValue()).stream()
                .filter(task -> parcel.id().equals(task.getParcelId()))
                .findFirst();
    }

    /// The task of a parcel that this volunteer was offered and accepted.
    public DoorstepTask accepted(Member volunteer, Parcel parcel) {
        var offered = await(volunteer, parcel, TaskState.OFFERED);
        post(volunteer, "/tasks/" + offered.getId() + "/acceptance")
                .expectStatus()
                .isOk();
        return offered;
    }

    public DoorstepTask carried(Member volunteer, Parcel parcel) {
        var task = accepted(volunteer, parcel);
        collected(parcel, task.getId(), volunteer.id());
        return await(volunteer, parcel, TaskState.COLLECTED);
    }

    public DoorstepTask dropped(Member volunteer, Parcel parcel) {
        var task = carried(volunteer, parcel);
        post(volunteer, "/tasks/" + task.getId() + "/drop", proof())
                .expectStatus()
                .isOk();
        return task;
    }

    public static Map<String, Object> proof() {
        return Map.of("proof", Map.of("kind", "photo", "reference", "photos/1.jpg", "sha256", "ab".repeat(32)));
    }

    public long load(Member volunteer) {
        return volunteer
                .client()
                .get()
                .uri(path("/volunteers/me"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(VolunteerProfile.class)
                .returnResult()
                .getResponseBody()
                .getLoadGrams();
    }
}
