package io.linli.benchmarks.dispatch;

import io.linli.dispatch.engine.Budget;
import io.linli.dispatch.engine.Objective;
import io.linli.dispatch.engine.Plan;
import io.linli.dispatch.engine.Problem;
import io.linli.dispatch.engine.search.Planner;
import io.linli.dispatch.engine.search.Solver;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Four weeks of evenings with the same tasks, planned twice: for the shortest walk, and for fairness as well.
///
/// *Units:* minutes for the spread between who did most and who did least in a week, mean of the weeks; seconds walked.
record FourWeeks(double spread, long walked, int undone) {
    private static final int DAYS = 28;
    private static final int WEEK = 7;
    private static final int VOLUNTEERS = 30;
    private static final int TASKS = 90;
    private static final int STEPS = 6_000;
    private static final double SECONDS_PER_MINUTE = 60;

    static FourWeeks run(Objective objective) {
        int[][] done = new int[DAYS][VOLUNTEERS];
        long walked = 0;
        int undone = 0;
        for (int day = 0; day < DAYS; day++) {
            var problem = new CompoundCase(100 + day).problem(TASKS, before(done), objective);
            var plan = new Solver(problem, day).solve(new Budget.Iterations(STEPS), () -> false);
            done[day] = effort(problem, plan);
            walked += plan.distance();
            undone += plan.undone().size();
        }
        return new FourWeeks(spread(done), walked, undone);
    }

    private static int[] before(int[][] done) {
        return IntStream.range(0, VOLUNTEERS)
                .map(v -> Arrays.stream(done).mapToInt(day -> day[v]).sum())
                .toArray();
    }

    private static int[] effort(Problem problem, Plan plan) {
        var planner = new Planner(problem, plan);
        return IntStream.range(0, VOLUNTEERS).map(planner::effort).toArray();
    }

    private static double spread(int[][] done) {
        return IntStream.range(0, DAYS / WEEK)
                .mapToDouble(week -> {
                    var minutes = IntStream.range(0, VOLUNTEERS)
                            .map(v -> IntStream.range(week * WEEK, (week + 1) * WEEK)
                                    .map(day -> done[day][v])
                                    .sum())
                            .summaryStatistics();
                    return (minutes.getMax() - minutes.getMin()) / SECONDS_PER_MINUTE;
                })
                .average()
                .orElseThrow();
    }
}
