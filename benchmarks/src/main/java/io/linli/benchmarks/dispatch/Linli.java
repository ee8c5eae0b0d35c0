package io.linli.benchmarks.dispatch;

import io.linli.dispatch.engine.Budget;
import io.linli.dispatch.engine.Plan;
import io.linli.dispatch.engine.search.Solver;
import java.time.Duration;

/// The engine of dispatch-service.
record Linli() implements RoutePlanner {
    @Override
    public String name() {
        return "linli";
    }

    @Override
    public boolean canPlan(Instance instance) {
        return true;
    }

    @Override
    public Plan plan(Instance instance, Duration limit, long seed) {
        return new Solver(instance.problem(), seed).solve(new Budget.Time(limit), () -> false);
    }
}
