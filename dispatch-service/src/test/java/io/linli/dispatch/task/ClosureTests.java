package io.linli.dispatch.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.Compound;
import io.linli.dispatch.Compound.Member;
import io.linli.dispatch.DispatchApplication;
import io.linli.dispatch.Roster;
import io.linli.dispatch.api.DoorstepTask;
import io.linli.dispatch.api.TaskState;
import io.linli.dispatch.exposure.RecordExposure;
import io.linli.kit.data.Transactions;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A building is closed and reopened while its tasks wait, are offered, or accepted.
class ClosureTests {

    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(DispatchApplication.class, "dispatch-service")
            .with("linli.dispatch.assign-every", "50ms")
            .with("linli.dispatch.expire-every", "50ms")
            .with("linli.dispatch.confirm-every", "50ms");

    private Compound compound;
    private Member coordinator;
    private UUID twelve;

    @BeforeEach
    void settle() {
        compound = new Compound(service);
        coordinator = compound.member("coordinator");
        twelve = compound.building("12 号楼", 80, -25);
    }

    private void tell(String type, UUID building, long version) {
        var data = Map.of("buildingId", building, "version", version, "name", "12 号楼", "reason", "封控");
        service.events().publish(compound.community, type, building, data);
    }

    private Member trained() {
        var volunteer = compound.member("resident", "volunteer");
        compound.register(volunteer, 10_000, 0);
        new Roster(compound).training(coordinator, volunteer, "hygiene");
        var now = Instant.now();
        compound.post(volunteer, "/shifts", Map.of("startsAt", now.minusSeconds(60), "endsAt", now.plusSeconds(7200)))
                .expectStatus()
                .isCreated();
        return volunteer;
    }

    private void untilMarked(boolean closed, int tasks) {
        Await.until("the tasks know", Compound.LIMIT, () -> marked(closed) == tasks);
    }

    private long marked(boolean closed) {
        return service.jdbc()
                .sql("SELECT count(*) FROM task WHERE building_id = ? AND closed_building = ?")
                .param(twelve)
                .param(closed)
                .query(Long.class)
                .single();
    }

    private List<UUID> entered(Member volunteer) {
        return service.jdbc()
                .sql("SELECT building_id FROM exposure WHERE member_id = ?")
                .param(volunteer.id())
                .query(UUID.class)
                .list();
    }

    @Test
    void waiting_tasks_and_those_that_begin_later_are_in_a_closed_building_until_it_is_reopened() {
        compound.await(coordinator, compound.ready(twelve, 100), TaskState.WAITING);

        tell("building.closed.v1", twelve, 1);
        untilMarked(true, 1);
        compound.await(coordinator, compound.ready(twelve, 100), TaskState.WAITING);
        assertThat(marked(true)).isEqualTo(2);

        tell("building.reopened.v1", twelve, 2);
        untilMarked(false, 2);
    }

    @Test
    void late_news_does_not_win_and_early_news_waits_for_its_building() {
        compound.await(coordinator, compound.ready(twelve, 100), TaskState.WAITING);
        var thirteen = UUID.randomUUID();
        tell("building.closed.v1", thirteen, 1);
        tell("building.reopened.v1", twelve, 2);
        Await.until("the reopening is known", Compound.LIMIT, () -> closures(twelve, 2, false));

        tell("building.closed.v1", twelve, 1);
        tell("building.closed.v1", twelve, 3);
        untilMarked(true, 1);
        tell("building.reopened.v1", twelve, 2);
        compound.building(thirteen, "13 号楼", 0, 0);

        Await.until("the early news is known", Compound.LIMIT, () -> closures(thirteen, 1, true));
        assertThat(closures(twelve, 3, true)).isTrue();
    }

    private boolean closures(UUID building, long version, boolean closed) {
        return service.jdbc()
                        .sql("SELECT count(*) FROM building"
                                + " WHERE building_id = ? AND closure_version = ? AND closed = ?")
                        .param(building)
                        .param(version)
                        .param(closed)
                        .query(Long.class)
                        .single()
                == 1;
    }

    @Test
    void who_may_not_enter_is_let_go_and_who_may_goes_on_and_is_counted() {
        var untrained = compound.volunteer(1_000);
        var first = compound.ready(twelve, 500);
        var accepted = compound.accepted(untrained, first);
        var offered = compound.ready(twelve, 500);
        compound.await(untrained, offered, TaskState.OFFERED);
        var volunteer = trained();
        var third = compound.ready(twelve, 2_000);
        compound.accepted(volunteer, third);

        tell("building.closed.v1", twelve, 1);
        untilMarked(true, 3);

        assertThat(compound.tasks(untrained, "")).isEmpty();
        service.events().await("task.released.v1", heard -> heard.subject().equals(accepted.getId()));
        assertThat(compound.load(untrained)).isZero();
        assertThat(compound.await(volunteer, third, TaskState.ACCEPTED).getId()).isNotNull();
        assertThat(entered(volunteer)).containsExactly(twelve);
    }

