package io.linli.dispatch.engine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// A problem in arrays. Nodes are the jobs in their order, then the places where vehicles start, load and end.
final class Model {
    static final int NEVER = Integer.MAX_VALUE / 4;
    private static final int NEIGHBOURS_MAX = 400;

    final int jobs;
    final int vehicles;
    final int nodes;
    final int[] distance;
    final int[] time;
    final int[] weight;
    final int[] volume;
    final int[] service;
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
    /// Vehicles with the same number are the same to every job, so only one empty one of them is tried.
    final int[] kind;
    final boolean[][] fits;
    final int[][] neighbours;
    final long distanceMean;

    Model(Problem problem) {
        jobs = problem.jobs().size();
        vehicle = problem.vehicles().toArray(Vehicle[]::new);
        vehicles = vehicle.length;
        weight = problem.jobs().stream().mapToInt(Job::weight).toArray();
        volume = problem.jobs().stream().mapToInt(Job::volume).toArray();
        service = problem.jobs().stream().mapToInt(Job::service).toArray();
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
        start = nodesOf(places, problem, Vehicle::start);
        station = nodesOf(places, problem, Vehicle::station);
        end = nodesOf(places, problem, Vehicle::end);
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
        var kinds = new LinkedHashMap<Vehicle, Integer>();
        kind = Arrays.stream(vehicle)
                .mapToInt(each -> kinds.computeIfAbsent(each, _ -> kinds.size()))
                .toArray();
        fits = fitsOf(problem);
        neighbours = IntStream.range(0, jobs).mapToObj(this::nearest).toArray(int[][]::new);
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

    /// More than all the walking there can be, so that no walk is worth leaving a job undone.
    private long[] pricesOf(Problem problem) {
        long worth = 1 + 4L * Arrays.stream(distance).max().orElse(0) * (jobs + vehicles);
        return problem.jobs().stream().mapToLong(job -> worth * job.need()).toArray();
    }

    private boolean[][] fitsOf(Problem problem) {
        boolean[][] fitting = new boolean[vehicles][jobs];
        for (int v = 0; v < vehicles; v++) {
            for (int j = 0; j < jobs; j++) {
                long skills = problem.jobs().get(j).skills();
                fitting[v][j] = (skills & vehicle[v].skills()) == skills
                        && weight[j] <= vehicle[v].weight()
                        && volume[j] <= vehicle[v].volume();
            }
        }
        return fitting;
    }

    private int[] nearest(int job) {
        return IntStream.range(0, jobs)
                .boxed()
                .sorted(Comparator.comparingLong(
                        other -> (long) distance[job * nodes + other] + distance[other * nodes + job]))
                .limit(NEIGHBOURS_MAX)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private int[] nodesOf(
            Map<Integer, Integer> places, Problem problem, java.util.function.ToIntFunction<Vehicle> place) {
        return problem.vehicles().stream()
                .mapToInt(each -> jobs + places.computeIfAbsent(place.applyAsInt(each), _ -> places.size()))
                .toArray();
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
