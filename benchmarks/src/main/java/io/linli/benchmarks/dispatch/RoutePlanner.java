package io.linli.benchmarks.dispatch;

import io.linli.dispatch.engine.Plan;
import java.time.Duration;

/// Something that plans the routes of an instance, on one thread and in the time it is given.
interface RoutePlanner {
    String name();

    /// Whether it can express all that the instance asks.
    boolean canPlan(Instance instance);

    Plan plan(Instance instance, Duration limit, long seed);
}
