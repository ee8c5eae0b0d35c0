package io.linli.dispatch.engine.search;

import java.util.SplittableRandom;

/// Takes strings of neighbouring jobs out of neighbouring trips. *Source:* Christiaens & Vanden Berghe, "Slack
/// Induction
/// by String Removals", Transportation Science 54 (2020), with its parameters.
final class Ruin {
    private static final double REMOVED_MEAN = 10;
    private static final int STRING_MAX = 10;
    private static final double SPLIT = 0.5;
    private static final double SKIP_STOPS = 0.01;

    private final Routes routes;
    private final Undo undo;
    private final SplittableRandom random;
    private int round;

    Ruin(Routes routes, Undo undo, SplittableRandom random) {
        this.routes = routes;
        this.undo = undo;
        this.random = random;
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
        for (int job : routes.model.neighbours[seed]) {
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
