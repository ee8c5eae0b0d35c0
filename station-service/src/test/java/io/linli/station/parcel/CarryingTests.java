package io.linli.station.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.testing.ServiceUnderTest;
import io.linli.station.StationDay;
import io.linli.station.StationDay.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A volunteer carries a parcel up: what dispatch tells, what the volunteer does at the station.
class CarryingTests {
    @RegisterExtension
    static final ServiceUnderTest service = StationDay.station();

    private final UUID volunteer = UUID.randomUUID();
    private final UUID task = UUID.randomUUID();
    private StationDay day;
    private UUID household;
    private UUID parcel;

    @BeforeEach
    void aDoorstepParcelOnTheShelf() {
        day = StationDay.on(service);
        day.shelf(2, 2, 4);
        household = day.household(true, true);
        day.shelved(List.of(household));
        parcel = day.parcel(household).id();
    }

    private void tell(String type, UUID about, Map<String, Object> more) {
        var news = new HashMap<String, Object>(
                Map.of("taskId", about, "parcelId", parcel, "householdId", household, "volunteerId", volunteer));
        news.putAll(more);
        day.publish(type, about, news);
    }

    private void accepted(UUID about) {
        tell("task.accepted.v1", about, Map.of());
        StationDay.until("the acceptance is known", () -> lastReason().equals("task-accepted"));
    }

    private List<String> reasons() {
        return day.get(day.keeperToken(), "/parcels/" + parcel + "/custody")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .map(link -> link.path("reason").asString())
                .toList();
    }

    private String lastReason() {
        return reasons().getLast();
    }

    private Answer collect(UUID member, UUID about) {
        return day.post(day.token(member, "volunteer"), "/parcels/" + parcel + "/collection", Map.of("taskId", about));
    }

    private void untilState(String state) {
        StationDay.until(
                "the parcel is " + state, () -> day.parcel(household).state().equals(state));
    }

    @Test
    void a_parcel_goes_from_the_shelf_to_the_door() {
        accepted(task);

        assertThat(collect(volunteer, task).expect(200).body().path("state").asString())
                .isEqualTo("out-for-doorstep");
        tell("task.dropped.v1", task, Map.of("proof", Map.of("kind", "photo", "reference", "p", "sha256", "ab12")));
        untilState("dropped");
        tell("task.delivered.v1", task, Map.of("confirmedBy", "resident"));
        untilState("delivered");

        assertThat(reasons())
                .containsExactly(
                        "ordered",
                        "arrived",
                        "shelved",
                        "task-accepted",
                        "collected",
                        "dropped",
                        "confirmed: resident");
        service.events().await("parcel.collected.v1", heard -> heard.subject().equals(parcel));
        service.events().await("parcel.delivered.v1", heard -> heard.subject().equals(parcel));
        day.get(day.resident(household), "/pick-up-code").refused(404, "nothing-to-collect");
        assertThat(freeSlots()).isEqualTo(8);
    }

    private int freeSlots() {
        return day.get(day.keeperToken(), "/shelves")
                .body()
                .path("items")
                .path(0)
                .path("free")
                .asInt();
    }

    @Test
    void nobody_but_the_volunteer_who_accepted_collects() {
        collect(volunteer, task).refused(409, "not-your-task");
        accepted(task);

        collect(UUID.randomUUID(), task).refused(409, "not-your-task");
        collect(volunteer, UUID.randomUUID()).refused(409, "not-your-task");
        day.post(day.resident(household), "/parcels/" + parcel + "/collection", Map.of("taskId", task))
                .refused(403, "role-required");
        tell("task.released.v1", task, Map.of());
        StationDay.until("the release is known", () -> lastReason().equals("task-released"));
        collect(volunteer, task).refused(409, "not-your-task");
    }

    @Test
    void a_parcel_that_comes_back_is_shelved_again_and_waits_after_two_attempts() {
        for (var attempt = 1; attempt <= 2; attempt++) {
            var tried = UUID.randomUUID();
            accepted(tried);
            collect(volunteer, tried).expect(200);
            tell("task.failed.v1", tried, Map.of("reason", "not-home", "collected", true));
            untilState("ready");
            assertThat(day.parcel(household).doorstep()).isEqualTo(attempt < 2);
        }

        var told = service.events().heard("parcel.ready.v1").stream()
                .filter(heard -> heard.subject().equals(parcel))
                .map(heard -> heard.data().path("version").asLong())
                .toList();
        StationDay.until(
                "all three are told",
                () -> service.events().heard("parcel.ready.v1").stream()
                                .filter(heard -> heard.subject().equals(parcel))
                                .count()
                        == 3);
        assertThat(told).doesNotHaveDuplicates();
        day.handOver(day.label(household), day.code(household)).expect(201);
    }

    @Test
    void a_drop_that_was_told_by_mistake_is_undone_also_when_it_is_heard_later() {
        accepted(task);
        collect(volunteer, task).expect(200);

        tell("task.drop-undone.v1", task, Map.of());
        tell("task.dropped.v1", task, Map.of("proof", Map.of("kind", "voice")));

        StationDay.until("the undoing is known", () -> lastReason().equals("drop-undone"));
        assertThat(reasons()).endsWith("collected", "dropped", "drop-undone");
        assertThat(day.parcel(household).state()).isEqualTo("out-for-doorstep");
    }

