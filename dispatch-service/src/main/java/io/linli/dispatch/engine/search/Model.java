package io.linli.dispatch.engine.search;

import io.linli.dispatch.engine.Job;
import io.linli.dispatch.engine.Objective;
import io.linli.dispatch.engine.Problem;
import io.linli.dispatch.engine.Vehicle;
import io.linli.dispatch.engine.Window;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A problem in arrays. Nodes are the jobs in their order, then the places where vehicles start, load and end.
final class Model {
    static final int NEVER = Integer.MAX_VALUE / 4;
    /// A promise is not broken for what others need.
    private static final int PROMISED = 64;

    final int jobs;
    final int vehicles;
    final int nodes;
    final int[] distance;
    final int[] time;
    final int[] weight;
    final int[] volume;
    final int[] service;
    final int[] by;
    final int[] release;
    final int[] opens;
    final int[] due;
    /// Further windows of the few jobs that have several, else null.
    final Window[][] windows;
    final long[] undone;
    final int[] start;
    final int[] station;
    final int[] end;
    final Vehicle[] vehicle;
    final boolean[][] fits;
    /// What it costs that just this vehicle does a job, by vehicle; null when it never costs anything.
    final int @Nullable [][] pairCosts;
    /// What a vehicle has done more than who did least, before this plan.
    final int[] ahead;
    final Objective objective;
    /// Whether there is more to count than distance.
    final boolean isPlain;
    final boolean hasLateness;
    final boolean hasSeveralTrips;
    final long distanceMean;

    Model(Problem problem) {
        jobs = problem.jobs().size();
        vehicle = problem.vehicles().toArray(Vehicle[]::new);
        vehicles = vehicle.length;
        weight = problem.jobs().stream().mapToInt(job -> job.load().weight()).toArray();
        volume = problem.jobs().stream().mapToInt(job -> job.load().volume()).toArray();
        service = problem.jobs().stream().mapToInt(Job::service).toArray();
        by = problem.jobs().stream().mapToInt(Job::by).toArray();
        release = problem.jobs().stream().mapToInt(Job::release).toArray();
        opens = problem.jobs().stream()
                .mapToInt(job -> job.windows().getFirst().from())
                .toArray();
        due = problem.jobs().stream()
                .mapToInt(job -> job.windows().getLast().to())
                .toArray();
        windows = problem.jobs().stream()
                .map(job -> job.windows().size() == 1 ? null : job.windows().toArray(Window[]::new))
                .toArray(Window[][]::new);
        var places = new LinkedHashMap<Integer, Integer>();
        start = nodesOf(places, problem, each -> each.way().start());
        station = nodesOf(places, problem, each -> each.way().station());
        end = nodesOf(places, problem, each -> each.way().end());
        nodes = jobs + places.size();
        int[] placeOf = IntStream.concat(
                        problem.jobs().stream().mapToInt(Job::place),
                        places.keySet().stream().mapToInt(Integer::intValue))
                .toArray();
        var matrix = problem.matrix();
        distance = expand(matrix.distances(), matrix.size(), placeOf);
        time = matrix.times() == matrix.distances() ? distance : expand(matrix.times(), matrix.size(), placeOf);
        distanceMean = Math.max(1, Arrays.stream(distance).asLongStream().sum() / Math.max(1, distance.length));
        undone = pricesOf(problem);
        fits = fitsOf(problem);
        objective = problem.objective();
        pairCosts = pairCostsOf(problem);
        hasSeveralTrips = problem.vehicles().stream().anyMatch(each -> each.tripsMax() > 1);
        hasLateness = objective.late() > 0 && Arrays.stream(by).anyMatch(each -> each < Job.WHENEVER);
        int least = problem.vehicles().stream()
                .mapToInt(each -> each.effort().before())
                .min()
                .orElse(0);
        ahead = problem.vehicles().stream()
                .mapToInt(each -> each.effort().before() - least)
                .toArray();
        isPlain = pairCosts == null && !hasLateness && objective.fair() == 0;
    }

    private static int[] expand(int[] entries, int size, int[] placeOf) {
        int nodes = placeOf.length;
        int[] expanded = new int[nodes * nodes];
        for (int from = 0; from < nodes; from++) {
            for (int to = 0; to < nodes; to++) {
                expanded[from * nodes + to] = entries[placeOf[from] * size + placeOf[to]];
            }
        }
        return expanded;
    }

    /// More than a plan can cost otherwise, so that nothing is worth leaving a job undone.
    private long[] pricesOf(Problem problem) {
        long worth = 1
                + 4L * Arrays.stream(distance).max().orElse(0) * (jobs + vehicles)
                + costliest(problem) * (jobs + vehicles);
        return problem.jobs().stream()
                .mapToLong(job -> worth * job.need() * (job.bond().pinned() < 0 ? 1 : PROMISED))
                .toArray();
    }

    /// What one job or vehicle can cost beside the walking.
    private static long costliest(Problem problem) {
        var costs = problem.objective();
        var ends = problem.vehicles().stream()
                .mapToInt(each -> each.shift().to() - each.shift().from())
                .max()
                .orElse(0);
        int before = problem.vehicles().stream()
                .mapToInt(each -> each.effort().before())
                .max()
                .orElse(0);
        return (long) costs.late() * ends
                + costs.unfairness((long) ends + before)
                + costs.change()
                + 64L * costs.preference();
    }

    private boolean[][] fitsOf(Problem problem) {
        var compatibility = new Compatibility(problem);
        boolean[][] fitting = new boolean[vehicles][jobs];
        for (int v = 0; v < vehicles; v++) {
            for (int j = 0; j < jobs; j++) {
                fitting[v][j] = compatibility.missing(v, j).isEmpty();
            }
        }
        return fitting;
    }

    private int @Nullable [][] pairCostsOf(Problem problem) {
        int[][] costs = new int[vehicles][jobs];
        boolean any = false;
        for (int v = 0; v < vehicles; v++) {
            for (int j = 0; j < jobs; j++) {
                var job = problem.jobs().get(j);
                int published = job.bond().published();
                long missed = job.asks().preferred() & ~vehicle[v].ability().skills();
                costs[v][j] = objective.preference() * Long.bitCount(missed)
                        + (published < 0 || published == v ? 0 : objective.change());
                any |= costs[v][j] > 0;
            }
        }
        return any ? costs : null;
    }

    private int[] nodesOf(Map<Integer, Integer> places, Problem problem, ToIntFunction<Vehicle> place) {
        return problem.vehicles().stream()
                .mapToInt(each -> jobs + places.computeIfAbsent(place.applyAsInt(each), _ -> places.size()))
                .toArray();
    }

    int pairCost(int v, int job) {
        return pairCosts == null ? 0 : pairCosts[v][job];
    }

    /// When a job can begin for who arrives then; [#NEVER] when no more.
    int begin(int job, int arrival) {
        if (windows[job] == null) {
            return arrival > due[job] ? NEVER : Math.max(arrival, opens[job]);
        }
        for (var window : windows[job]) {
            if (arrival <= window.to()) {
                return Math.max(arrival, window.from());
            }
        }
        return NEVER;
    }

    /// Until when one may arrive at a job that must be done before `limit`; negative when there is no such time.
    int latest(int job, int limit) {
        int until = limit - service[job];
        if (windows[job] == null) {
            return until < opens[job] ? -NEVER : Math.min(until, due[job]);
        }
        for (int w = windows[job].length - 1; w >= 0; w--) {
            if (until >= windows[job][w].from()) {
                return Math.min(until, windows[job][w].to());
            }
        }
        return -NEVER;
    }
}
