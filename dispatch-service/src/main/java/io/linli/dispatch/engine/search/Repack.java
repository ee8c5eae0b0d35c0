package io.linli.dispatch.engine.search;

import java.util.SplittableRandom;

/// Gives a whole trip to another vehicle, or to the same one at another time. It costs next to nothing where all load
/// at
/// one station, but it makes room in time that moves of single jobs never find.
final class Repack {
    private final Routes routes;
    private final Undo undo;
    private final SplittableRandom random;

    Repack(Routes routes, Undo undo, SplittableRandom random) {
        this.routes = routes;
        this.undo = undo;
        this.random = random;
    }

    /// Tries one trip at one place, both by chance; nothing changes where it does not hold.
    void run() {
        int vehicles = routes.model.vehicles;
        int from = random.nextInt(vehicles);
        int to = random.nextInt(vehicles);
        if (routes.counts[from] == 0 || (from != to && routes.counts[to] >= routes.model.vehicle[to].tripsMax())) {
            return;
        }
        int taken = random.nextInt(routes.counts[from]);
        undo.touch(from);
        undo.touch(to);
        var trip = routes.closeTrip(from, taken);
        routes.update(from);
        int at = random.nextInt(routes.counts[to] + 1);
        routes.openTrip(to, at).append(trip);
        routes.update(to);
        if (!routes.holds(to)) {
            routes.closeTrip(to, at);
            routes.openTrip(from, taken).append(trip);
            routes.update(to);
            routes.update(from);
        }
    }
}
