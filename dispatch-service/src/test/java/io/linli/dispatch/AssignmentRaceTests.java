package io.linli.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.dispatch.api.DoorstepTask;
import io.linli.dispatch.api.TaskState;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Many volunteers at once, and assignments that run beside each other.
class AssignmentRaceTests {

    private static final int TASKS = 120;
    private static final int VOLUNTEERS = 12;
    private static final int WEIGHT_GRAMS = 900;
    private static final int MAX_LOAD_GRAMS = 5_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(DispatchApplication.class, "dispatch-service")
            .with("linli.dispatch.assign-every", "20ms")
            .with("linli.dispatch.expire-every", "20ms");

    private Compound compound;
    private Compound.Member coordinator;

    @BeforeEach
    void settle() {
        compound = new Compound(service);
        coordinator = compound.member("coordinator");
    }

    @Test
    void a_consignment_is_offered_within_the_limits_and_grouped_by_building() {
        var volunteers = volunteers(VOLUNTEERS);
        var buildings =
                List.of(compound.building("1", 10, 0), compound.building("2", 200, 0), compound.building("3", 0, 300));
        for (int i = 0; i < TASKS; i++) {
            compound.ready(buildings.get(i % 3), WEIGHT_GRAMS);
        }

        Await.until(
                "all volunteers to be full",
                LIMIT,
                () -> count("offered") == VOLUNTEERS * 5 && count("waiting") == TASKS - VOLUNTEERS * 5);

        volunteers.forEach(volunteer -> assertThat(compound.load(volunteer)).isEqualTo(5 * WEIGHT_GRAMS));
        assertLoadsAddUp();
    }

    @Test
    void whatever_many_volunteers_do_at_once_each_task_ends_with_one_of_them() throws Exception {
        var volunteers = volunteers(VOLUNTEERS);
        var building = compound.building("1", 10, 0);
        for (int i = 0; i < TASKS; i++) {
            compound.ready(building, WEIGHT_GRAMS);
        }
        Await.until("tasks to come in", LIMIT, () -> count("waiting") + count("offered") == TASKS);

        var work = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < VOLUNTEERS; i++) {
            var random = new Random(i);
            var volunteer = volunteers.get(i);
            work.add(() -> answerOffers(volunteer, random));
            work.add(() -> answerOffers(volunteer, random));
        }
        var unexpected = 0;
        try (var clients = Executors.newFixedThreadPool(work.size())) {
            for (var done : clients.invokeAll(work)) {
                unexpected += done.get();
            }
        }

        assertThat(unexpected)
                .as("answers other than accepted, refused or too late")
                .isZero();
        assertLoadsAddUp();
        assertThat(service.jdbc()
                        .sql(
                                "SELECT count(*) FROM task t JOIN task_pass p ON p.subject_id = t.parcel_id AND p.volunteer_id = t.volunteer_id WHERE t.community_id = ?")
                        .param(compound.community)
                        .query(Long.class)
                        .single())
                .as("tasks held by somebody who refused them")
                .isZero();
        assertAcceptedOnce();
    }

    /// Answers offers for a while, at random and twice at the same time; counts the answers nobody should get.
    private int answerOffers(Compound.Member volunteer, Random random) {
        var unexpected = 0;
        for (int round = 0; round < 15; round++) {
            for (var task : compound.tasks(volunteer, "?state=offered")) {
                var path = "/tasks/" + task.getId();
                var answer = random.nextInt(3) == 0
                        ? compound.post(volunteer, path + "/acceptance")
                        : compound.post(volunteer, path + "/refusal", Map.of());
                var status = answer.returnResult(String.class).getStatus().value();
                unexpected += status == 200 || status == 409 ? 0 : 1;
            }
        }
        return unexpected;
    }

    private void assertAcceptedOnce() {
        var accepted = compound.tasks(coordinator, "?limit=200&state=accepted");
        for (var task : accepted) {
            service.events().await("task.accepted.v1", heard -> heard.subject().equals(task.getId()));
        }
        for (var task : accepted) {
            var held = service.events().heard("task.accepted.v1").stream()
                    .filter(heard -> heard.subject().equals(task.getId()))
                    .count();
            var released = service.events().heard("task.released.v1").stream()
                    .filter(heard -> heard.subject().equals(task.getId()))
                    .count();
            assertThat(held - released).as("holders of task %s", task.getId()).isEqualTo(1);
        }
    }

    @Test
    void an_offer_above_the_limit_is_refused_by_the_database() {
        var volunteer = volunteers(1).getFirst();
        var building = compound.building("1", 10, 0);
        var heavy = compound.ready(building, MAX_LOAD_GRAMS + 1);
        var task = Await.untilPresent(
                "the heavy task",
                LIMIT,
                () -> compound.tasks(coordinator, "").stream()
                        .filter(found -> heavy.id().equals(found.getParcelId()))
                        .findFirst());

        var offer = service.jdbc()
                .sql("UPDATE task SET state = 'offered', volunteer_id = ?, offered_until = since WHERE task_id = ?")
                .param(volunteer.id())
                .param(task.getId());

        assertThatThrownBy(offer::update).hasMessageContaining("more than the limit");
        assertThat(compound.load(volunteer)).isZero();
    }

    @Test
    void of_two_volunteers_whose_answer_comes_at_once_the_holder_wins() throws Exception {
        var volunteer = volunteers(1).getFirst();
        var building = compound.building("1", 10, 0);
        var parcel = compound.ready(building, WEIGHT_GRAMS);
        DoorstepTask task = compound.await(volunteer, parcel, TaskState.OFFERED);
        var accepts = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 20; i++) {
            var asking = i % 2 == 0 ? volunteer : compound.member("volunteer");
            accepts.add(() -> compound.post(asking, "/tasks/" + task.getId() + "/acceptance")
                    .returnResult(String.class)
                    .getStatus()
                    .value());
        }

        var statuses = new ArrayList<Integer>();
        try (var clients = Executors.newFixedThreadPool(20)) {
            for (var answer : clients.invokeAll(accepts)) {
                statuses.add(answer.get());
            }
        }

        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(19);
    }

    private List<Compound.Member> volunteers(int number) {
        var volunteers = new ArrayList<Compound.Member>();
        for (int i = 0; i < number; i++) {
            volunteers.add(compound.volunteer(MAX_LOAD_GRAMS));
        }
        return volunteers;
    }

    private long count(String state) {
        return service.jdbc()
                .sql("SELECT count(*) FROM task WHERE community_id = ? AND state = ?")
                .param(compound.community)
                .param(state)
                .query(Long.class)
                .single();
    }

    /// The kept load of each volunteer is what the tasks in hand weigh, and within the limit.
    private void assertLoadsAddUp() {
        record Load(UUID volunteer, long kept, long held, long limit) {}
        var loads = service.jdbc()
                .sql("""
                        SELECT v.member_id AS volunteer, v.load_grams AS kept, v.max_load_grams AS "limit",
                               coalesce(sum(t.weight_grams), 0) AS held
                        FROM volunteer v
                        LEFT JOIN task t ON t.volunteer_id = v.member_id
                                        AND t.state IN ('offered', 'accepted', 'collected', 'on-the-way')
                        WHERE v.community_id = ? GROUP BY v.member_id""")
                .param(compound.community)
                .query(Load.class)
                .list();
        assertThat(loads).isNotEmpty().allSatisfy(load -> {
            assertThat(load.kept()).isEqualTo(load.held());
            assertThat(load.kept()).isLessThanOrEqualTo(load.limit());
        });
    }
}
