package io.linli.dispatch.engine.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.dispatch.engine.Budget;
import io.linli.dispatch.engine.Job;
import io.linli.dispatch.engine.Load;
import io.linli.dispatch.engine.Matrix;
import io.linli.dispatch.engine.Objective;
import io.linli.dispatch.engine.Plan;
import io.linli.dispatch.engine.Problem;
import io.linli.dispatch.engine.Reason;
import io.linli.dispatch.engine.Recommendation;
import io.linli.dispatch.engine.Vehicle;
import io.linli.dispatch.engine.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PlannerTests {
    private static final Plan EMPTY = new Plan(List.of(), List.of(0), 0);
    private static final Job JOB = new Job(1, new Load(10, 10), 5, new Window(0, 100), 0);
    private static final Vehicle VEHICLE =
            Problems.vehicle(new Vehicle.Way(0, 0, 0), new Load(10, 10), new Window(0, 100));

    /// A plan of all jobs but the last, which is undone.
    private record Begun(Problem problem, Planner planner, int last) {
        static Begun of(long seed) {
            var problem = Problems.any(seed);
            int last = problem.jobs().size() - 1;
            var whole = new Solver(problem, seed).solve(new Budget.Iterations(200), () -> false);
            var routes = new ArrayList<Plan.Route>();
            for (var route : whole.routes()) {
                var trips = route.trips().stream()
                        .map(trip -> trip.stream().filter(job -> job != last).toList())
                        .filter(trip -> !trip.isEmpty())
                        .toList();
                routes.add(new Plan.Route(route.vehicle(), trips));
            }
            return new Begun(problem, new Planner(problem, new Plan(routes, List.of(), 0)), last);
        }
    }

    @Test
    void what_is_recommended_first_costs_what_it_says_and_moves_nothing_else() {
        for (int seed = 0; seed < 200; seed++) {
            var begun = Begun.of(seed);
            var before = begun.planner().plan();
            long cost = PlanCheck.holds(begun.problem(), before);
            var best = begun.planner().recommend(begun.last(), 3);

            var after = begun.planner().insert(begun.last());

            if (best.isEmpty()) {
                assertThat(after).isEqualTo(before);
            } else {
                assertThat(best).isSortedAccordingTo((one, other) -> Long.compare(one.cost(), other.cost()));
                assertThat(PlanCheck.holds(begun.problem(), after) - cost)
                        .isEqualTo(best.getFirst().cost());
                assertThat(without(after, begun.last())).isEqualTo(without(before, begun.last()));
            }
        }
    }

    private static List<Plan.Route> without(Plan plan, int job) {
        return plan.routes().stream()
                .map(route -> new Plan.Route(
                        route.vehicle(),
                        route.trips().stream()
                                .map(trip -> trip.stream()
                                        .filter(each -> each != job)
                                        .toList())
                                .filter(trip -> !trip.isEmpty())
                                .toList()))
                .filter(route -> !route.trips().isEmpty())
                .toList();
    }

    @Test
    void the_parts_of_a_cost_are_its_sum_and_nothing_is_recommended_against_a_hindrance() {
        for (int seed = 0; seed < 200; seed++) {
            var begun = Begun.of(seed);

            var all = begun.planner().recommend(begun.last(), 100);

            assertThat(all)
                    .allSatisfy(one -> assertThat(one.cost())
                            .isEqualTo(one.walking() + one.late() + one.unfair() + one.reluctance()));
            assertThat(all).extracting(Recommendation::vehicle).doesNotHaveDuplicates();
            assertThat(begun.planner().hindrances(begun.last()).isEmpty()).isEqualTo(!all.isEmpty());
        }
    }

    @Test
    void who_has_done_least_is_recommended_first_when_the_way_is_the_same() {
        var busy = with(VEHICLE, vehicle -> new Vehicle.Effort(1_000, 7_200));
        var idle = with(VEHICLE, vehicle -> new Vehicle.Effort(1_000, 60));
        var fair = problem(JOB, List.of(busy, idle), Set.of(), new Objective(0, 0.1, 0, 0));
        var plain = problem(JOB, List.of(busy, idle), Set.of(), Objective.DISTANCE);

        assertThat(new Planner(fair, EMPTY).recommend(0, 2))
                .extracting(Recommendation::vehicle)
                .containsExactly(1, 0);
        assertThat(new Planner(plain, EMPTY).recommend(0, 2))
                .extracting(Recommendation::vehicle)
                .containsExactly(0, 1);
    }

    @Test
    void a_pinned_job_stays_with_whom_it_is_promised_to_even_for_what_is_needed_more() {
        var promised = bound(JOB, new Job.Bond(0, 0), 1);
        var urgent = bound(JOB, Job.Bond.NONE, 9);
        var problem = new Problem(matrix(), List.of(promised, urgent), List.of(VEHICLE), Set.of(), Objective.DISTANCE);

        var plan = new Solver(problem, 1).solve(new Budget.Iterations(500), () -> false);

        assertThat(plan.undone()).containsExactly(1);
    }

    @Test
    void each_hindrance_is_told_by_its_name() {
        var window = new Job(1, new Load(1, 1), 5, new Window(0, 5), 0);
        var long_ = new Job(1, new Load(1, 1), 95, new Window(0, 100), 0);
        var heavy = new Job(1, new Load(11, 1), 5, new Window(0, 100), 0);

        assertThat(hindrances(window)).containsExactly(Reason.WINDOW);
        assertThat(hindrances(long_)).containsExactly(Reason.SHIFT);
        assertThat(hindrances(heavy)).containsExactly(Reason.CAPACITY);
        assertThat(hindrances(asking(new Job.Asks(1, 0, 0, 0, -1, -1)))).containsExactly(Reason.SKILL);
        assertThat(hindrances(asking(new Job.Asks(0, 0, 2, 0, -1, -1)))).containsExactly(Reason.EXPOSURE);
        assertThat(hindrances(asking(new Job.Asks(0, 0, 0, 4, -1, -1)))).containsExactly(Reason.ACCESS);
        assertThat(hindrances(asking(new Job.Asks(0, 0, 0, 0, 7, -1)))).containsExactly(Reason.ACCESS);
        assertThat(hindrances(asking(new Job.Asks(0, 0, 0, 0, -1, 1)))).containsExactly(Reason.STATION);
        assertThat(hindrances(bound(JOB, new Job.Bond(1, 0), 1))).containsExactly(Reason.PINNED);
        assertThat(hindrances(JOB)).isEmpty();
        var refused = problem(JOB, List.of(able()), Set.of(new Problem.Refusal(0, 0)), Objective.DISTANCE);
        assertThat(new Planner(refused, EMPTY).hindrances(0)).containsExactly(Reason.REFUSED);
    }

    @Test
    void a_trip_that_is_full_hinders_by_capacity_and_minutes_used_up_by_the_shift() {
        var both = List.of(JOB, JOB);
        var full = new Problem(matrix(), both, List.of(VEHICLE), Set.of(), Objective.DISTANCE);
        var wide = Problems.vehicle(VEHICLE.way(), new Load(100, 100), VEHICLE.shift());
        var tired = with(wide, _ -> new Vehicle.Effort(26, 0));
        var used = new Problem(matrix(), both, List.of(tired), Set.of(), Objective.DISTANCE);
        var first = new Plan(List.of(new Plan.Route(0, List.of(List.of(0)))), List.of(1), 20);

        assertThat(new Planner(full, first).hindrances(1)).containsExactly(Reason.CAPACITY);
        assertThat(new Planner(used, first).hindrances(1)).containsExactly(Reason.SHIFT);
    }

    @Test
    void what_is_planned_cannot_be_asked_about() {
        var planner = new Planner(problem(JOB, List.of(VEHICLE), Set.of(), Objective.DISTANCE), EMPTY);
        planner.insert(0);

        assertThatThrownBy(() -> planner.recommend(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Set<Reason> hindrances(Job job) {
        return new Planner(problem(job, List.of(able()), Set.of(), Objective.DISTANCE), EMPTY).hindrances(0);
    }

    private static Vehicle able() {
        var ability = new Vehicle.Ability(2, 1, 3, Set.of(5));
        return new Vehicle(VEHICLE.way(), VEHICLE.capacity(), VEHICLE.shift(), 0, 1, ability, Vehicle.Effort.FREE);
    }

    private static Vehicle with(Vehicle vehicle, UnaryOperator<Vehicle.Effort> effort) {
        return new Vehicle(
                vehicle.way(),
                vehicle.capacity(),
                vehicle.shift(),
                vehicle.reload(),
                vehicle.tripsMax(),
                vehicle.ability(),
                effort.apply(vehicle.effort()));
    }

    private static Job asking(Job.Asks asks) {
        return new Job(1, JOB.load(), 5, JOB.windows(), 0, Job.WHENEVER, asks, Job.Bond.NONE, 1);
    }

    private static Job bound(Job job, Job.Bond bond, int need) {
        return new Job(1, job.load(), 5, job.windows(), 0, Job.WHENEVER, job.asks(), bond, need);
    }

    private static Problem problem(Job job, List<Vehicle> vehicles, Set<Problem.Refusal> refused, Objective objective) {
        return new Problem(matrix(), List.of(job), vehicles, refused, objective);
    }

    /// Two places that are ten apart.
    private static Matrix matrix() {
        int[] entries = {0, 10, 10, 0};
        return new Matrix(2, entries, entries);
    }
}
