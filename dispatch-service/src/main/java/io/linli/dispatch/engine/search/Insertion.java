package io.linli.dispatch.engine.search;

import java.util.SplittableRandom;

/// The cheapest place for a job, over all routes. What a route offers is remembered until the route changes.
final class Insertion {
    private static final int BLINK_ONE_IN = 100;
    private static final int KINDS_MAX = 64;

    private final Model model;
    private final Routes routes;
    private final BestGap gap;
    private final SplittableRandom random;
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
        this.looksUntilBlink = nextBlink();
        int entries = model.jobs * model.vehicles;
        knownFor = new int[entries];
        knownCost = new long[entries];
        knownTrip = new int[entries];
        knownPosition = new int[entries];
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
            if (routes.counts[r] == 0 && model.kind[r] < KINDS_MAX) {
                long kind = 1L << model.kind[r];
                if ((emptyKinds & kind) != 0) {
                    continue;
                }
                emptyKinds |= kind;
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
