package io.linli.dispatch.engine.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.engine.Budget;
import io.linli.dispatch.engine.Objective;
import io.linli.dispatch.engine.Plan;
import io.linli.dispatch.engine.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SolverTests {
    private static Plan solve(Problem problem, long seed, int steps) {
        return new Solver(problem, seed).solve(new Budget.Iterations(steps), () -> false);
    }

    @Test
    void every_plan_holds_all_limits_of_its_problem() {
        for (int seed = 0; seed < 400; seed++) {
            var problem = Problems.any(seed);

            PlanCheck.holds(problem, solve(problem, seed, 300));
        }
    }

    /// With all that a plan can cost: what the search adds up must be what a walk along the plan does.
    @Test
    void a_small_round_is_walked_in_the_best_order_there_is() {
        var objectives = List.of(Objective.DISTANCE, new Objective(2, 0.5, 0, 0));
        for (int seed = 0; seed < 30; seed++) {
            for (var objective : objectives) {
                var problem = Problems.oneRound(seed, 6, objective);
                long least = least(problem, new ArrayList<>());

                var plan = solve(problem, seed, 3_000);

                assertThat(plan.undone().isEmpty()).isEqualTo(least < Long.MAX_VALUE);
                if (plan.undone().isEmpty()) {
                    assertThat(PlanCheck.holds(problem, plan)).isEqualTo(least);
                }
            }
        }
    }

    /// Over all orders of the jobs; the largest number when none is possible.
    private static long least(Problem problem, List<Integer> begun) {
        if (begun.size() == problem.jobs().size()) {
            return costOf(problem, begun);
        }
        long best = Long.MAX_VALUE;
        for (int job = 0; job < problem.jobs().size(); job++) {
            if (!begun.contains(job)) {
                begun.addLast(job);
                best = Math.min(best, least(problem, begun));
                begun.removeLast();
            }
        }
        return best;
    }

    private static long costOf(Problem problem, List<Integer> order) {
        int walked = 0;
        int work = 0;
        int late = 0;
        int now = 0;
        int place = 0;
        for (int job : order) {
            var next = problem.jobs().get(job);
            int entry = place * problem.matrix().size() + next.place();
            int arrival = now + problem.matrix().times()[entry];
            var window =
                    next.windows().stream().filter(one -> arrival <= one.to()).findFirst();
            if (window.isEmpty()) {
                return Long.MAX_VALUE;
            }
            walked += problem.matrix().distances()[entry];
            work += problem.matrix().times()[entry] + next.service();
            int begin = Math.max(arrival, window.get().from());
            late += Math.max(0, begin - next.by());
            now = begin + next.service();
            place = next.place();
        }
        int home = place * problem.matrix().size();
        work += problem.matrix().times()[home];
        boolean isLate = now + problem.matrix().times()[home]
                > problem.vehicles().getFirst().shift().to();
        long others =
                (long) problem.objective().late() * late + problem.objective().unfairness(work);
        return isLate ? Long.MAX_VALUE : walked + problem.matrix().distances()[home] + others;
    }

    @Test
    void the_same_seed_and_steps_give_the_same_plan() {
        var problem = Problems.of(new SplittableRandom(7), 60, 5, 3);

        assertThat(solve(problem, 11, 2_000)).isEqualTo(solve(problem, 11, 2_000));
        assertThat(solve(problem, 12, 2_000)).isNotEqualTo(solve(problem, 11, 2_000));
    }

    @Test
    void more_steps_never_do_less_and_walk_less_on_the_whole() {
        var problem = Problems.of(new SplittableRandom(3), 120, 12, 2);

        var hasty = solve(problem, 1, 1);
        var patient = solve(problem, 1, 20_000);

        PlanCheck.holds(problem, hasty);
        PlanCheck.holds(problem, patient);
        assertThat(patient.undone().size()).isLessThanOrEqualTo(hasty.undone().size());
        assertThat(patient.distance()).isLessThan(hasty.distance() * 95 / 100);
    }

    @Test
    void it_can_be_stopped_at_any_moment_with_a_plan_that_holds() {
        var problem = Problems.of(new SplittableRandom(5), 80, 6, 3);
        var asked = new AtomicInteger();

        var plan =
                new Solver(problem, 1).solve(new Budget.Time(Duration.ofMinutes(1)), () -> asked.incrementAndGet() > 3);

        PlanCheck.holds(problem, plan);
        assertThat(asked).hasValue(4);
    }

    @Test
    void nothing_to_do_is_a_plan_and_so_is_nobody_to_do_it() {
        var three = Problems.oneRound(1, 3, Objective.DISTANCE);
        var nobody = new Problem(three.matrix(), three.jobs(), List.of(), Set.of(), Objective.DISTANCE);

        assertThat(solve(Problems.oneRound(1, 0, Objective.DISTANCE), 1, 100))
                .isEqualTo(new Plan(List.of(), List.of(), 0));
        assertThat(solve(nobody, 1, 100)).isEqualTo(new Plan(List.of(), List.of(0, 1, 2), 0));
    }

    @Test
    void a_plan_that_is_begun_anew_is_never_worse() {
        for (int seed = 0; seed < 40; seed++) {
            var problem = Problems.any(seed);
            var begun = solve(problem, seed, 300);

            var anew = new Solver(problem, begun, seed).solve(new Budget.Iterations(100), () -> false);

            long before = PlanCheck.holds(problem, begun);
            assertThat(anew.undone().size()).isLessThanOrEqualTo(begun.undone().size() + 2);
            if (anew.undone().equals(begun.undone())) {
                assertThat(PlanCheck.holds(problem, anew)).isLessThanOrEqualTo(before);
            }
        }
    }

    @Test
    void of_a_plan_for_other_limits_only_what_still_holds_is_taken_over() {
        for (int seed = 0; seed < 100; seed++) {
            var problem = Problems.any(seed);
            var other = Problems.any(seed + 1_000);
            var plan = solve(problem, seed, 100);
            var narrower = new Problem(
                    problem.matrix(),
                    problem.jobs(),
                    problem.vehicles().stream()
                            .map(vehicle -> Problems.vehicle(
                                    vehicle.way(),
                                    other.vehicles().getFirst().capacity(),
                                    other.vehicles().getFirst().shift()))
                            .toList(),
                    problem.refused(),
                    problem.objective());

            PlanCheck.holds(narrower, new Planner(narrower, plan).plan());
        }
    }
}
