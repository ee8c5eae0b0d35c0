package io.linli.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.api.DoorstepTask;
import io.linli.dispatch.api.DroppedBatch;
import io.linli.dispatch.api.EscalationEntry;
import io.linli.dispatch.api.EscalationPage;
import io.linli.dispatch.api.RouteEntry;
import io.linli.dispatch.api.RoutePage;
import io.linli.dispatch.api.RouteStop;
import io.linli.dispatch.api.TaskState;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/// What coordinators do with tasks, several tasks at one door, and the routes.
class TaskDeskTests {

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

    private static String problem(WebTestClient.ResponseSpec answer, int status) {
        var body = answer.expectStatus()
                .isEqualTo(status)
                .expectBody(Map.class)
                .returnResult()
                .getResponseBody();
        return body.get("type").toString().replace("/problems/", "");
    }

    private WebTestClient.ResponseSpec reassign(Compound.Member by, DoorstepTask task, Compound.Member to) {
        var body = to == null ? Map.of() : Map.of("volunteerId", to.id());
        return compound.post(by, "/tasks/" + task.getId() + "/reassignment", body);
    }

    @Test
    void a_coordinator_gives_an_accepted_task_to_another_volunteer() {
        var first = compound.volunteer(10_000);
        var parcel = compound.ready(twelve, 4_000);
        var task = compound.accepted(first, parcel);
        var second = compound.volunteer(10_000);

        assertThat(problem(reassign(first, task, second), 403)).isEqualTo("role-required");
        reassign(coordinator, task, second).expectStatus().isOk();

        service.events().await("task.released.v1", heard -> heard.subject().equals(task.getId()));
        assertThat(compound.load(first)).isZero();
        assertThat(compound.load(second)).isEqualTo(4_000);
        compound.accepted(second, parcel);
        compound.collected(parcel, task.getId(), second.id());
        compound.await(second, parcel, TaskState.COLLECTED);
        assertThat(problem(reassign(coordinator, task, first), 409)).isEqualTo("task-already-collected");
    }

    @Test
    void nobody_is_given_more_than_the_limit_and_nobody_unknown_anything() {
        var strong = compound.volunteer(10_000);
        var task = compound.accepted(strong, compound.ready(twelve, 4_000));
        var weak = compound.member("volunteer");
        compound.register(weak, 3_000, 0);

        assertThat(problem(reassign(coordinator, task, weak), 409)).isEqualTo("volunteer-overloaded");
        assertThat(problem(reassign(coordinator, task, compound.member("volunteer")), 422))
                .isEqualTo("volunteer-unknown");
        assertThat(problem(reassign(coordinator, task, new Compound(service).volunteer(9_000)), 422))
                .isEqualTo("volunteer-unknown");

        assertThat(compound.load(strong)).isEqualTo(4_000);
        assertThat(compound.load(weak)).isZero();
    }

    @Test
    void a_task_that_goes_back_to_the_queue_is_not_offered_to_the_same_volunteer_at_once() {
        var first = compound.volunteer(10_000);
        var parcel = compound.ready(twelve, 4_000);
        var task = compound.accepted(first, parcel);

        reassign(coordinator, task, null).expectStatus().isOk();
        var second = compound.volunteer(10_000);

        compound.await(second, parcel, TaskState.OFFERED);
        assertThat(compound.load(first)).isZero();
    }

    /// Acceptance and reassignment at once, over and over: one volunteer holds the task, and every load adds up.
    @Test
    void a_reassignment_and_an_acceptance_at_once_leave_one_holder() throws Exception {
        var volunteers = List.of(compound.volunteer(10_000), compound.volunteer(10_000), compound.volunteer(10_000));
        var parcel = compound.ready(twelve, 4_000);
        var task = Await.untilPresent(
                "an offer",
                Compound.LIMIT,
                () -> compound.tasks(coordinator, "?state=offered").stream().findFirst());
        var work = new ArrayList<Callable<Integer>>();
        for (int round = 0; round < 8; round++) {
            var to = volunteers.get(round % 3);
            work.add(() -> status(reassign(coordinator, task, to)));
            for (var volunteer : volunteers) {
                work.add(() -> status(compound.post(volunteer, "/tasks/" + task.getId() + "/acceptance")));
            }
        }

        try (var clients = Executors.newFixedThreadPool(work.size())) {
            for (var answer : clients.invokeAll(work)) {
                assertThat(answer.get()).isIn(200, 409);
            }
        }

        var loads = volunteers.stream().mapToLong(compound::load).toArray();
        assertThat(loads).containsOnlyOnce(4_000).contains(0);
        var holders = volunteers.stream()
                .filter(volunteer -> !compound.tasks(volunteer, "").isEmpty())
                .toList();
        assertThat(holders).hasSize(1);
        assertThat(compound.load(holders.getFirst())).isEqualTo(4_000);
        assertThat(parcel.id())
                .isEqualTo(compound.tasks(holders.getFirst(), "").getFirst().getParcelId());
    }

