package io.linli.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.api.DoorstepTask;
import io.linli.dispatch.api.TaskPage;
import io.linli.dispatch.api.TaskState;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DoorstepTests {

    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(DispatchApplication.class, "dispatch-service")
            .with("linli.dispatch.assign-every", "50ms")
            .with("linli.dispatch.expire-every", "50ms")
            .with("linli.dispatch.confirm-every", "50ms");

    private Compound compound;
    private Compound.Member coordinator;
    private UUID twelve;

    @BeforeEach
    void settle() {
        compound = new Compound(service);
        coordinator = compound.member("coordinator");
        twelve = compound.building("12 号楼", 80, -25);
    }

    @Test
    void a_parcel_goes_from_the_offer_to_a_confirmed_delivery() {
        var volunteer = compound.volunteer(10_000);
        var parcel = compound.ready(twelve, 4_200);
        var resident = compound.member(parcel.household(), "resident");

        var task = compound.dropped(volunteer, parcel);
        compound.post(resident, "/tasks/" + task.getId() + "/confirmation")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.state")
                .isEqualTo("delivered")
                .jsonPath("$.confirmedBy")
                .isEqualTo("resident");

        var accepted = service.events()
                .await("task.accepted.v1", heard -> heard.subject().equals(task.getId()));
        var dropped = service.events()
                .await("task.dropped.v1", heard -> heard.subject().equals(task.getId()));
        var delivered = service.events()
                .await("task.delivered.v1", heard -> heard.subject().equals(task.getId()));
        assertThat(accepted.community()).isEqualTo(compound.community);
        assertThat(accepted.data().get("volunteerId").asString())
                .isEqualTo(volunteer.id().toString());
        assertThat(dropped.data().get("proof").get("kind").asString()).isEqualTo("photo");
        assertThat(delivered.data().get("householdId").asString())
                .isEqualTo(parcel.household().toString());
        assertThat(compound.load(volunteer)).isZero();
    }

    @Test
    void a_parcel_that_is_no_doorstep_delivery_makes_no_task() {
        var plain = compound.parcel(twelve, 100);
        compound.ready(plain, false);
        var after = compound.ready(twelve, 100);

        compound.await(coordinator, after, TaskState.WAITING);

        assertThat(compound.tasks(coordinator, ""))
                .extracting(DoorstepTask::getParcelId)
                .containsOnly(after.id());
    }

    @Test
    void a_parcel_whose_building_is_not_known_yet_waits_for_it() {
        var thirteen = UUID.randomUUID();
        var parcel = compound.ready(thirteen, 100);
        compound.building(thirteen, "13 号楼", 0, 0);

        var task = compound.await(coordinator, parcel, TaskState.WAITING);

        assertThat(task.getBuildingName()).isEqualTo("13 号楼");
    }

    @Test
    void the_same_event_twice_makes_one_task() {
        var parcel = compound.ready(twelve, 100);
        compound.ready(parcel, true);
        var after = compound.ready(twelve, 100);

        Await.until("all news to be handled", Compound.LIMIT, () -> handled("parcel.ready.v1") == 3);

        assertThat(compound.tasks(coordinator, ""))
                .extracting(DoorstepTask::getParcelId)
                .containsExactlyInAnyOrder(parcel.id(), after.id());
    }

    @Test
    void a_volunteer_sees_building_floor_weight_and_label_and_nothing_of_the_people() {
        var volunteer = compound.volunteer(10_000);
        var parcel = compound.ready(twelve, 4_200);
        var task = compound.await(volunteer, parcel, TaskState.OFFERED);

        var body = volunteer
                .client()
                .get()
                .uri(compound.path("/tasks/" + task.getId()))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.buildingName")
                .isEqualTo("12 号楼")
                .jsonPath("$.floor")
                .isEqualTo(5)
                .jsonPath("$.weightGrams")
                .isEqualTo(4200)
                .returnResult()
                .getResponseBody();

        assertThat(new String(body, StandardCharsets.UTF_8))
                .doesNotContain(parcel.household().toString())
                .doesNotContainIgnoringCase("household")
                .doesNotContainIgnoringCase("phone")
                .doesNotContainIgnoringCase("room");
    }

    @Test
    void everybody_sees_their_own_tasks_only() {
        var volunteer = compound.volunteer(10_000);
        var stranger = compound.member("resident");
        var otherVolunteer = compound.member("volunteer");
        var parcel = compound.ready(twelve, 100);
        var resident = compound.member(parcel.household(), "resident");
        var task = compound.await(volunteer, parcel, TaskState.OFFERED);

        assertThat(compound.tasks(volunteer, "")).hasSize(1);
        assertThat(compound.tasks(resident, "")).hasSize(1);
        assertThat(compound.tasks(resident, "").getFirst().getVolunteerId()).isNull();
        assertThat(compound.tasks(coordinator, "").getFirst().getVolunteerId()).isEqualTo(volunteer.id());
        assertThat(compound.tasks(stranger, "")).isEmpty();
        assertThat(compound.tasks(otherVolunteer, "")).isEmpty();
        stranger.client()
                .get()
                .uri(compound.path("/tasks/" + task.getId()))
                .exchange()
                .expectStatus()
                .isNotFound();
        stranger.client()
                .get()
                .uri(compound.path("/tasks?view=all"))
                .exchange()
                .expectStatus()
                .isForbidden();
        stranger.client()
                .get()
                .uri(compound.path("/tasks?view=mine"))
                .exchange()
                .expectStatus()
                .isForbidden();
        compound.post(stranger, "/tasks/" + task.getId() + "/confirmation")
                .expectStatus()
                .isNotFound();
        compound.post(otherVolunteer, "/tasks/" + task.getId() + "/acceptance")
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/task-not-yours");
    }

    @Test
    void pages_follow_one_another_to_the_end() {
        for (int i = 0; i < 5; i++) {
            compound.ready(twelve, 100);
        }
        Await.until(
                "five tasks",
                Compound.LIMIT,
                () -> compound.tasks(coordinator, "").size() == 5);

        var seen = new ArrayList<UUID>();
        var cursor = "";
        do {
            var page = page("?limit=2" + cursor);
            page.getItems().forEach(task -> seen.add(task.getId()));
            cursor = page.getNext() == null ? null : "&cursor=" + page.getNext();
        } while (cursor != null);

        assertThat(seen).hasSize(5).doesNotHaveDuplicates().isSorted();
    }

    private TaskPage page(String query) {
        return coordinator
                .client()
                .get()
                .uri(compound.path("/tasks" + query))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(TaskPage.class)
                .returnResult()
                .getResponseBody();
    }

    @Test
    void a_query_outside_the_contract_is_a_bad_request() {
        for (var query : new String[] {"?state=lost", "?limit=0", "?limit=201", "?cursor=x", "?view=yours"}) {
            coordinator
                    .client()
                    .get()
                    .uri(compound.path("/tasks" + query))
                    .exchange()
                    .expectStatus()
                    .isBadRequest();
        }
    }

    @Test
    void a_refused_task_goes_to_someone_else_and_never_comes_back() {
        var first = compound.volunteer(10_000);
        var parcel = compound.ready(twelve, 100);
        var task = compound.await(first, parcel, TaskState.OFFERED);

        compound.post(first, "/tasks/" + task.getId() + "/refusal", Map.of("reason", "六楼没有电梯"))
                .expectStatus()
                .isOk();
        var second = compound.volunteer(10_000);
        var again = compound.await(second, parcel, TaskState.OFFERED);
        compound.post(second, "/tasks/" + again.getId() + "/refusal", Map.of())
                .expectStatus()
                .isOk();
        compound.register(first, 20_000);
        var marker = compound.ready(twelve, 100);
        Await.until(
                "the marker to be offered",
                Compound.LIMIT,
                () -> compound.tasks(coordinator, "?state=offered").stream()
                        .anyMatch(offered -> offered.getParcelId().equals(marker.id())));

        assertThat(compound.await(coordinator, parcel, TaskState.WAITING).getId())
                .isEqualTo(task.getId());
    }

    @Test
    void an_accepted_task_given_back_is_released() {
        var volunteer = compound.volunteer(10_000);
        var parcel = compound.ready(twelve, 100);
        var task = compound.accepted(volunteer, parcel);
        assertThat(compound.load(volunteer)).isEqualTo(100);

        compound.post(volunteer, "/tasks/" + task.getId() + "/refusal", Map.of())
                .expectStatus()
                .isOk();

        service.events().await("task.released.v1", heard -> heard.subject().equals(task.getId()));
        assertThat(compound.load(volunteer)).isZero();
    }

    @Test
    void a_drop_before_the_station_said_collected_may_be_tried_again() {
        var volunteer = compound.volunteer(10_000);
        var parcel = compound.ready(twelve, 100);
        var task = compound.accepted(volunteer, parcel);
        var key = UUID.randomUUID().toString();

        compound.post(volunteer, "/tasks/" + task.getId() + "/drop", key, Compound.proof())
                .expectStatus()
                .isEqualTo(409)
                .expectHeader()
                .valueEquals("Retry-After", "1")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/task-not-collected");
        compound.collected(parcel, task.getId(), volunteer.id());
        compound.await(volunteer, parcel, TaskState.COLLECTED);

        compound.post(volunteer, "/tasks/" + task.getId() + "/drop", key, Compound.proof())
                .expectStatus()
                .isOk();
    }

    @Test
    void a_repeated_write_gets_the_first_answer() {
        var volunteer = compound.volunteer(10_000);
        var parcel = compound.ready(twelve, 100);
        var task = compound.carried(volunteer, parcel);
        var key = UUID.randomUUID().toString();
        var path = "/tasks/" + task.getId() + "/failure";

        compound.post(volunteer, path, key, Map.of("reason", "not-home"))
                .expectStatus()
                .isOk();
        compound.post(volunteer, path, key, Map.of("reason", "not-home"))
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Idempotent-Replayed", "true")
                .expectBody()
                .jsonPath("$.failureReason")
                .isEqualTo("not-home");
        compound.post(volunteer, path, key, Map.of("reason", "other"))
                .expectStatus()
                .isEqualTo(422);

        var failed = service.events()
                .await("task.failed.v1", heard -> heard.subject().equals(task.getId()));
        assertThat(failed.data().get("collected").asBoolean()).isTrue();
    }

    @Test
    void a_parcel_handed_over_at_the_station_cancels_its_task() {
        var volunteer = compound.volunteer(10_000);
        var parcel = compound.ready(twelve, 100);
        var task = compound.accepted(volunteer, parcel);

        compound.handedOver(parcel);

        compound.await(coordinator, parcel, TaskState.CANCELLED);
        service.events().await("task.released.v1", heard -> heard.subject().equals(task.getId()));
        assertThat(compound.load(volunteer)).isZero();
    }

    @Test
    void a_parcel_that_was_handed_over_before_we_heard_of_it_makes_no_task() {
        var parcel = compound.parcel(twelve, 100);
        compound.handedOver(parcel);
        Await.until("the hand-over to be heard", Compound.LIMIT, () -> isOver(parcel));

        compound.ready(parcel, true);
        var after = compound.ready(twelve, 100);
        compound.await(coordinator, after, TaskState.WAITING);
        Await.until("the late news to be handled", Compound.LIMIT, () -> handled("parcel.ready.v1") == 2);

        assertThat(compound.tasks(coordinator, ""))
                .extracting(DoorstepTask::getParcelId)
                .containsOnly(after.id());
    }

    private boolean isOver(Compound.Parcel parcel) {
        return service.jdbc()
                        .sql("SELECT count(*) FROM parcel WHERE parcel_id = ? AND over")
                        .param(parcel.id())
                        .query(Long.class)
                        .single()
                == 1;
    }

    private long handled(String type) {
        return service.jdbc()
                .sql("SELECT count(*) FROM inbox WHERE community_id = ? AND type = ? AND state = 'done'")
                .param(compound.community)
                .param(type)
                .query(Long.class)
                .single();
    }

    @Test
    void a_parcel_that_came_back_gets_a_new_task_and_not_from_who_refused_it() {
        var volunteer = compound.volunteer(10_000);
        var parcel = compound.ready(twelve, 100);
        var failed = compound.carried(volunteer, parcel);
        compound.post(volunteer, "/tasks/" + failed.getId() + "/failure", Map.of("reason", "not-home"))
                .expectStatus()
                .isOk();

        compound.ready(parcel.next(), true);
        var again = compound.await(volunteer, parcel, TaskState.OFFERED);
        compound.post(volunteer, "/tasks/" + again.getId() + "/refusal", Map.of())
                .expectStatus()
                .isOk();
        compound.ready(parcel.next().next(), true);
        var marker = compound.ready(twelve, 100);
        compound.await(volunteer, marker, TaskState.OFFERED);

        assertThat(again.getId()).isNotEqualTo(failed.getId());
        compound.await(coordinator, parcel, TaskState.CANCELLED);
        assertThat(compound.await(coordinator, parcel, TaskState.WAITING).getId())
                .isNotEqualTo(again.getId());
    }

    @Test
    void an_offer_that_ran_out_goes_to_someone_else() {
        var sleeping = compound.volunteer(10_000);
        var parcel = compound.ready(twelve, 100);
        var task = compound.await(sleeping, parcel, TaskState.OFFERED);

        letTimePass("UPDATE task SET offered_until = offered_until - interval '1 hour' WHERE task_id = ?", task);
        compound.await(coordinator, parcel, TaskState.WAITING);
        var awake = compound.volunteer(10_000);

        compound.await(awake, parcel, TaskState.OFFERED);
        assertThat(compound.load(sleeping)).isZero();
        compound.post(sleeping, "/tasks/" + task.getId() + "/acceptance")
                .expectStatus()
                .isEqualTo(409);
    }

    @Test
    void a_household_that_stays_silent_has_received_its_parcel() {
        var volunteer = compound.volunteer(10_000);
        var parcel = compound.ready(twelve, 100);
        var task = compound.dropped(volunteer, parcel);
        var fresh = compound.dropped(volunteer, compound.ready(twelve, 100));

        letTimePass("UPDATE task SET since = since - interval '25 hours' WHERE task_id = ?", task);

        var delivered = service.events()
                .await("task.delivered.v1", heard -> heard.subject().equals(task.getId()));
        assertThat(delivered.data().get("confirmedBy").asString()).isEqualTo("auto");
        assertThat(compound.tasks(coordinator, "?state=dropped"))
                .extracting(DoorstepTask::getId)
                .containsExactly(fresh.getId());
    }

    private static void letTimePass(String sql, DoorstepTask task) {
        assertThat(service.jdbc().sql(sql).param(task.getId()).update()).isEqualTo(1);
    }
}
