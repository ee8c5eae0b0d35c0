package io.linli.dispatch.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.task.Needs;
import io.linli.dispatch.task.Offer;
import io.linli.dispatch.task.Place;
import io.linli.dispatch.task.TaskKind;
import io.linli.dispatch.task.WaitingTask;
import io.linli.dispatch.task.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class NearestBuildingTests {

    private static final UUID AN = new UUID(1, 1);
    private static final UUID BO = new UUID(1, 2);
    private static final UUID EAST = new UUID(2, 1);
    private static final UUID WEST = new UUID(2, 2);

    private int tasks;

    private WaitingTask task(UUID building, double x, double y, int weightGrams, UUID household, UUID... barred) {
        var needs = new Needs(Set.of(), 1, Window.ANY, false);
        var id = new UUID(3, tasks++);
        return new WaitingTask(
                id, TaskKind.DELIVERY, household, building, x, y, 5, true, weightGrams, needs, Set.of(barred));
    }

    private WaitingTask east(int weightGrams, UUID... barred) {
        return task(EAST, 100, 0, weightGrams, UUID.randomUUID(), barred);
    }

    private WaitingTask west(int weightGrams, UUID... barred) {
        return task(WEST, -100, 0, weightGrams, UUID.randomUUID(), barred);
    }

    private static Carrier carrier(UUID volunteer, double x, double y, long freeGrams) {
        return new Carrier(volunteer, new Place(x, y), freeGrams);
    }

    @Test
    void the_nearest_volunteer_is_offered_the_task() {
        var carriers = List.of(carrier(AN, -80, 0, 10_000), carrier(BO, 80, 0, 10_000));
        var task = east(1_000);

        assertThat(NearestBuilding.plan(carriers, List.of(task))).containsExactly(new Offer(task.id(), BO));
    }

    @Test
    void walking_goes_along_the_paths_and_not_across_the_lawn() {
        assertThat(NearestBuilding.walkingMetres(new Place(-30, 10), task(EAST, 10, -20, 1, AN)))
                .isEqualTo(70);
    }

    @Test
    void all_tasks_of_a_building_go_to_one_volunteer_while_the_load_allows() {
        var carriers = List.of(carrier(AN, 0, 0, 3_000), carrier(BO, 0, 0, 10_000));
        var waiting = List.of(east(1_000), west(1_000), east(1_000), west(1_000), east(1_000));

        var byBuilding = volunteersByBuilding(waiting, NearestBuilding.plan(carriers, waiting));

        assertThat(byBuilding.get(EAST)).containsExactly(AN, AN, AN);
        assertThat(byBuilding.get(WEST)).containsExactly(BO, BO);
    }

    private static Map<UUID, List<UUID>> volunteersByBuilding(List<WaitingTask> waiting, List<Offer> offers) {
        var buildings = waiting.stream().collect(Collectors.toMap(WaitingTask::id, WaitingTask::building));
        return offers.stream()
                .collect(Collectors.groupingBy(
                        offer -> buildings.get(offer.task()),
                        Collectors.mapping(Offer::volunteer, Collectors.toList())));
    }

    @Test
    void what_one_volunteer_cannot_carry_goes_to_the_next() {
        var carriers = List.of(carrier(AN, 90, 0, 2_000), carrier(BO, 0, 0, 2_000));
        var waiting = List.of(east(1_500), east(1_500), east(1_500));

        var offers = NearestBuilding.plan(carriers, waiting);

        assertThat(offers).extracting(Offer::volunteer).containsExactly(AN, BO);
    }

    @Test
    void the_parcels_of_a_household_are_carried_together() {
        var household = UUID.randomUUID();
        var first = task(EAST, 100, 0, 1_000, household);
        var between = east(1_000);
        var second = task(EAST, 100, 0, 1_000, household);
        var carriers = List.of(carrier(AN, 90, 0, 2_000), carrier(BO, 0, 0, 2_000));

        var offers = NearestBuilding.plan(carriers, List.of(first, between, second));

        assertThat(offers)
                .containsExactlyInAnyOrder(
                        new Offer(first.id(), AN), new Offer(second.id(), AN), new Offer(between.id(), BO));
    }

    @Test
    void a_volunteer_who_refused_is_not_offered_the_task_again() {
        var carriers = List.of(carrier(AN, 90, 0, 10_000), carrier(BO, 0, 0, 10_000));
        var refused = east(1_000, AN);

        assertThat(NearestBuilding.plan(carriers, List.of(refused))).containsExactly(new Offer(refused.id(), BO));
        assertThat(NearestBuilding.plan(carriers, List.of(east(1_000, AN, BO)))).isEmpty();
    }

    @Test
    void of_equally_near_volunteers_the_one_with_fewer_new_tasks_goes() {
        var north = task(new UUID(2, 3), 0, 100, 1_000, AN);
        var carriers =
                List.of(carrier(AN, 0, 0, 1_000), carrier(BO, 200, 100, 9_000), carrier(new UUID(1, 3), 0, 0, 9_000));

        var offers = NearestBuilding.plan(carriers, List.of(north, task(new UUID(2, 4), 0, 100, 1_000, BO)));

        assertThat(offers).extracting(Offer::volunteer).containsExactly(AN, new UUID(1, 3));
    }

    @Test
    void the_building_that_waits_longest_comes_first() {
        var old = west(1_000);
        var young = east(1_000);

        var offers = NearestBuilding.plan(List.of(carrier(AN, 90, 0, 1_000)), List.of(old, young));

        assertThat(offers).containsExactly(new Offer(old.id(), AN));
    }

    @Test
    void nobody_on_shift_or_too_heavy_leaves_the_task_waiting() {
        assertThat(NearestBuilding.plan(List.of(), List.of(east(1)))).isEmpty();
        assertThat(NearestBuilding.plan(List.of(carrier(AN, 0, 0, 999)), List.of(east(1_000))))
                .isEmpty();
    }

    @RepeatedTest(100)
    void no_plan_breaks_a_limit_or_offers_a_task_twice(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var carriers = new ArrayList<Carrier>();
        for (int i = 0; i < random.nextInt(12); i++) {
            carriers.add(carrier(new UUID(1, i), random.nextInt(400), random.nextInt(400), random.nextInt(20_000)));
        }
        var waiting = new ArrayList<WaitingTask>();
        for (int i = 0; i < random.nextInt(120); i++) {
            var building = random.nextInt(15);
            waiting.add(task(
                    new UUID(2, building),
                    building * 40,
                    building * 7 % 50,
                    1 + random.nextInt(6_000),
                    new UUID(4, random.nextInt(60)),
                    new UUID(1, random.nextInt(12))));
        }

        var offers = NearestBuilding.plan(carriers, waiting);

        var byId = waiting.stream().collect(Collectors.toMap(WaitingTask::id, task -> task));
        assertThat(offers).extracting(Offer::task).doesNotHaveDuplicates();
        var loads = new HashMap<UUID, Long>();
        for (var offer : offers) {
            var task = byId.get(offer.task());
            assertThat(task.barred()).doesNotContain(offer.volunteer());
            loads.merge(offer.volunteer(), task.weightGrams(), Long::sum);
        }
        var free = carriers.stream().collect(Collectors.toMap(Carrier::volunteer, Carrier::freeGrams));
        loads.forEach((volunteer, load) -> assertThat(load).isLessThanOrEqualTo(free.get(volunteer)));
        var offered = offers.stream().map(Offer::task).collect(Collectors.toSet());
        waiting.stream()
                .filter(task -> !offered.contains(task.id()))
                .forEach(left -> assertThat(carriers)
                        .noneMatch(carrier ->
                                left.weightGrams() <= carrier.freeGrams() - loads.getOrDefault(carrier.volunteer(), 0L)
                                        && !left.barred().contains(carrier.volunteer())));
    }
}
