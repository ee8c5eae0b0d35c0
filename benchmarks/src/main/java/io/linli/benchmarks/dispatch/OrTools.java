package io.linli.benchmarks.dispatch;

import com.google.ortools.Loader;
import com.google.ortools.constraintsolver.Assignment;
import com.google.ortools.constraintsolver.FirstSolutionStrategy;
import com.google.ortools.constraintsolver.LocalSearchMetaheuristic;
import com.google.ortools.constraintsolver.RoutingIndexManager;
import com.google.ortools.constraintsolver.RoutingModel;
import com.google.ortools.constraintsolver.RoutingSearchParameters;
import com.google.ortools.constraintsolver.main;
import io.linli.dispatch.engine.Job;
import io.linli.dispatch.engine.Plan;
import io.linli.dispatch.engine.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Google's routing library, cheapest insertion and then guided local search as its guide advises for time windows. Its
/// search takes no seed.
///
/// *Source:* OR-Tools 9.15, "Routing options".
record OrTools() implements RoutePlanner {
    private static final String TIME = "time";

    @Override
    public String name() {
        return "or-tools";
    }

    /// One trip per vehicle and no release times, which its model has no words for.
    @Override
    public boolean canPlan(Instance instance) {
        return instance.kind() == Instance.Kind.SOLOMON;
    }

    @Override
    public Plan plan(Instance instance, Duration limit, long seed) {
        Loader.loadNativeLibraries();
        var problem = instance.problem();
        var manager = new RoutingIndexManager(
                problem.matrix().size(), problem.vehicles().size(), 0);
        var routing = new RoutingModel(manager);
        addDistances(problem, routing);
        addCapacity(problem, routing);
        addTimes(problem, manager, routing);
        return toPlan(problem, manager, routing, routing.solveWithParameters(parameters(limit)));
    }

    private static RoutingSearchParameters parameters(Duration limit) {
        var time = com.google.protobuf.Duration.newBuilder()
                .setSeconds(limit.toSeconds())
                .setNanos(limit.toNanosPart());
        return main.defaultRoutingSearchParameters().toBuilder()
                .setFirstSolutionStrategy(FirstSolutionStrategy.Value.PARALLEL_CHEAPEST_INSERTION)
                .setLocalSearchMetaheuristic(LocalSearchMetaheuristic.Value.GUIDED_LOCAL_SEARCH)
                .setTimeLimit(time)
                .build();
    }

    private static void addDistances(Problem problem, RoutingModel routing) {
        routing.setArcCostEvaluatorOfAllVehicles(routing.registerTransitMatrix(
                rows(problem.matrix().distances(), problem.matrix().size(), new int[0])));
    }

    private static void addCapacity(Problem problem, RoutingModel routing) {
        long[] demands = LongStream.concat(
                        LongStream.of(0),
                        problem.jobs().stream().mapToLong(job -> job.load().weight()))
                .toArray();
        int capacity = problem.vehicles().getFirst().capacity().weight();
        routing.addDimension(routing.registerUnaryTransitVector(demands), 0, capacity, true, "load");
    }

    private static void addTimes(Problem problem, RoutingIndexManager manager, RoutingModel routing) {
        var shift = problem.vehicles().getFirst().shift();
        int[] service = problem.jobs().stream().mapToInt(Job::service).toArray();
        int times = routing.registerTransitMatrix(
                rows(problem.matrix().times(), problem.matrix().size(), service));
        routing.addDimension(times, shift.to(), shift.to(), false, TIME);
        var time = routing.getMutableDimension(TIME);
        for (int job = 0; job < problem.jobs().size(); job++) {
            var window = problem.jobs().get(job).windows().getFirst();
            time.cumulVar(manager.nodeToIndex(job + 1)).setRange(window.from(), window.to());
        }
        for (int vehicle = 0; vehicle < problem.vehicles().size(); vehicle++) {
            time.cumulVar(routing.start(vehicle)).setRange(shift.from(), shift.to());
        }
    }

    /// The matrix row by row, with what is spent at the place of each row added to it.
    private static long[][] rows(int[] entries, int size, int[] spent) {
        return IntStream.range(0, size)
                .mapToObj(from -> Arrays.stream(entries, from * size, (from + 1) * size)
                        .mapToLong(entry -> entry + (from > 0 && spent.length > 0 ? spent[from - 1] : 0))
                        .toArray())
                .toArray(long[][]::new);
    }

    private static Plan toPlan(
            Problem problem, RoutingIndexManager manager, RoutingModel routing, @Nullable Assignment solution) {
        var tours = new ArrayList<List<Integer>>();
        for (int vehicle = 0; solution != null && vehicle < problem.vehicles().size(); vehicle++) {
            var tour = new ArrayList<Integer>();
            for (long at = solution.value(routing.nextVar(routing.start(vehicle)));
                    !routing.isEnd(at);
                    at = solution.value(routing.nextVar(at))) {
                tour.add(manager.indexToNode(at) - 1);
            }
            tours.add(tour);
        }
        return Tours.toPlan(problem, tours);
    }
}
