package io.linli.dispatch.engine.search;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Puts the absent jobs back one by one, each where it costs least; what fits nowhere stays absent.
final class Recreate {
    private static final int ORDERS = 17;

    private final Model model;
    private final Routes routes;
    private final Undo undo;
    private final Insertion insertion;
    private final SplittableRandom random;
    private final long[] queue;

    Recreate(Routes routes, Undo undo, SplittableRandom random) {
        this.model = routes.model;
        this.routes = routes;
        this.undo = undo;
        this.insertion = new Insertion(routes, random);
        this.random = random;
        this.queue = new long[model.jobs];
    }

    void run() {
        int count = line();
        routes.absentCount = 0;
        for (int i = 0; i < count; i++) {
            int job = (int) queue[i];
            if (insertion.find(job)) {
                undo.touch(insertion.route);
                insertion.apply();
                routes.cost -= model.undone[job];
            } else {
                routes.absent[routes.absentCount++] = job;
            }
        }
    }

    /// Lines up the absent jobs in an order drawn anew each time, and says how many they are.
    private int line() {
        int order = random.nextInt(ORDERS);
        int count = routes.absentCount;
        for (int i = 0; i < count; i++) {
            int job = routes.absent[i];
            queue[i] = rank(order, job) << Integer.SIZE | job;
        }
        Arrays.sort(queue, 0, count);
        return count;
    }

    /// By chance (4 of 17), heaviest (4), farthest (2), nearest (1), shortest time (2), earliest (2), last to be due
    /// (2)
    /// first: the weights of the paper.
    private long rank(int order, int job) {
        int away = model.distance[model.station[0] * model.nodes + job];
        return switch (order) {
            case 0, 1, 2, 3 -> random.nextInt(Integer.MAX_VALUE);
            case 4, 5, 6, 7 -> Integer.MAX_VALUE - model.weight[job];
            case 8, 9 -> Integer.MAX_VALUE - away;
            case 10 -> away;
            case 11, 12 -> model.due[job] - model.opens[job];
            case 13, 14 -> model.opens[job];
            default -> Integer.MAX_VALUE - model.due[job];
        };
    }
}
