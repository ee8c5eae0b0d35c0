package io.linli.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.dispatch.api.DoorstepTask;
import io.linli.dispatch.api.TaskState;
import io.linli.dispatch.task.CancelTask;
import io.linli.dispatch.task.OpenTask;
import io.linli.dispatch.task.TaskKind;
import io.linli.dispatch.task.Window;
import io.linli.kit.data.Transactions;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.kit.web.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Tasks without a parcel, from a use case that asks for one to its end.
class OpenTaskTests {

    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(DispatchApplication.class, "dispatch-service")
            .with("linli.dispatch.assign-every", "50ms")
            .with("linli.dispatch.expire-every", "50ms")
            .with("linli.dispatch.confirm-every", "50ms");

    private Compound compound;
    private Compound.Member coordinator;
    private UUID twelve;
    private final UUID household = UUID.randomUUID();

    @BeforeEach
    void settle() {
        compound = new Compound(service);
        coordinator = compound.member("coordinator");
        twelve = compound.building("12 号楼", 80, -25);
        Await.until("the building to be known", Compound.LIMIT, () -> count("building", "building_id", twelve) == 1);
    }

    private static long count(String table, String column, UUID id) {
        return service.jdbc()
                .sql("SELECT count(*) FROM " + table + " WHERE " + column + " = ?")
                .param(id)
                .query(Long.class)
                .single();
    }

    private UUID open(TaskKind kind, UUID building) {
        var wanted =
                new OpenTask.Wanted(household, building, kind, "三楼药房取药，凭条在门口", Set.of("medicine"), 3, Window.ANY, 200);
        return service.bean(Transactions.class)
                .in(compound.community, () -> service.bean(OpenTask.class).open(compound.community, wanted))
                .block(Compound.LIMIT);
    }

    private boolean cancel(UUID task) {
        return service.bean(Transactions.class)
                .in(compound.community, () -> service.bean(CancelTask.class).cancel(compound.community, task))
                .block(Compound.LIMIT);
    }

    private DoorstepTask seenBy(Compound.Member member, UUID task, TaskState state) {
        return Await.untilPresent(
                "the task " + state,
                Compound.LIMIT,
                () -> compound.tasks(member, "?state=" + state.getValue()).stream()
                        .filter(found -> found.getId().equals(task))
                        .findFirst());
    }

    @Test
    void medicine_is_fetched_and_its_note_is_for_who_accepted_alone() {
        compound.livesOn(household, twelve, 7, 0);
        Await.until("the household to be known", Compound.LIMIT, () -> count("home", "household_id", household) == 1);
        var task = open(TaskKind.MEDICINE, twelve);
        var volunteer = compound.skilled("medicine");
        var resident = compound.member(household, "resident");

        var offered = seenBy(volunteer, task, TaskState.OFFERED);
        compound.post(volunteer, "/tasks/" + task + "/acceptance")
                .expectStatus()
                .isOk();
        var accepted = seenBy(volunteer, task, TaskState.ACCEPTED);

        assertThat(offered.getNote()).isNull();
        assertThat(offered.getParcelId()).isNull();
        assertThat(offered.getFloor()).isEqualTo(7);
        assertThat(offered.getQualifications()).containsExactly("medicine");
        assertThat(accepted.getNote()).startsWith("三楼药房");
        assertThat(accepted.getHouseholdId()).isEqualTo(household);
        assertThat(seenBy(coordinator, task, TaskState.ACCEPTED).getNote()).isNull();
        assertThat(seenBy(resident, task, TaskState.ACCEPTED).getNote()).isNull();

        compound.post(volunteer, "/tasks/" + task + "/drop", Compound.proof())
                .expectStatus()
                .isOk();
        compound.post(resident, "/tasks/" + task + "/confirmation")
                .expectStatus()
                .isOk();

        var delivered = service.events()
                .await("task.delivered.v1", heard -> heard.subject().equals(task));
        assertThat(delivered.data().get("kind").asString()).isEqualTo("medicine");
        assertThat(delivered.data().path("parcelId").isMissingNode()).isTrue();
        assertThat(service.jdbc()
                        .sql("SELECT count(*) FROM task WHERE task_id = ? AND note IS NULL")
                        .param(task)
                        .query(Long.class)
                        .single())
                .as("the note is forgotten")
                .isEqualTo(1);
        assertThat(compound.load(volunteer)).isZero();
    }

    @Test
    void a_task_that_is_not_needed_any_more_is_cancelled_until_it_is_done() {
        var volunteer = compound.skilled("medicine");
        var task = open(TaskKind.CHECK_IN, twelve);
        seenBy(volunteer, task, TaskState.OFFERED);
        compound.post(volunteer, "/tasks/" + task + "/acceptance")
                .expectStatus()
                .isOk();

        assertThat(cancel(task)).isTrue();
        assertThat(cancel(task)).isFalse();
        assertThat(cancel(UUID.randomUUID())).isFalse();

        service.events().await("task.released.v1", heard -> heard.subject().equals(task));
        assertThat(compound.load(volunteer)).isZero();
    }

    @Test
    void a_task_in_a_building_nobody_knows_is_refused() {
        assertThatThrownBy(() -> open(TaskKind.ERRAND, UUID.randomUUID()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("building-unknown");
    }

    @Test
    void a_window_comes_back_as_it_was_asked_for() {
        var earliest = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var window = new Window(earliest, earliest.plusSeconds(3600));
        var wanted = new OpenTask.Wanted(household, twelve, TaskKind.ERRAND, null, Set.of(), 1, window, 0);
        var task = service.bean(Transactions.class)
                .in(compound.community, () -> service.bean(OpenTask.class).open(compound.community, wanted))
                .block(Compound.LIMIT);

        var seen = seenBy(coordinator, task, TaskState.WAITING);

        assertThat(seen.getEarliest()).isEqualTo(earliest);
        assertThat(seen.getLatest()).isEqualTo(window.latest());
        compound.post(compound.member("resident"), "/tasks/" + task + "/drop", Map.of())
                .expectStatus()
                .isForbidden();
    }
}
