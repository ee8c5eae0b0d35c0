package io.linli.benchmarks.dispatch;

import io.linli.dispatch.engine.Budget;
import io.linli.dispatch.engine.Job;
import io.linli.dispatch.engine.Objective;
import io.linli.dispatch.engine.Plan;
import io.linli.dispatch.engine.Problem;
import io.linli.dispatch.engine.Window;
import io.linli.dispatch.engine.search.Planner;
import io.linli.dispatch.engine.search.Solver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One evening of 200 promised tasks, into which further ones come: how fast volunteers are recommended, and how many
/// promises a plan keeps that takes one more task in.
///
/// *Units:* milliseconds; kept as a share of 1.
record Evening(List<Double> recommended, List<Double> recommendedAnew, List<Double> kept, int placed) {
    private static final int PROMISED = 200;
    private static final int VOLUNTEERS = 30;
    private static final int NEW = 40;
    private static final int ROUNDS = 20;
    private static final int SLOT = 1_800;
    private static final int BEST = 5;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final Duration AT_LENGTH = Duration.ofSeconds(3);
    private static final Duration AT_ONCE = Duration.ofMillis(500);
    private static final Objective OBJECTIVE = new Objective(5, 0.05, 900, 120);

    static Evening run() {
        var evening = new Evening(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), 0);
        var whole = new CompoundCase(1).problem(PROMISED + NEW, new int[VOLUNTEERS], OBJECTIVE);
        var known = first(whole, PROMISED, Map.of());
        var plan = new Solver(known, 1).solve(new Budget.Time(AT_LENGTH), () -> false);
        evening.recommend(whole, plan);
        int placed = 0;
        for (int task = PROMISED; task < PROMISED + NEW; task++) {
            placed += evening.insert(whole, known, plan, task) ? 1 : 0;
        }
        return new Evening(evening.recommended, evening.recommendedAnew, evening.kept, placed);
    }

    /// With the plan at hand, and with the plan read anew for each question, as a service without memory would.
    private void recommend(Problem whole, Plan plan) {
        var planner = new Planner(whole, plan);
        for (int round = 0; round < ROUNDS; round++) {
            for (int task = PROMISED; task < PROMISED + NEW; task++) {
                long begin = System.nanoTime();
                planner.recommend(task, BEST);
                long middle = System.nanoTime();
                new Planner(whole, plan).recommend(task, BEST);
                recommended.add((middle - begin) / NANOS_PER_MILLI);
                recommendedAnew.add((System.nanoTime() - middle) / NANOS_PER_MILLI);
            }
        }
    }

    /// Whether the task found a place.
    private boolean insert(Problem whole, Problem known, Plan plan, int task) {
        var told = new Planner(known, plan);
        var promises = new HashMap<Integer, Promise>();
        plan.routes()
                .forEach(route -> route.trips()
                        .forEach(trip -> trip.forEach(
                                job -> promises.put(job, new Promise(route.vehicle(), slot(told.begin(job)))))));
        var jobs = new ArrayList<>(first(whole, PROMISED, promises).jobs());
        jobs.add(whole.jobs().get(task));
        var more = new Problem(whole.matrix(), jobs, whole.vehicles(), known.refused(), OBJECTIVE);
        var after = new Solver(more, plan, task).solve(new Budget.Time(AT_ONCE), () -> false);
        var begun = new Planner(more, after);
        long held = after.routes().stream()
                .flatMap(route -> route.trips().stream()
                        .flatMap(List::stream)
                        .filter(job -> job < PROMISED
                                && promises.containsKey(job)
                                && promises.get(job).equals(new Promise(route.vehicle(), slot(begun.begin(job))))))
                .count();
        kept.add((double) held / promises.size());
        return !after.undone().contains(PROMISED);
    }

    /// To whom a task is promised and when.
    private record Promise(int vehicle, int slot) {}

    private static int slot(int begin) {
        return begin / SLOT;
    }

    /// The first tasks, those that are promised only within their slots.
    private static Problem first(Problem whole, int count, Map<Integer, Promise> promises) {
        var jobs = new ArrayList<Job>();
        for (int j = 0; j < count; j++) {
            var job = whole.jobs().get(j);
            var promise = promises.get(j);
            jobs.add(promise == null ? job : promised(job, promise));
        }
        var refused = new ArrayList<>(whole.refused());
        refused.removeIf(refusal -> refusal.job() >= count);
        return new Problem(whole.matrix(), jobs, whole.vehicles(), Set.copyOf(refused), OBJECTIVE);
    }

    private static Job promised(Job job, Promise promise) {
        int from = Math.max(promise.slot() * SLOT, job.windows().getFirst().from());
        int to = Math.min(
                (promise.slot() + 1) * SLOT - 1, job.windows().getFirst().to());
        return new Job(
                job.place(),
                job.load(),
                job.service(),
                List.of(new Window(from, to)),
                job.release(),
                job.by(),
                job.asks(),
                new Job.Bond(-1, promise.vehicle()),
                job.need());
    }

    static double percentile95(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[(int) Math.ceil(0.95 * sorted.length) - 1];
    }

    double keptLeast() {
        return kept.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    }
}
