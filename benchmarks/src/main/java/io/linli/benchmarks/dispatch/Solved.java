package io.linli.benchmarks.dispatch;

import org.jspecify.annotations.Nullable;

/// One run of a planner on an instance.
///
/// *Units:* seconds; the gap in per cent of the best known cost.
///
/// @param undone customers left out; a plan with any has no gap
record Solved(
        String set,
        InstanceSet.Family family,
        String planner,
        double limit,
        String instance,
        long seed,
        String cost,
        int routes,
        int undone,
        @Nullable Double gap,
        double seconds) {}
