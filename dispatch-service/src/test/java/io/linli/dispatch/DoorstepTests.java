package io.linli.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.api.DoorstepTask;
import io.linli.dispatch.api.TaskState;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
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
    void a_coordinator_ends_the_task_of_a_volunteer_who_vanished() {
        var volunteer = compound.volunteer(10_000);
        var parcel = compound.ready(twelve, 100);
        var task = compound.dropped(volunteer, parcel);
        var path = "/tasks/" + task.getId() + "/failure";
        compound.post(compound.member("volunteer"), path, Map.of("reason", "other"))
                .expectStatus()
                .isEqualTo(409);

        compound.post(coordinator, path, Map.of("reason", "other"))
                .expectStatus()
                .isOk();

        var failed = service.events()
                .await("task.failed.v1", heard -> heard.subject().equals(task.getId()));
        assertThat(failed.data().get("volunteerId").asString())
                .isEqualTo(volunteer.id().toString());
        assertThat(failed.data().get("collected").asBoolean()).isTrue();
    }

    @Test
    void what_the_station_counts_as_long_fits() {
        var parcel = new Compound.Parcel(UUID.randomUUID(), 3_000_000_000L, UUID.randomUUID(), twelve, 3_000_000_000L);
        compound.ready(parcel, true);

        assertThat(compound.await(coordinator, parcel, TaskState.WAITING).getWeightGrams())
                .isEqualTo(3_000_000_000L);
    }

    @Test
    void control_characters_in_a_text_are_refused() {
        var volunteer = compound.volunteer(10_000);
        var task = compound.carried(volunteer, compound.ready(twelve, 100));
        var proof = Map.of("kind", "photo", "reference", "photos/\u0000.jpg", "sha256", "ab".repeat(32));

        compound.post(volunteer, "/tasks/" + task.getId() + "/drop", Map.of("proof", proof))
                .expectStatus()
                .isBadRequest();
        compound.post(volunteer, "/tasks/" + task.getId() + "/refusal", Map.of("reason", "\u0000"))
                .expectStatus()
                .isBadRequest();
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
}
