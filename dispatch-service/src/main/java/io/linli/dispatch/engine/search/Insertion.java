package io.linli.dispatch.engine.search;

import io.linli.dispatch.engine.Vehicle;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// The cheapest place for a job, over all routes. What a route offers is remembered until the route changes.
final class Insertion {
    private static final int BLINK_ONE_IN = 100;
    private static final int KINDS_MAX = 64;

    private final Model model;
    private final Routes routes;
    private final BestGap gap;
    private final SplittableRandom random;
    /// Vehicles with the same number are the same to every job, so only one empty one of them is tried.
    private final int[] kind;
    private int looksUntilBlink;
    private final int[] knownFor;
    private final long[] knownCost;
    private final int[] knownTrip;
    private final int[] knownPosition;
    private int job;
    int route;

    Insertion(Routes routes, SplittableRandom random) {
        this.model = routes.model;
        this.routes = routes;
        this.gap = new BestGap(routes);
        this.random = random;
        this.kind = kindsOf(model);
        this.looksUntilBlink = nextBlink();
        int entries = model.jobs * model.vehicles;
        knownFor = new int[entries];
        knownCost = new long[entries];
        knownTrip = new int[entries];
        knownPosition = new int[entries];
    }

    private record Kind(Vehicle vehicle, List<Boolean> fits, List<Integer> costs) {}

    private static int[] kindsOf(Model model) {
        var kinds = new HashMap<Kind, Integer>();
        return IntStream.range(0, model.vehicles)
                .map(v -> kinds.computeIfAbsent(kindOf(model, v), _ -> kinds.size()))
                .toArray();
    }

    private static Kind kindOf(Model model, int v) {
        var fitting =
                IntStream.range(0, model.jobs).mapToObj(j -> model.fits[v][j]).toList();
        List<Integer> costs = model.pairCosts == null
                ? List.of()
                : Arrays.stream(model.pairCosts[v]).boxed().toList();
        return new Kind(model.vehicle[v], fitting, costs);
    }

    /// How many looks until one is skipped, so that one in a hundred is (Christiaens & Vanden Berghe: blinks).
    private int nextBlink() {
        return 1 + (int) (Math.log(random.nextDouble()) / Math.log(1 - 1.0 / BLINK_ONE_IN));
    }

    /// False when the job fits nowhere.
    boolean find(int wanted) {
        job = wanted;
        route = -1;
        long best = BestGap.NONE;
        long emptyKinds = 0;
        for (int r = 0; r < model.vehicles; r++) {
            if (!model.fits[r][job]) {
                continue;
            }
            if (routes.counts[r] == 0 && kind[r] < KINDS_MAX) {
                long bit = 1L << kind[r];
                if ((emptyKinds & bit) != 0) {
                    continue;
                }
                emptyKinds |= bit;
            }
            long cost = cost(r);
            if (cost < best && !blinks()) {
                best = cost;
                route = r;
            }
        }
        return route >= 0;
    }

    private long cost(int r) {
        int entry = job * model.vehicles + r;
        if (knownFor[entry] != routes.versions[r]) {
            gap.look(job, r);
            knownFor[entry] = routes.versions[r];
            knownCost[entry] = gap.cost;
            knownTrip[entry] = gap.trip;
            knownPosition[entry] = gap.position;
        }
        return knownCost[entry];
    }

    private boolean blinks() {
        if (--looksUntilBlink > 0) {
            return false;
        }
        looksUntilBlink = nextBlink();
        return true;
    }

    /// Puts the job where it was found to be cheapest.
    void apply() {
        int entry = job * model.vehicles + route;
        routes.insert(job, route, knownTrip[entry], knownPosition[entry]);
    }
}
