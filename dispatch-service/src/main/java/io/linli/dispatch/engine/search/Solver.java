package io.linli.dispatch.engine.search;

import io.linli.dispatch.engine.Budget;
import io.linli.dispatch.engine.Plan;
import io.linli.dispatch.engine.Problem;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

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
    private final Repack repack;
    private final SplittableRandom random;
    private Plan best;
    private long bestCost;

    /// @param seed the same seed gives the same choices
    public Solver(Problem problem, long seed) {
        this(problem, new Plan(List.of(), List.of(), 0), seed);
    }

    /// @param begun where to begin: what of it no longer holds is planned anew
    public Solver(Problem problem, Plan begun, long seed) {
        model = new Model(problem);
        routes = new Routes(model);
        routes.adopt(begun);
        undo = new Undo(routes);
        random = new SplittableRandom(seed);
        ruin = new Ruin(routes, undo, random);
        repack = new Repack(routes, undo, random);
        recreate = new Recreate(routes, undo, random);
        best = routes.toPlan();
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
        if (model.hasSeveralTrips) {
            repack.run();
        }
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
            best = routes.toPlan();
        }
    }
}