    @Test
    void who_accepts_a_task_into_a_closed_building_is_counted_as_entering_it() {
        tell("building.closed.v1", twelve, 1);
        Await.until("the closure is known", Compound.LIMIT, () -> closures(twelve, 1, true));
        var volunteer = trained();

        compound.accepted(volunteer, compound.ready(twelve, 100));
        compound.accepted(volunteer, compound.ready(twelve, 100));

        assertThat(entered(volunteer)).containsExactly(twelve);
    }

    @Test
    void an_acceptance_above_the_limit_is_refused_and_the_task_goes_to_somebody_else() {
        tell("building.closed.v1", twelve, 1);
        Await.until("the closure is known", Compound.LIMIT, () -> closures(twelve, 1, true));
        var volunteer = trained();
        var parcel = compound.ready(twelve, 100);
        var task = compound.await(volunteer, parcel, TaskState.OFFERED);
        for (var other = 0; other < 3; other++) {
            enter(volunteer, UUID.randomUUID());
        }

        compound.post(volunteer, "/tasks/" + task.getId() + "/acceptance")
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/exposure-limit");

        compound.await(coordinator, parcel, TaskState.WAITING);
        assertThat(entered(volunteer)).hasSize(3).doesNotContain(twelve);
        var next = trained();
        compound.accepted(next, parcel);
        assertThat(compound.tasks(volunteer, "")).isEmpty();
    }

    @Test
    void who_is_not_trained_is_refused_even_on_a_coordinators_word() {
        tell("building.closed.v1", twelve, 1);
        Await.until("the closure is known", Compound.LIMIT, () -> closures(twelve, 1, true));
        var parcel = compound.ready(twelve, 100);
        var waiting = compound.await(coordinator, parcel, TaskState.WAITING);
        var untrained = compound.volunteer(10_000);
        compound.post(coordinator, "/tasks/" + waiting.getId() + "/reassignment", Map.of("volunteerId", untrained.id()))
                .expectStatus()
                .isOk();

        compound.post(untrained, "/tasks/" + waiting.getId() + "/acceptance")
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/hygiene-training-required");

        compound.await(coordinator, parcel, TaskState.WAITING);
        assertThat(entered(untrained)).isEmpty();
    }

    @Test
    void a_round_that_was_planned_before_the_closure_offers_nothing_to_who_may_not_enter() {
        var parcel = compound.ready(twelve, 100);
        var waiting = compound.await(coordinator, parcel, TaskState.WAITING);
        tell("building.closed.v1", twelve, 1);
        untilMarked(true, 1);
        var untrained = compound.volunteer(10_000);

        var planned = List.of(new Offer(waiting.getId(), untrained.id()));
        service.bean(Transactions.class)
                .in(compound.community, () -> service.bean(OfferTasks.class).offer(planned))
                .block(Compound.LIMIT);

        compound.await(coordinator, parcel, TaskState.WAITING);
        assertThat(compound.tasks(untrained, "")).isEmpty();
    }

    private void enter(Member volunteer, UUID building) {
        service.bean(Transactions.class)
                .in(
                        compound.community,
                        () -> service.bean(RecordExposure.class)
                                .record(compound.community, volunteer.id(), building, Instant.now()))
                .block(Compound.LIMIT);
    }

    @Test
    void a_parcel_that_turns_back_cancels_its_task_and_its_volunteer_is_told() {
        tell("building.closed.v1", twelve, 1);
        Await.until("the closure is known", Compound.LIMIT, () -> closures(twelve, 1, true));
        var parcel = compound.ready(twelve, 100);
        var task = compound.accepted(trained(), parcel);

        tell("building.reopened.v1", twelve, 2);
        compound.ready(parcel.next(), false);

        compound.await(coordinator, parcel, TaskState.CANCELLED);
        service.events().await("task.released.v1", heard -> heard.subject().equals(task.getId()));
    }

    @Test
    void tasks_that_begin_while_their_building_is_closed_all_know() {
        var parcels =
                Stream.generate(() -> compound.ready(twelve, 100)).limit(15).toList();
        tell("building.closed.v1", twelve, 1);
        var later = Stream.generate(() -> compound.ready(twelve, 100)).limit(15).toList();

        untilMarked(true, parcels.size() + later.size());
        assertThat(compound.tasks(coordinator, "?limit=200"))
                .extracting(DoorstepTask::getState)
                .containsOnly(TaskState.WAITING);
    }

    @Test
    void the_samples_of_community_service_are_read() throws IOException {
        var json = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
        for (var type : List.of("building.closed.v1", "building.reopened.v1")) {
            var sample = Path.of("../community-service/src/main/events/" + type + ".json");

            assertThat(json.readValue(Files.readString(sample), FollowClosures.ClosureChanged.class))
                    .hasNoNullFieldsOrProperties();
        }
    }
}
