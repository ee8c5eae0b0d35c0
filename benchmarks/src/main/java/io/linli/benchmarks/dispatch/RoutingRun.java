package io.linli.benchmarks.dispatch;

import io.linli.dispatch.engine.Plan;
import io.linli.local.system.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Has planners plan every instance of a set, one after another, each seed anew.
///
/// @param out where the engine's solutions are written
record RoutingRun(Path out, int seeds, Progress say) {
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int PER_CENT = 100;

    List<Solved> run(InstanceSet set, RoutePlanner planner, Duration limit) {
        var solved = new ArrayList<Solved>();
        var plannable = set.instances().stream().filter(planner::canPlan).toList();
        if (plannable.isEmpty()) {
            say.say("  %s cannot express %s".formatted(planner.name(), set.name()));
            return solved;
        }
        // Planned once before, so that what is measured is the planner and not the compiler.
        plannable.stream().limit(2).forEach(instance -> planner.plan(instance, WARM_UP, 0));
        for (var instance : plannable) {
            for (int seed = 1; seed <= seeds; seed++) {
                solved.add(run(set, instance, planner, limit, seed));
            }
            say.say("  %-10s %s"
                    .formatted(instance.name(), told(solved.subList(solved.size() - seeds, solved.size()))));
        }
        return solved;
    }

    private Solved run(InstanceSet set, Instance instance, RoutePlanner planner, Duration limit, long seed) {
        long begin = System.nanoTime();
        var plan = planner.plan(instance, limit, seed);
        double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
        if (planner instanceof Linli) {
            SolutionFile.write(out, instance, seed, plan);
        }
        return new Solved(
                set.name(),
                set.family(),
                planner.name(),
                limit.toMillis() / 1_000.0,
                instance.name(),
                seed,
                instance.costText(plan.distance()),
                plan.routes().size(),
                plan.undone().size(),
                gap(set, instance, plan),
                seconds);
    }

    private static @Nullable Double gap(InstanceSet set, Instance instance, Plan plan) {
        var best = set.best().get(instance.name());
        if (best == null || !plan.undone().isEmpty()) {
            return null;
        }
        double known = instance.toDistance(best);
        return PER_CENT * (plan.distance() - known) / known;
    }

    private static String told(List<Solved> seeds) {
        var gaps = seeds.stream()
                .map(one -> one.gap() == null ? "-" : "%.2f %%".formatted(one.gap()))
                .toList();
        return String.join("  ", gaps);
    }
}