    private static int status(WebTestClient.ResponseSpec answer) {
        return answer.returnResult(String.class).getStatus().value();
    }

    @Test
    void what_was_unsafe_waits_for_a_coordinator() {
        var volunteer = compound.volunteer(10_000);
        var parcel = compound.ready(twelve, 100);
        var task = compound.carried(volunteer, parcel);
        compound.post(volunteer, "/tasks/" + task.getId() + "/failure", Map.of("reason", "unsafe"))
                .expectStatus()
                .isOk();
        var other = compound.volunteer(10_000);
        compound.ready(parcel.next().next(), true);
        var marker = compound.ready(twelve, 100);
        Await.until(
                "the marker to be offered",
                Compound.LIMIT,
                () -> compound.tasks(coordinator, "?state=offered").stream()
                        .anyMatch(offered -> marker.id().equals(offered.getParcelId())));
        compound.await(coordinator, parcel, TaskState.WAITING);

        var open = escalations();
        assertThat(open).hasSize(1);
        assertThat(open.getFirst().getReason().getValue()).isEqualTo("unsafe");
        assertThat(problem(
                        compound.post(
                                volunteer,
                                "/tasks/escalations/" + open.getFirst().getId() + "/settlement"),
                        403))
                .isEqualTo("role-required");
        compound.post(coordinator, "/tasks/escalations/" + open.getFirst().getId() + "/settlement")
                .expectStatus()
                .isOk();

        assertThat(compound.await(other, parcel, TaskState.OFFERED).getAttempt())
                .isEqualTo(2);
        assertThat(escalations()).isEmpty();
        service.events().await("task.escalated.v1", heard -> heard.subject().equals(task.getId()));
    }

