package io.linli.dispatch.engine;

import java.util.SplittableRandom;

/// The cheapest place for a job, found by looking at every place once. Each look costs constant time: what follows
/// holds
/// if it is reached before its latest arrival.
final class Insertion {
    private static final int BLINK_ONE_IN = 100;

    private final Model model;
    private final Routes routes;
    private final SplittableRandom random;
    private int looksUntilBlink;
    private final int[] knownFor;
    private final long[] knownCost;
    private final int[] knownTrip;
    private final int[] knownPosition;
    int route;
    int trip;
    /// -1 for a trip of its own before `trip`.
    int position;
    long cost;

    Insertion(Routes routes, SplittableRandom random) {
        this.model = routes.model;
        this.routes = routes;
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

    /// False when the job fits nowhere. What a route offers is remembered until the route changes.
    boolean find(int job) {
        long best = Long.MAX_VALUE;
        int bestRoute = -1;
        long emptyKinds = 0;
        for (int r = 0; r < model.vehicles; r++) {
            if (!model.fits[r][job]) {
                continue;
            }
            if (routes.counts[r] == 0) {
                long kind = 1L << (model.kind[r] & 63);
                if ((emptyKinds & kind) != 0 && model.kind[r] < 64) {
                    continue;
                }
                emptyKinds |= kind;
            }
            int entry = job * model.vehicles + r;
            if (knownFor[entry] != routes.versions[r]) {
                look(job, r);
                knownFor[entry] = routes.versions[r];
                knownCost[entry] = cost;
                knownTrip[entry] = trip;
                knownPosition[entry] = position;
            }
            if (knownCost[entry] < best && !blinks()) {
                best = knownCost[entry];
                bestRoute = r;
            }
        }
        if (bestRoute < 0) {
            return false;
        }
        int entry = job * model.vehicles + bestRoute;
        route = bestRoute;
        trip = knownTrip[entry];
        position = knownPosition[entry];
        cost = best;
        return true;
    }

    private void look(int job, int r) {
        cost = Long.MAX_VALUE;
        for (int t = 0; t < routes.counts[r]; t++) {
            tryTrip(job, r, routes.trips[r][t]);
        }
        if (routes.counts[r] < model.vehicle[r].tripsMax()) {
            for (int t = 0; t <= routes.counts[r]; t++) {
                tryNewTrip(job, r, t);
            }
        }
    }

    private boolean blinks() {
        if (--looksUntilBlink > 0) {
            return false;
        }
        looksUntilBlink = nextBlink();
        return true;
    }

    private void tryTrip(int job, int r, Trip into) {
        var vehicle = model.vehicle[r];
        if (into.weight + model.weight[job] > vehicle.weight() || into.volume + model.volume[job] > vehicle.volume()) {
            return;
        }
        int departure = Math.max(into.departure, model.release[job]);
        if (departure > into.latestDeparture) {
            return;
        }
        int nodes = model.nodes;
        int[] distance = model.distance;
        int[] time = model.time;
        boolean delayed = departure > into.departure;
        int station = model.station[r];
        int closing = routes.closing(r, into.index);
        int now = departure;
        int prev = station;
        int due = model.due[job];
        int fromJob = job * nodes;
        for (int p = 0; p <= into.size; p++) {
            int next = p == into.size ? closing : into.jobs[p];
            int arrival = now + time[prev * nodes + job];
            if (now > due) {
                return;
            }
            int more = distance[prev * nodes + job] + distance[fromJob + next] - distance[prev * nodes + next];
            if (more < cost && arrival <= due) {
                int done = model.begin(job, arrival) + model.service[job];
                int then = done + time[fromJob + next];
                if (p < into.size ? then <= routes.latest[next] : then <= until(r, into.index, closing)) {
                    choose(r, into.index, p, more);
                }
            }
            if (p < into.size) {
                now = delayed
                        ? model.begin(next, now + time[prev * nodes + next]) + model.service[next]
                        : routes.ends[next];
                prev = next;
            }
        }
    }

    /// Until when a trip must be back.
    private int until(int r, int index, int closing) {
        return index == routes.counts[r] - 1
                ? model.vehicle[r].shift().to()
                : routes.trips[r][index + 1].latestDeparture - model.vehicle[r].reload();
    }

    private void tryNewTrip(int job, int r, int at) {
        int nodes = model.nodes;
        int station = model.station[r];
        int count = routes.counts[r];
        boolean last = at == count;
        int ready = last ? routes.readyAfterLast(r) : routes.trips[r][at].ready;
        int closing = last ? model.end[r] : station;
        long more = (long) model.distance[station * nodes + job] + model.distance[job * nodes + closing];
        if (last && count > 0) {
            int before = routes.trips[r][count - 1].last();
            more += model.distance[before * nodes + station] - model.distance[before * nodes + model.end[r]];
        } else if (count == 0) {
            more += model.distance[model.start[r] * nodes + station];
        }
        if (more >= cost) {
            return;
        }
        int begin = model.begin(job, Math.max(ready, model.release[job]) + model.time[station * nodes + job]);
        int back = begin + model.service[job] + model.time[job * nodes + closing];
        int until =
                last ? model.vehicle[r].shift().to() : routes.trips[r][at].latestDeparture - model.vehicle[r].reload();
        if (begin < Model.NEVER && back <= until) {
            choose(r, at, -1, more);
        }
    }

    private void choose(int r, int t, int p, long more) {
        route = r;
        trip = t;
        position = p;
        cost = more;
    }

    /// Puts the job where it was found to be cheapest.
    void apply(int job) {
        if (position < 0) {
            routes.openTrip(route, trip);
            routes.trips[route][trip].insert(job, 0);
        } else {
            routes.trips[route][trip].insert(job, position);
        }
        routes.update(route);
    }
}
