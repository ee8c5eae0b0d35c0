package io.linli.community.door;

import static io.linli.community.Neighbourhood.get;
import static io.linli.community.Neighbourhood.in;
import static io.linli.community.Neighbourhood.json;
import static io.linli.community.Neighbourhood.person;
import static io.linli.community.Neighbourhood.problem;
import static io.linli.community.Neighbourhood.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.community.Neighbourhood;
import io.linli.community.Neighbourhood.Home;
import io.linli.kit.data.Transactions;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DoorWebTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Neighbourhood neighbourhood = new Neighbourhood(service);
    private final Home home = neighbourhood.home(
            neighbourhood.place(),
            "1201",
            person("王小梅", "13800138000", "resident"),
            person("王大明", "13800138001", "resident"));
    private final Home helper =
            neighbourhood.home(home.place(), "302", person("李雷", "13900139000", "resident", "volunteer"));
    private final WebTestClient volunteer = neighbourhood.resident(helper, "resident", "volunteer");
    private final UUID task = UUID.randomUUID();
    private final UUID parcel = UUID.randomUUID();

    @Test
    void a_door_is_closed_to_a_volunteer_without_a_task() {
        assertThat(problem(get(volunteer, door()).expectStatus().isForbidden())).isEqualTo("door-closed");
    }

    @Test
    void the_volunteer_who_accepted_sees_the_door_and_the_household_sees_that() {
        tell("task.accepted.v1");
        awaitDoor(true);

        var door = json(get(volunteer, door()));
        var log = json(get(neighbourhood.resident(home, "resident"), path("/reveals")))
                .path("items");

        assertThat(door.path("room").asString()).isEqualTo("1201");
        assertThat(door.path("building").asString()).isEqualTo("12 号楼");
        assertThat(door.path("unit").asString()).isEqualTo("2 单元");
        assertThat(door.path("name").asString()).isEqualTo("王小梅");
        assertThat(door.path("phoneMasked").asString()).isEqualTo("138******00");
        assertThat(log).isNotEmpty().allSatisfy(reveal -> {
            assertThat(reveal.path("what").asString()).isEqualTo("door");
            assertThat(reveal.path("role").asString()).isEqualTo("volunteer");
            assertThat(reveal.path("display").asString()).isEqualTo("李*");
            assertThat(reveal.path("taskId").asString()).isEqualTo(task.toString());
        });
    }

    @Test
    void a_refused_look_leaves_no_trace_and_an_own_look_does() {
        get(volunteer, door()).expectStatus().isForbidden();
        var mine = neighbourhood.resident(home, "resident");

        var door = json(get(mine, door()));
        var log = json(get(mine, path("/reveals"))).path("items");

        assertThat(door.path("phoneMasked").asString()).isEqualTo("138****8000");
        assertThat(log).hasSize(1);
        assertThat(log.get(0).path("role").asString()).isEqualTo("household");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task.released.v1",
                "task.delivered.v1",
                "task.failed.v1",
                "parcel.handed-over.v1",
                "parcel.failed.v1"
            })
    void whatever_ends_the_task_closes_the_door(String end) {
        tell("task.accepted.v1");
        awaitDoor(true);

        tell(end);

        awaitDoor(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"task.released.v1", "task.delivered.v1", "parcel.handed-over.v1"})
    void an_acceptance_that_is_heard_after_the_end_opens_nothing(String end) {
        var acceptedAt = Instant.now().minusSeconds(60);
        tell(end);
        awaitStored(end);

        var grants = service.bean(DoorGrants.class);
        service.bean(Transactions.class)
                .in(
                        home.place().community(),
                        () -> grants.open(
                                home.place().community(),
                                new DoorGrants.Grant(task, parcel, home.household(), helper.member()),
                                acceptedAt))
                .block();

        assertThat(problem(get(volunteer, door()).expectStatus().isForbidden())).isEqualTo("door-closed");
    }

    @Test
    void a_task_given_back_and_accepted_again_opens_the_door_again() {
        tell("task.accepted.v1");
        awaitDoor(true);
        tell("task.released.v1");
        awaitDoor(false);

        tell("task.accepted.v1");

        awaitDoor(true);
    }

    @Test
    void a_door_stays_open_for_a_grace_time_after_the_hand_over_unless_that_is_undone() {
        tell("task.accepted.v1");
        awaitDoor(true);
        tell("task.dropped.v1");
        awaitStored("task.dropped.v1");
        get(volunteer, door()).expectStatus().isOk();

        service.jdbc()
                .sql(
                        "UPDATE door_grant SET handed_over_at = handed_over_at - interval '31 minutes' WHERE task_id = :task")
                .param("task", task)
                .update();
        get(volunteer, door()).expectStatus().isForbidden();
        tell("task.drop-undone.v1");

        awaitDoor(true);
    }

    @Test
    void a_task_without_a_parcel_opens_its_door_too() {
        var errand = sample("task.accepted.v1")
                .put("kind", "errand")
                .putNull("parcelId")
                .put("householdId", home.household().toString())
                .put("taskId", task.toString())
                .put("volunteerId", helper.member().toString());

        service.events().publish(home.place().community(), "task.accepted.v1", task, errand);
        awaitDoor(true);
        tell("task.delivered.v1");

        awaitDoor(false);
    }

    @Test
    void a_grant_is_for_one_volunteer_and_one_household() {
        tell("task.accepted.v1");
        awaitDoor(true);
        var other = neighbourhood.home(home.place(), "303", person("韩梅梅", "13900139001", "volunteer"));

        get(neighbourhood.resident(other, "volunteer"), door()).expectStatus().isForbidden();
        get(volunteer, in(home.place().community(), "/households/" + other.household() + "/door"))
                .expectStatus()
                .isForbidden();
        get(neighbourhood.resident(helper, "resident"), door()).expectStatus().isForbidden();
        get(neighbourhood.operator(), door()).expectStatus().isForbidden();
    }

    @Test
    void a_grant_nobody_closed_ends_by_itself() {
        tell("task.accepted.v1");
        awaitDoor(true);

        service.jdbc()
                .sql("UPDATE door_grant SET opened_at = opened_at - interval '49 hours' WHERE task_id = :task")
                .param("task", task)
                .update();

        get(volunteer, door()).expectStatus().isForbidden();
    }

    @Test
    void a_phone_is_looked_up_by_those_who_serve_and_the_household_sees_that() {
        var keeper = neighbourhood.member(home.place(), "keeper");

        var found = json(lookUp(keeper, "+86 138 0013 8000").expectStatus().isOk());
        var log = json(get(neighbourhood.resident(home, "resident"), path("/reveals")))
                .path("items");

        assertThat(found.path("householdId").asString())
                .isEqualTo(home.household().toString());
        assertThat(found.path("building").asString()).isEqualTo("12 号楼");
        assertThat(log).hasSize(1);
        assertThat(log.get(0).path("what").asString()).isEqualTo("phone-lookup");
        assertThat(log.get(0).path("role").asString()).isEqualTo("keeper");
        assertThat(problem(lookUp(keeper, "13700137000").expectStatus().isNotFound()))
                .isEqualTo("phone-not-found");
        assertThat(problem(lookUp(keeper, "nobody").expectStatus().isEqualTo(422)))
                .isEqualTo("phone-invalid");
        assertThat(problem(lookUp(volunteer, "13800138000").expectStatus().isForbidden()))
                .isEqualTo("role-required");
    }

    @Test
    void nobody_else_reads_the_log_of_a_household() {
        for (var other : new WebTestClient[] {
            volunteer, neighbourhood.operator(), neighbourhood.member(home.place(), "coordinator")
        }) {
            assertThat(problem(get(other, path("/reveals")).expectStatus().isForbidden()))
                    .isEqualTo("not-your-household");
        }
    }

    private WebTestClient.ResponseSpec lookUp(WebTestClient client, String phone) {
        return send(
                client, HttpMethod.POST, in(home.place().community(), "/household-lookups"), Map.of("phone", phone));
    }

    private String door() {
        return path("/door");
    }

    private String path(String rest) {
        return in(home.place().community(), "/households/" + home.household() + rest);
    }

    private void awaitDoor(boolean open) {
        Await.until(
                "the door to be " + (open ? "open" : "closed"),
                LIMIT,
                () -> get(volunteer, door())
                                .returnResult(byte[].class)
                                .getStatus()
                                .is2xxSuccessful()
                        == open);
    }

    private void awaitStored(String type) {
        Await.until(
                type + " to be handled",
                LIMIT,
                () -> service.jdbc()
                                .sql("SELECT count(*) FROM inbox WHERE queue = 'community.doors' AND type = :type"
                                        + " AND community_id = :community AND state = 'done'")
                                .param("type", type)
                                .param("community", home.place().community())
                                .query(Long.class)
                                .single()
                        > 0);
    }

    /// Publishes the publisher's own sample about this task, parcel and household.
    private void tell(String type) {
        var event = sample(type)
                .put("parcelId", parcel.toString())
                .put("householdId", home.household().toString());
        if (type.startsWith("task.")) {
            event.put("taskId", task.toString())
                    .put("volunteerId", helper.member().toString());
        }
        service.events().publish(home.place().community(), type, task, event);
    }

    private static ObjectNode sample(String type) {
        var publisher = type.startsWith("task.") ? "dispatch-service" : "station-service";
        try {
            return (ObjectNode)
                    JSON.readTree(Files.readString(Path.of("..", publisher, "src/main/events", type + ".json")));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