    @Test
    void a_task_without_a_parcel_is_no_business_of_the_station() {
        var news = new HashMap<String, Object>(
                Map.of("taskId", task, "kind", "errand", "householdId", household, "volunteerId", volunteer));
        news.put("parcelId", null);
        day.publish("task.accepted.v1", task, news);

        StationDay.until("it was heard", () -> heardOfTasks() == 1);

        assertThat(lastReason()).isEqualTo("shelved");
    }

    private long heardOfTasks() {
        return service.jdbc()
                .sql("SELECT count(*) FROM inbox WHERE queue = 'station.tasks' AND community_id = ? AND state = 'done'")
                .param(day.community)
                .query(Long.class)
                .single();
    }

    /// The volunteer was faster than the station's word to dispatch.
    @Test
    void a_failure_told_as_uncollected_brings_a_collected_parcel_back() {
        accepted(task);
        collect(volunteer, task).expect(200);

        tell("task.failed.v1", task, Map.of("reason", "not-home", "collected", false));

        untilState("ready");
        assertThat(reasons()).endsWith("brought-back: not-home", "shelved");
    }

    @Test
    void without_room_what_comes_back_waits_at_the_gate() {
        accepted(task);
        collect(volunteer, task).expect(200);
        day.shelved(day.households(8));

        tell("task.failed.v1", task, Map.of("reason", "refused", "collected", true));

        untilState("arrived");
        assertThat(lastReason()).isEqualTo("brought-back: refused");
    }

    @Test
    void a_task_that_fails_uncollected_is_told_again() {
        accepted(task);

        tell("task.failed.v1", task, Map.of("reason", "unsafe", "collected", false));

        StationDay.until("the failure is known", () -> lastReason().equals("task-failed: unsafe"));
        var version = day.parcel(household).version();
        service.events()
                .await(
                        "parcel.ready.v1",
                        heard -> heard.subject().equals(parcel)
                                && heard.data().path("version").asLong() == version);
        collect(volunteer, task).refused(409, "not-your-task");
    }

    @Test
    void a_delivery_told_before_its_drop_ends_the_chain() {
        accepted(task);
        collect(volunteer, task).expect(200);
        tell("task.delivered.v1", task, Map.of("confirmedBy", "auto"));
        untilState("delivered");

        tell("task.dropped.v1", task, Map.of("proof", Map.of("kind", "photo", "reference", "p", "sha256", "ab12")));
        tell("task.failed.v1", task, Map.of("reason", "other", "collected", true));
        StationDay.until("all was heard", () -> heardOfTasks() == 4);

        assertThat(lastReason()).isEqualTo("confirmed: auto");
    }

    /// The resident at the counter and the volunteer at the shelf want the same parcel: exactly one gets it.
    @Test
    void a_hand_over_and_a_collection_exclude_each_other() throws Exception {
        accepted(task);
        var code = day.code(household);
        var label = day.label(household);

        List<Integer> statuses;
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 10)
                    .boxed()
                    .flatMap(_ -> Stream.<Callable<Answer>>of(
                            () -> day.handOver(label, code), () -> collect(volunteer, task)))
                    .toList();
            statuses = people.invokeAll(calls).stream()
                    .map(done -> done.resultNow().status())
                    .toList();
        }

        assertThat(statuses.stream().filter(status -> status < 300)).hasSize(1);
        assertThat(statuses.stream().filter(status -> status >= 300)).containsOnly(409);
        assertThat(day.parcel(household).state()).isIn("handed-over", "out-for-doorstep");
    }

    @Test
    void a_parcel_is_written_off_by_the_station_only() {
        var path = "/parcels/" + parcel + "/failure";
        day.post(day.resident(household), path, Map.of("reason", "damaged")).refused(403, "role-required");
        day.post(day.keeperToken(), path, Map.of("reason", "refused")).expect(400);

        var failed = day.post(day.token(UUID.randomUUID(), "coordinator"), path, Map.of("reason", "undeliverable"));

        assertThat(failed.expect(200).body().path("failure").asString()).isEqualTo("undeliverable");
        day.post(day.keeperToken(), path, Map.of("reason", "damaged")).refused(409, "parcel-not-on-shelf");
        service.events().await("parcel.failed.v1", heard -> heard.subject().equals(parcel));
        assertThat(freeSlots()).isEqualTo(8);
    }

    @Test
    void a_resident_sees_the_own_households_parcels_only() {
        var stranger = day.resident(UUID.randomUUID());

        day.get(day.resident(household), "/parcels/" + parcel).expect(200);
        day.get(day.resident(household), "/parcels/" + parcel + "/custody").expect(200);
        day.get(stranger, "/parcels/" + parcel).refused(404, "parcel-unknown");
        day.get(stranger, "/parcels/" + parcel + "/custody").refused(404, "parcel-unknown");
        day.get(stranger, "/parcels?householdId=" + household).refused(404, "household-unknown");
        assertThat(day.get(stranger, "/parcels")
                        .expect(200)
                        .body()
                        .path("items")
                        .size())
                .isZero();
        assertThat(day.get(day.resident(household), "/parcels")
                        .body()
                        .path("items")
                        .size())
                .isEqualTo(1);
        for (var path : List.of("/consignments", "/shelves")) {
            day.get(day.resident(household), path).refused(403, "role-required");
        }
        var foreign = day.elsewhere();
        foreign.get(foreign.keeperToken(), "/parcels/" + parcel).refused(404, "parcel-unknown");
    }
}
