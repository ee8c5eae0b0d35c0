package io.linli.dispatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    @Test
    void a_small_round_is_walked_on_the_shortest_way_there_is() {
        for (int seed = 0; seed < 30; seed++) {
            var problem = Problems.oneRound(seed, 6);
            var shortest = shortest(problem, new ArrayList<>());

            var plan = solve(problem, seed, 3_000);

            assertThat(plan.undone().isEmpty()).isEqualTo(shortest < Long.MAX_VALUE);
            if (plan.undone().isEmpty()) {
                assertThat(plan.distance()).isEqualTo(shortest);
            }
        }
    }

    /// Over all orders of the jobs; the largest number when none is possible.
    private static long shortest(Problem problem, List<Integer> begun) {
        if (begun.size() == problem.jobs().size()) {
            return walked(problem, begun);
        }
        long best = Long.MAX_VALUE;
        for (int job = 0; job < problem.jobs().size(); job++) {
            if (!begun.contains(job)) {
                begun.addLast(job);
                best = Math.min(best, shortest(problem, begun));
                begun.removeLast();
            }
        }
        return best;
    }

    private static long walked(Problem problem, List<Integer> order) {
        long walked = 0;
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
            now = Math.max(arrival, window.get().from()) + next.service();
            place = next.place();
        }
        int home = place * problem.matrix().size();
        var isLate = now + problem.matrix().times()[home]
                > problem.vehicles().getFirst().shift().to();
        return isLate ? Long.MAX_VALUE : walked + problem.matrix().distances()[home];
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
        var nobody = new Problem(
                Problems.oneRound(1, 3).matrix(), Problems.oneRound(1, 3).jobs(), List.of());

        assertThat(solve(Problems.oneRound(1, 0), 1, 100)).isEqualTo(new Plan(List.of(), List.of(), 0));
        assertThat(solve(nobody, 1, 100)).isEqualTo(new Plan(List.of(), List.of(0, 1, 2), 0));
    }
}
