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

class ReassignmentTests {

    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(DispatchApplication.class, "dispatch-service")
            .with("linli.dispatch.assign-every", "50ms")
            .with("linli.dispatch.expire-every", "50ms")
            .with("linli.dispatch.confirm-every", "50ms")
            .with("linli.dispatch.task.retry-after", "0s");

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
        compound.register(first, 20_000, 0);
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
    void a_parcel_that_came_back_gets_a_new_task_and_not_at_once_from_who_failed_or_refused_it() {
        var volunteer = compound.volunteer(10_000);
        var parcel = compound.ready(twelve, 100);
        var failed = compound.carried(volunteer, parcel);
        compound.post(volunteer, "/tasks/" + failed.getId() + "/failure", Map.of("reason", "not-home"))
                .expectStatus()
                .isOk();

        compound.ready(parcel.next(), true);
        var other = compound.volunteer(10_000, 500);
        compound.await(other, parcel, TaskState.OFFERED);
        assertThat(service.jdbc()
                        .sql("UPDATE task_pass SET barred_until = barred_until - interval '1 hour'"
                                + " WHERE subject_id = ?")
                        .param(parcel.id())
                        .update())
                .isEqualTo(1);
        compound.ready(parcel.next().next(), true);
        var again = compound.await(volunteer, parcel, TaskState.OFFERED);
        compound.post(volunteer, "/tasks/" + again.getId() + "/refusal", Map.of())
                .expectStatus()
                .isOk();
        compound.ready(parcel.next().next().next(), true);

        assertThat(again.getId()).isNotEqualTo(failed.getId());
        assertThat(compound.await(other, parcel, TaskState.OFFERED).getId()).isNotEqualTo(again.getId());
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
