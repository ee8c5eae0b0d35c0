package io.linli.dispatch.engine.search;

/// Remembers the routes that a step touches, so that a step which is not accepted can be taken back.
final class Undo {
    private final Routes routes;
    private final Trip[][] kept;
    private final int[] keptCounts;
    private final int[] keptVersions;
    private final boolean[] isTouched;
    private final int[] touched;
    private int touchedCount;
    private final int[] absent;
    private int absentCount;
    private long cost;

    Undo(Routes routes) {
        this.routes = routes;
        int vehicles = routes.model.vehicles;
        kept = new Trip[vehicles][0];
        keptCounts = new int[vehicles];
        keptVersions = new int[vehicles];
        isTouched = new boolean[vehicles];
        touched = new int[vehicles];
        absent = new int[routes.model.jobs];
    }

    void begin() {
        for (int t = 0; t < touchedCount; t++) {
            isTouched[touched[t]] = false;
        }
        touchedCount = 0;
        absentCount = routes.absentCount;
        System.arraycopy(routes.absent, 0, absent, 0, absentCount);
        cost = routes.cost;
    }

    /// Keeps a copy of the route unless this step has one.
    void touch(int route) {
        if (isTouched[route]) {
            return;
        }
        isTouched[route] = true;
        touched[touchedCount++] = route;
        int count = routes.counts[route];
        if (kept[route].length < count) {
            var more = new Trip[Math.max(4, 2 * count)];
            System.arraycopy(kept[route], 0, more, 0, kept[route].length);
            for (int t = kept[route].length; t < more.length; t++) {
                more[t] = new Trip();
            }
            kept[route] = more;
        }
        for (int t = 0; t < count; t++) {
            kept[route][t].copy(routes.trips[route][t]);
        }
        keptCounts[route] = count;
        keptVersions[route] = routes.versions[route];
    }

    void refresh() {
        for (int t = 0; t < touchedCount; t++) {
            routes.update(touched[t]);
        }
    }

    void restore() {
        routes.absentCount = absentCount;
        System.arraycopy(absent, 0, routes.absent, 0, absentCount);
        for (int t = 0; t < touchedCount; t++) {
            restore(touched[t]);
        }
        for (int a = 0; a < absentCount; a++) {
            routes.tripOf[absent[a]] = null;
        }
        routes.cost = cost;
    }

    private void restore(int route) {
        while (routes.counts[route] < keptCounts[route]) {
            routes.openTrip(route, routes.counts[route]);
        }
        for (int t = 0; t < keptCounts[route]; t++) {
            routes.trips[route][t].copy(kept[route][t]);
        }
        for (int t = keptCounts[route]; t < routes.counts[route]; t++) {
            routes.trips[route][t].size = 0;
        }
        routes.update(route);
        routes.versions[route] = keptVersions[route];
    }
}
