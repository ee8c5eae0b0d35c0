package io.linli.dispatch.engine.search;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Takes strings of neighbouring jobs out of neighbouring trips. *Source:* Christiaens & Vanden Berghe, "Slack
/// Induction
/// by String Removals", Transportation Science 54 (2020), with its parameters.
final class Ruin {
    private static final double REMOVED_MEAN = 10;
    private static final int STRING_MAX = 10;
    private static final int NEIGHBOURS_MAX = 400;
    private static final double SPLIT = 0.5;
    private static final double SKIP_STOPS = 0.01;

    private final Routes routes;
    private final Undo undo;
    private final SplittableRandom random;
    private final int[][] neighbours;
    private int round;

    Ruin(Routes routes, Undo undo, SplittableRandom random) {
        this.routes = routes;
        this.undo = undo;
        this.random = random;
        this.neighbours = IntStream.range(0, routes.model.jobs)
                .mapToObj(job -> nearest(routes.model, job))
                .toArray(int[][]::new);
    }

    private static int[] nearest(Model model, int job) {
        return IntStream.range(0, model.jobs)
                .boxed()
                .sorted(Comparator.comparingLong(other ->
                        (long) model.distance[job * model.nodes + other] + model.distance[other * model.nodes + job]))
                .limit(NEIGHBOURS_MAX)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    void run() {
        round++;
        int trips = 0;
        int planned = routes.model.jobs - routes.absentCount;
        for (int r = 0; r < routes.model.vehicles; r++) {
            trips += routes.counts[r];
        }
        double mean = trips == 0 ? 1 : (double) planned / trips;
        double stringMax = Math.min(STRING_MAX, mean);
        double stringsMax = 4 * REMOVED_MEAN / (1 + stringMax) - 1;
        int strings = (int) (random.nextDouble() * stringsMax + 1);
        int seed = random.nextInt(routes.model.jobs);
        for (int job : neighbours[seed]) {
            if (strings == 0) {
                break;
            }
            var trip = routes.tripOf[job];
            if (trip == null || trip.mark == round) {
                continue;
            }
            trip.mark = round;
            int most = (int) Math.min(trip.size, stringMax);
            int length = 1 + random.nextInt(Math.max(1, most));
            remove(trip, job, length);
            strings--;
        }
        undo.refresh();
    }

    private void remove(Trip trip, int job, int length) {
        undo.touch(trip.route);
        int at = 0;
        while (trip.jobs[at] != job) {
            at++;
        }
        int kept = 0;
        if (length > 1 && length < trip.size && random.nextDouble() < SPLIT) {
            kept = 1;
            while (length + kept < trip.size && random.nextDouble() > SKIP_STOPS) {
                kept++;
            }
        }
        int span = length + kept;
        int lowest = Math.max(0, at - span + 1);
        int highest = Math.min(at, trip.size - span);
        int from = lowest + random.nextInt(highest - lowest + 1);
        if (kept == 0) {
            leave(trip, from, length);
            return;
        }
        int before = 1 + random.nextInt(length - 1);
        leave(trip, from + before + kept, length - before);
        leave(trip, from, before);
    }

    private void leave(Trip trip, int from, int count) {
        for (int p = from; p < from + count; p++) {
            routes.leave(trip.jobs[p]);
        }
        trip.remove(from, count);
    }
}
