package io.linli.dispatch.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.route.RouteSettings;
import io.linli.dispatch.task.Needs;
import io.linli.dispatch.task.PlannedStop;
import io.linli.dispatch.task.TaskInHand;
import io.linli.dispatch.task.TaskKind;
import io.linli.dispatch.task.WaitingTask;
import io.linli.dispatch.task.Window;
import io.linli.dispatch.training.TrainingKind;
import io.linli.dispatch.volunteer.Abilities;
import io.linli.dispatch.volunteer.OnShift;
import io.linli.dispatch.volunteer.Skill;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanRoundTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final AssignmentSettings SETTINGS = new AssignmentSettings(
            500,
            Duration.ofMinutes(1),
            1,
            1,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            100,
            100,
            Duration.ofMinutes(30),
            5,
            0.05);
    private static final RouteSettings PACE = new RouteSettings(
            1, 20, 5, Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(15));
    private static final Abilities ABLE = new Abilities(Set.of(), Set.of(), null, null, null);
    private static final UUID BUILDING = UUID.randomUUID();
    private static final Needs NOTHING = new Needs(Set.of(), 1, Window.ANY, false);

    /// What a volunteer can be changed in.
    private record Who(
            Abilities abilities,
            Set<TrainingKind> trainings,
            @Nullable Long minutesLeft,
            int closedLeft,
            long given) {
        static final Who ANYBODY = new Who(ABLE, Set.of(), null, 3, 0);

        Who abilities(Abilities other) {
            return new Who(other, trainings, minutesLeft, closedLeft, given);
        }

        OnShift onShift(double x) {
            return new OnShift(
                    UUID.randomUUID(),
                    x,
                    0,
                    10_000,
                    NOW.plus(Duration.ofHours(2)),
                    abilities,
                    trainings,
                    minutesLeft,
                    Set.of(),
                    closedLeft,
                    given);
        }
    }

    private static Carrier carrier(UnaryOperator<Who> change) {
        return new Carrier(change.apply(Who.ANYBODY).onShift(0), List.of(), List.of());
    }

    private static WaitingTask task(UUID building, double x, int floor, Needs needs, UUID... barred) {
        return new WaitingTask(
                UUID.randomUUID(),
                TaskKind.DELIVERY,
                UUID.randomUUID(),
                building,
                x,
                0,
                floor,
                false,
                2_000,
                needs,
                Set.of(barred));
    }

    private static List<PlannedStop> plan(List<Carrier> carriers, WaitingTask... waiting) {
        return new PlanRound(new Round(carriers, List.of(waiting), NOW, SETTINGS, PACE), NOW, SETTINGS).plan();
    }

    private static boolean isOffered(UnaryOperator<Who> who, WaitingTask task) {
        return !plan(List.of(carrier(who)), task).isEmpty();
    }

    @Test
    void who_lacks_a_skill_or_a_training_is_not_asked() {
        var medicine = task(BUILDING, 50, 1, new Needs(Set.of("medicine"), 1, Window.ANY, false));
        var heavy = task(BUILDING, 50, 1, new Needs(Set.of("lifting"), 1, Window.ANY, false));
        var pharmacist = new Abilities(Set.of(Skill.MEDICINE), Set.of(), null, null, null);

        assertThat(isOffered(who -> who, medicine)).isFalse();
        assertThat(isOffered(who -> who.abilities(pharmacist), medicine)).isTrue();
        assertThat(isOffered(who -> who, heavy)).isFalse();
        assertThat(isOffered(who -> new Who(ABLE, Set.of(TrainingKind.LIFTING), null, 3, 0), heavy))
                .isTrue();
    }

    @Test
    void a_closed_building_needs_hygiene_and_exposure_left() {
        var closed = task(BUILDING, 50, 1, new Needs(Set.of(), 1, Window.ANY, true));
        var trained = Set.of(TrainingKind.HYGIENE);

        assertThat(isOffered(who -> who, closed)).isFalse();
        assertThat(isOffered(who -> new Who(ABLE, trained, null, 0, 0), closed)).isFalse();
        assertThat(isOffered(who -> new Who(ABLE, trained, null, 1, 0), closed)).isTrue();
    }

    @Test
    void no_more_closed_buildings_are_offered_than_may_be_entered() {
        var needs = new Needs(Set.of(), 1, Window.ANY, true);
        var trained = new Who(ABLE, Set.of(TrainingKind.HYGIENE), null, 1, 0);

        var stops = plan(
                List.of(carrier(_ -> trained)),
                task(BUILDING, 50, 1, needs),
                task(BUILDING, 50, 1, needs),
                task(UUID.randomUUID(), 60, 1, needs));

        assertThat(stops).hasSize(2).extracting(PlannedStop::number).containsExactly(1, 2);
    }

    @Test
    void buildings_and_stairs_that_a_volunteer_does_not_enter_are_left_out() {
        var high = task(BUILDING, 50, 6, NOTHING);
        var elsewhere = new Abilities(Set.of(), Set.of(UUID.randomUUID()), null, null, null);

        assertThat(isOffered(who -> who.abilities(elsewhere), high)).isFalse();
        assertThat(isOffered(who -> who.abilities(new Abilities(Set.of(), Set.of(BUILDING), 5, null, null)), high))
                .isTrue();
        assertThat(isOffered(who -> who.abilities(new Abilities(Set.of(), Set.of(), 4, null, null)), high))
                .isFalse();
    }

    @Test
    void minutes_left_and_the_end_of_the_shift_are_kept() {
        var near = task(BUILDING, 50, 1, NOTHING);
        var far = task(BUILDING, 4_000, 1, NOTHING);

        assertThat(isOffered(who -> new Who(ABLE, Set.of(), 3L, 3, 0), near)).isTrue();
        assertThat(isOffered(who -> new Who(ABLE, Set.of(), 2L, 3, 0), near)).isFalse();
        assertThat(isOffered(who -> who, far)).isFalse();
    }

    @Test
    void who_is_barred_is_not_asked() {
        var anybody = carrier(who -> who);

        assertThat(plan(List.of(anybody), task(BUILDING, 50, 1, NOTHING, anybody.volunteer())))
                .isEmpty();
    }

    @Test
    void of_two_who_are_equally_near_the_one_who_has_done_less_is_asked() {
        var busy = carrier(who -> new Who(ABLE, Set.of(), null, 3, 600));
        var idle = carrier(who -> who);

        var stops = plan(List.of(busy, idle), task(BUILDING, 50, 1, NOTHING));

        assertThat(stops).extracting(PlannedStop::volunteer).containsExactly(idle.volunteer());
    }

    @Test
    void what_is_needed_most_is_taken_when_not_all_can_be() {
        var needs = new Needs(Set.of(), 3, Window.ANY, false);
        var urgent = task(BUILDING, 900, 1, needs);
        var others = new WaitingTask[6];
        for (int i = 0; i < 5; i++) {
            others[i] = task(BUILDING, 50, 1, NOTHING);
        }
        others[5] = urgent;

        var stops = plan(List.of(carrier(who -> who)), others);

        assertThat(stops).hasSize(5).extracting(PlannedStop::task).contains(urgent.id());
    }

    @Test
    void what_has_to_be_there_earlier_is_gone_to_first() {
        var soon = new Needs(Set.of(), 1, new Window(null, NOW.plusSeconds(300)), false);
        var near = task(BUILDING, 100, 1, NOTHING);
        var due = task(UUID.randomUUID(), 200, 1, soon);

        var stops = plan(List.of(carrier(who -> who)), near, due);

        assertThat(stops).hasSize(2);
        var eta = stops.stream()
                .filter(stop -> stop.task().equals(due.id()))
                .findFirst()
                .orElseThrow()
                .eta();
        assertThat(eta).isBeforeOrEqualTo(NOW.plusSeconds(360));
    }

    @Test
    void what_is_promised_stays_and_what_is_carried_is_finished_first() {
        var onShift = Who.ANYBODY.onShift(0);
        var carried = inHand(onShift.volunteer(), "collected", 300, 1, NOW.plusSeconds(600));
        var promised = inHand(onShift.volunteer(), "accepted", 100, 2, null);
        var other = Who.ANYBODY.onShift(100);
        var carriers = Carrier.all(List.of(onShift, other), List.of(promised, carried));

        var stops = plan(carriers, task(BUILDING, 110, 1, NOTHING));

        var own = stops.stream()
                .filter(stop -> stop.task().equals(promised.id()))
                .findFirst()
                .orElseThrow();
        assertThat(own.volunteer()).isEqualTo(onShift.volunteer());
        assertThat(own.number()).isGreaterThan(1);
        assertThat(own.eta()).isAfter(NOW.plusSeconds(600));
        assertThat(stops).extracting(PlannedStop::task).doesNotContain(carried.id());
    }

    private static TaskInHand inHand(UUID volunteer, String state, double x, int stop, @Nullable Instant eta) {
        return new TaskInHand(
                UUID.randomUUID(),
                volunteer,
                TaskKind.DELIVERY,
                state,
                BUILDING,
                "1",
                x,
                0,
                1,
                false,
                "A-1",
                1_000,
                Window.ANY,
                stop,
                eta);
    }
}