    private List<EscalationEntry> escalations() {
        return coordinator
                .client()
                .get()
                .uri(compound.path("/tasks/escalations"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(EscalationPage.class)
                .returnResult()
                .getResponseBody()
                .getItems();
    }

    /// Parcels of one household, carried by the volunteer.
    private List<UUID> carried(Compound.Member volunteer, UUID household, int number) {
        var tasks = new ArrayList<UUID>();
        for (int i = 0; i < number; i++) {
            var parcel = new Compound.Parcel(UUID.randomUUID(), 3, household, twelve, 100);
            compound.ready(parcel, true);
            tasks.add(compound.carried(volunteer, parcel).getId());
        }
        return tasks;
    }

    private WebTestClient.ResponseSpec dropAll(Compound.Member volunteer, List<UUID> tasks) {
        return compound.post(volunteer, "/tasks/drops", Map.of("taskIds", tasks, "proof", Map.of("kind", "voice")));
    }

    private DroppedBatch dropped(Compound.Member volunteer, List<UUID> tasks) {
        return dropAll(volunteer, tasks)
                .expectStatus()
                .isCreated()
                .expectBody(DroppedBatch.class)
                .returnResult()
                .getResponseBody();
    }

    @Test
    void several_tasks_at_one_door_are_dropped_taken_back_and_confirmed_together() {
        var volunteer = compound.volunteer(10_000);
        var household = UUID.randomUUID();
        var resident = compound.member(household, "resident");
        var tasks = carried(volunteer, household, 3);

        var batch = dropped(volunteer, tasks);
        var undo = "/tasks/drops/" + batch.getId() + "/undo";
        assertThat(problem(compound.post(compound.volunteer(1_000), undo), 404)).isEqualTo("drop-not-found");
        compound.post(volunteer, undo).expectStatus().isOk();

        assertThat(compound.tasks(volunteer, "?state=on-the-way"))
                .extracting(DoorstepTask::getId)
                .containsExactlyInAnyOrderElementsOf(tasks);
        assertThat(compound.load(volunteer)).isEqualTo(300);
        tasks.forEach(task -> service.events()
                .await("task.drop-undone.v1", heard -> heard.subject().equals(task)));
        assertThat(problem(compound.post(volunteer, undo), 409)).isEqualTo("undo-too-late");

        dropped(volunteer, tasks);
        compound.post(resident, "/tasks/confirmations", Map.of("taskIds", tasks))
                .expectStatus()
                .isOk();
        assertThat(compound.tasks(resident, "?state=delivered")).hasSize(3);
        assertThat(service.jdbc()
                        .sql("SELECT count(*) FROM hours_entry WHERE member_id = ?")
                        .param(volunteer.id())
                        .query(Long.class)
                        .single())
                .as("credited tasks")
                .isEqualTo(3);
    }

    @Test
    void nothing_is_taken_back_once_any_of_it_is_confirmed_or_the_time_is_over() {
        var volunteer = compound.volunteer(10_000);
        var household = UUID.randomUUID();
        var batch = dropped(volunteer, carried(volunteer, household, 2));
        var undo = "/tasks/drops/" + batch.getId() + "/undo";
        service.jdbc()
                .sql("UPDATE drop_batch SET dropped_at = dropped_at - interval '3 minutes' WHERE batch_id = ?")
                .param(batch.getId())
                .update();
        assertThat(problem(compound.post(volunteer, undo), 409)).isEqualTo("undo-too-late");
        service.jdbc()
                .sql("UPDATE drop_batch SET dropped_at = dropped_at + interval '3 minutes' WHERE batch_id = ?")
                .param(batch.getId())
                .update();

        compound.post(
                        compound.member(household, "resident"),
                        "/tasks/" + batch.getItems().getFirst().getId() + "/confirmation")
                .expectStatus()
                .isOk();

        assertThat(problem(compound.post(volunteer, undo), 409)).isEqualTo("task-closed");
        assertThat(compound.tasks(volunteer, "?state=dropped")).hasSize(1);
    }

    @Test
    void a_batch_is_dropped_whole_or_not_at_all() {
        var volunteer = compound.volunteer(10_000);
        var household = UUID.randomUUID();
        var ready = carried(volunteer, household, 1);
        var parcel = new Compound.Parcel(UUID.randomUUID(), 3, household, twelve, 100);
        compound.ready(parcel, true);
        var accepted = compound.accepted(volunteer, parcel).getId();
        var elsewhere = carried(volunteer, UUID.randomUUID(), 1);

        assertThat(problem(dropAll(volunteer, List.of(ready.getFirst(), accepted)), 409))
                .isEqualTo("task-not-collected");
        assertThat(problem(dropAll(volunteer, List.of(ready.getFirst(), elsewhere.getFirst())), 422))
                .isEqualTo("not-one-door");
        assertThat(problem(dropAll(volunteer, List.of(ready.getFirst(), UUID.randomUUID())), 404))
                .isEqualTo("task-not-found");
        var photo = new HashMap<String, Object>(Map.of("kind", "photo"));
        assertThat(problem(compound.post(volunteer, "/tasks/drops", Map.of("taskIds", ready, "proof", photo)), 422))
                .isEqualTo("photo-incomplete");

        assertThat(compound.tasks(volunteer, "?state=collected")).hasSize(2);
    }

    @Test
    void a_floor_leader_confirms_on_behalf_but_not_what_they_carried() {
        var volunteer = compound.volunteer(10_000);
        var task = compound.dropped(volunteer, compound.ready(twelve, 100));
        var path = "/tasks/" + task.getId() + "/confirmation";
        var elsewhere = compound.floorLeader(UUID.randomUUID(), UUID.randomUUID());

        assertThat(problem(compound.post(elsewhere, path), 404)).isEqualTo("task-not-found");
        assertThat(problem(compound.post(compound.floorLeader(volunteer.id(), twelve), path), 409))
                .isEqualTo("own-delivery");
        compound.post(compound.floorLeader(UUID.randomUUID(), twelve), path)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.confirmedBy")
                .isEqualTo("floor-leader");
    }

    private RouteEntry route(Compound.Member volunteer) {
        return volunteer
                .client()
                .get()
                .uri(compound.path("/routes/me"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(RouteEntry.class)
                .returnResult()
                .getResponseBody();
    }

    @Test
    void a_route_shows_the_own_stops_and_to_the_coordinator_everybodys() {
        var near = compound.building("3 号楼", 10, 0);
        var volunteer = compound.volunteer(10_000);
        var far = compound.accepted(volunteer, compound.ready(twelve, 300));
        var first = compound.accepted(volunteer, compound.ready(near, 200));
        var idle = compound.member("volunteer");

        var mine = route(volunteer);

        assertThat(mine.getStops()).extracting(RouteStop::getTaskId).containsExactly(first.getId(), far.getId());
        assertThat(mine.getStops()).extracting(RouteStop::getEta).isSorted();
        assertThat(mine.getLoadGrams()).isEqualTo(500);
        assertThat(route(idle).getStops()).isEmpty();
        volunteer
                .client()
                .get()
                .uri(compound.path("/routes"))
                .exchange()
                .expectStatus()
                .isForbidden();
        var all = coordinator
                .client()
                .get()
                .uri(compound.path("/routes"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(RoutePage.class)
                .returnResult()
                .getResponseBody();
        assertThat(all.getItems()).extracting(RouteEntry::getVolunteerId).containsExactly(volunteer.id());
    }

    @Test
    void a_coordinator_sees_changes_of_routes_live() {
        var volunteer = compound.volunteer(10_000);
        var stream = coordinator
                .client()
                .get()
                .uri(compound.path("/routes/stream"))
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(RoutePage.class)
                .getResponseBody();
        var told = stream.takeUntil(page -> !page.getItems().isEmpty())
                .collectList()
                .toFuture();

        compound.ready(twelve, 300);

        assertThat(told.orTimeout(15, java.util.concurrent.TimeUnit.SECONDS)
                        .join()
                        .getLast()
                        .getItems())
                .extracting(RouteEntry::getVolunteerId)
                .containsExactly(volunteer.id());
        volunteer
                .client()
                .get()
                .uri(compound.path("/routes/stream"))
                .exchange()
                .expectStatus()
                .isForbidden();
    }
}
