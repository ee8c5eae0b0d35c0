package io.linli.benchmarks.dispatch;

import io.linli.dispatch.engine.Plan;
import io.linli.dispatch.engine.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/// What another planner answers, one list of jobs per vehicle, as a plan with the distance of the problem's own matrix.
final class Tours {
    private Tours() {}

    static Plan toPlan(Problem problem, List<List<Integer>> tours) {
        var routes = IntStream.range(0, tours.size())
                .filter(vehicle -> !tours.get(vehicle).isEmpty())
                .mapToObj(vehicle -> new Plan.Route(vehicle, List.of(tours.get(vehicle))))
                .toList();
        var done = new HashSet<Integer>();
        tours.forEach(done::addAll);
        var undone = IntStream.range(0, problem.jobs().size())
                .filter(job -> !done.contains(job))
                .boxed()
                .toList();
        return new Plan(
                routes,
                undone,
                tours.stream().mapToLong(tour -> distance(problem, tour)).sum());
    }

    private static long distance(Problem problem, List<Integer> tour) {
        int size = problem.matrix().size();
        long walked = 0;
        int from = 0;
        for (int job : tour) {
            int to = problem.jobs().get(job).place();
            walked += problem.matrix().distances()[from * size + to];
            from = to;
        }
        return walked + problem.matrix().distances()[from * size];
    }
}
