package io.linli.dispatch.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// Plans by ruin and recreate under simulated annealing: part of the plan is taken out and put back elsewhere, and what
/// comes of it is kept if it is better, or by chance while the search is young. Every plan on the way holds all limits.
///
/// *Source:* Christiaens & Vanden Berghe, "Slack Induction by String Removals", Transportation Science 54 (2020).
public final class Solver {
    /// Temperatures as shares of the mean distance between two nodes.
    private static final double FIRST = 1;

    private static final double LAST = 0.01;
    private static final int STEPS_UNTIL_COOLED = 64;

    private final Model model;
    private final Routes routes;
    private final Undo undo;
    private final Ruin ruin;
    private final Recreate recreate;
    private final SplittableRandom random;
    private Plan best;
    private long bestCost;

    /// @param seed the same seed gives the same choices
    public Solver(Problem problem, long seed) {
        model = new Model(problem);
        routes = new Routes(model);
        undo = new Undo(routes);
        random = new SplittableRandom(seed);
        ruin = new Ruin(routes, undo, random);
        recreate = new Recreate(routes, undo, random);
        best = toPlan();
        bestCost = routes.cost;
    }

    /// The best plan found until the budget is used up, or until `stopped` says so.
    public Plan solve(Budget budget, BooleanSupplier stopped) {
        if (model.jobs == 0 || model.vehicles == 0) {
            return best;
        }
        long begin = System.nanoTime();
        undo.begin();
        recreate.run();
        keepIfBest();
        double temperature = 0;
        for (long step = 0; ; step++) {
            if (step % STEPS_UNTIL_COOLED == 0) {
                double used = used(budget, step, System.nanoTime() - begin);
                if (used >= 1 || stopped.getAsBoolean()) {
                    break;
                }
                temperature = model.distanceMean * FIRST * Math.pow(LAST / FIRST, used);
            }
            step(temperature);
        }
        return best;
    }

    private static double used(Budget budget, long step, long nanos) {
        return switch (budget) {
            case Budget.Iterations(var count) -> (double) step / Math.max(1, count);
            case Budget.Time(var limit) -> (double) nanos / Math.max(1, limit.toNanos());
        };
    }

    private void step(double temperature) {
        long before = routes.cost;
        undo.begin();
        ruin.run();
        recreate.run();
        if (routes.cost < before - temperature * Math.log(random.nextDouble())) {
            keepIfBest();
        } else {
            undo.restore();
        }
    }

    private void keepIfBest() {
        if (routes.cost < bestCost) {
            bestCost = routes.cost;
            best = toPlan();
        }
    }

    private Plan toPlan() {
        var all = new ArrayList<Plan.Route>();
        for (int route = 0; route < model.vehicles; route++) {
            if (routes.counts[route] > 0) {
                all.add(toRoute(route));
            }
        }
        var undone = Arrays.stream(routes.absent, 0, routes.absentCount)
                .sorted()
                .boxed()
                .toList();
        return new Plan(all, undone, routes.distance());
    }

    private Plan.Route toRoute(int route) {
        List<List<Integer>> trips = IntStream.range(0, routes.counts[route])
                .mapToObj(trip -> routes.trips[route][trip].toList())
                .toList();
        return new Plan.Route(route, trips);
    }
}
