package io.linli.dispatch.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.Compound;
import io.linli.dispatch.DispatchApplication;
import io.linli.dispatch.api.DoorstepTask;
import io.linli.dispatch.api.TaskState;
import io.linli.kit.data.Ids;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Assignments that only the test starts.
class AssignTasksTests {

    private static final int REPLICAS = 6;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(DispatchApplication.class, "dispatch-service")
            .with("linli.dispatch.assign-every", "1h")
            .with("linli.dispatch.sweep-every", "1h")
            .with("linli.dispatch.assignment.plan-steps", "100")
            .with("linli.dispatch.tasks-per-run-max", "10");

    private Compound compound;
    private Compound.Member coordinator;
    private AssignTasks assignTasks;

    @BeforeEach
    void settle() {
        compound = new Compound(service);
        coordinator = compound.member("coordinator");
        assignTasks = service.bean(AssignTasks.class);
    }

    private List<Compound.Parcel> ready(int number, int weightGrams, UUID... buildings) {
        var parcels = new ArrayList<Compound.Parcel>();
        for (int i = 0; i < number; i++) {
            parcels.add(compound.ready(buildings[i % buildings.length], weightGrams));
        }
        Await.until("the tasks to wait", LIMIT, () -> tasks(TaskState.WAITING).size() == number);
        return parcels;
    }

    private List<DoorstepTask> tasks(TaskState state) {
        return compound.tasks(coordinator, "?limit=200&state=" + state.getValue());
    }

    private void ask() {
        service.jdbc()
                .sql("INSERT INTO due_assignment (id, community_id, due_at) VALUES (?, ?, 'epoch')")
                .params(Ids.next(), compound.community)
                .update();
    }

    @Test
    void a_building_goes_to_the_volunteer_who_is_nearest_and_whole() {
        var near = compound.building("near", 10, 0);
        var far = compound.building("far", 500, 0);
        ready(9, 1_000, near, far, far);
        compound.volunteer(3_000, 0);
        compound.volunteer(6_000, 480);

        assignTasks.assign(compound.community).block(LIMIT);

        var buildingsByVolunteer = tasks(TaskState.OFFERED).stream()
                .collect(Collectors.groupingBy(
                        DoorstepTask::getVolunteerId,
                        Collectors.mapping(DoorstepTask::getBuildingName, Collectors.toList())));
        assertThat(buildingsByVolunteer.values())
                .containsExactlyInAnyOrder(
                        List.of("near", "near", "near"), List.of("far", "far", "far", "far", "far", "far"));
    }

    @Test
    void the_way_goes_on_from_the_last_building_in_hand() {
        var east = compound.building("east", 100, 0);
        var west = compound.building("west", -100, 0);
        var goesEast = compound.volunteer(5_000);
        var first = ready(1, 1_000, east).getFirst();
        assignTasks.assign(compound.community).block(LIMIT);
        compound.await(goesEast, first, TaskState.OFFERED);
        compound.volunteer(5_000);
        var second = ready(1, 1_000, east).getFirst();
        var third = compound.ready(west, 1_000);
        compound.await(coordinator, third, TaskState.WAITING);

        assignTasks.assign(compound.community).block(LIMIT);

        compound.await(goesEast, second, TaskState.OFFERED);
        assertThat(compound.await(coordinator, third, TaskState.OFFERED).getVolunteerId())
                .isNotEqualTo(goesEast.id());
    }

    @Test
    void nothing_due_means_nothing_done() {
        compound.volunteer(5_000);
        ready(1, 1_000, compound.building("1", 10, 0));
        service.jdbc()
                .sql("DELETE FROM due_assignment WHERE community_id = ?")
                .param(compound.community)
                .update();

        assignTasks.assign(compound.community).block(LIMIT);
        assertThat(tasks(TaskState.OFFERED)).isEmpty();

        assignTasks.sweep().block(LIMIT);
        assignTasks.assignDue().block(LIMIT);
        assertThat(tasks(TaskState.OFFERED)).hasSize(1);
    }

    @Test
    void replicas_that_assign_at_once_keep_every_limit() throws Exception {
        for (int i = 0; i < 8; i++) {
            compound.volunteer(5_000);
        }
        ready(100, 900, compound.building("1", 10, 0), compound.building("2", 80, 30));
        var replicas = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < REPLICAS; i++) {
            replicas.add(() -> {
                for (int round = 0; round < 10; round++) {
                    ask();
                    assignTasks.assign(compound.community).block(LIMIT);
                }
                return true;
            });
        }

        try (var threads = Executors.newFixedThreadPool(REPLICAS)) {
            for (var done : threads.invokeAll(replicas)) {
                assertThat(done.get()).isTrue();
            }
        }

        var perVolunteer = tasks(TaskState.OFFERED).stream()
                .collect(Collectors.groupingBy(DoorstepTask::getVolunteerId, Collectors.counting()));
        assertThat(perVolunteer.values()).hasSize(8).containsOnly(5L);
        assertThat(tasks(TaskState.WAITING)).hasSize(60);
    }
}
