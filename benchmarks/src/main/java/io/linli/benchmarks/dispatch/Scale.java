package io.linli.benchmarks.dispatch;

import io.linli.dispatch.engine.Budget;
import io.linli.dispatch.engine.Objective;
import io.linli.dispatch.engine.search.Solver;
import java.util.List;
import java.util.stream.Stream;

/// What a plan takes as the compound grows.
///
/// *Units:* milliseconds for the first whole plan, microseconds for each further step, mebibytes held, the problem
/// included.
record Scale(int tasks, int volunteers, double first, double step, double memory, int undone) {
    private static final List<Integer> TASKS = List.of(100, 200, 500, 1_000, 2_000);
    private static final int TASKS_PER_VOLUNTEER = 7;
    private static final int STEPS = 4_000;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double BYTES_PER_MIB = 1 << 20;

    static Stream<Scale> run() {
        return TASKS.stream().map(Scale::of);
    }

    private static Scale of(int tasks) {
        int volunteers = tasks / TASKS_PER_VOLUNTEER;
        long before = used();
        var problem = new CompoundCase(tasks).problem(tasks, new int[volunteers], new Objective(5, 0.05, 0, 120));
        long begin = System.nanoTime();
        var solver = new Solver(problem, 1);
        solver.solve(new Budget.Iterations(0), () -> false);
        long planned = System.nanoTime();
        solver.solve(new Budget.Iterations(STEPS), () -> false);
        long end = System.nanoTime();
        double memory = (used() - before) / BYTES_PER_MIB;
        return new Scale(
                tasks,
                volunteers,
                (planned - begin) / NANOS_PER_MILLI,
                (end - planned) / NANOS_PER_MICRO / STEPS,
                memory,
                solver.solve(new Budget.Iterations(0), () -> false).undone().size());
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
