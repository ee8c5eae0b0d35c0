package io.linli.dispatch.engine.search;

/// The cheapest gap of one route for a job. Each gap is looked at once and in constant time: what follows holds if it
/// is
/// reached before its latest arrival. Only where lateness counts are the jobs behind a gap looked at as well.
final class BestGap {
    static final long NONE = Long.MAX_VALUE;

    private final Model model;
    private final Routes routes;
    private final Lateness lateness;
    int trip;
    /// -1 for a trip of its own before `trip`.
    int position;
    /// [#NONE] when there is no gap.
    long cost;
    private int effort;

    BestGap(Routes routes) {
        this.model = routes.model;
        this.routes = routes;
        this.lateness = new Lateness(routes);
    }

    /// What a job adds to a route beside the walking.
    record Added(long late, long unfair, long reluctance) {}

    void look(int job, int r) {
        cost = NONE;
        for (int t = 0; t < routes.counts[r]; t++) {
            tryTrip(job, r, routes.trips[r][t]);
        }
        if (routes.counts[r] < model.vehicle[r].tripsMax()) {
            for (int t = 0; t <= routes.counts[r]; t++) {
                tryNewTrip(job, r, t);
            }
        }
    }

    private void tryTrip(int job, int r, Trip into) {
        int departure = Math.max(into.departure, model.release[job]);
        if (departure > into.latestDeparture || !hasRoom(job, r, into)) {
            return;
        }
        int nodes = model.nodes;
        int[] distance = model.distance;
        int[] time = model.time;
        boolean delayed = departure > into.departure;
        int closing = routes.closing(r, into.index);
        int now = departure;
        int prev = model.station[r];
        int due = model.due[job];
        int fromJob = job * nodes;
        for (int p = 0; p <= into.size && now <= due; p++) {
            int next = p == into.size ? closing : into.jobs[p];
            int arrival = now + time[prev * nodes + job];
            long more = (long) distance[prev * nodes + job] + distance[fromJob + next] - distance[prev * nodes + next];
            if ((more < cost || !model.isPlain) && arrival <= due) {
                int begin = model.begin(job, arrival);
                int then = begin + model.service[job] + time[fromJob + next];
                if (then <= (p < into.size ? routes.latest[next] : until(r, into.index))) {
                    int longer = time[prev * nodes + job] + time[fromJob + next] - time[prev * nodes + next];
                    consider(job, r, into.index, p, more, longer);
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

    boolean hasRoom(int job, int r, Trip into) {
        var capacity = model.vehicle[r].capacity();
        return into.weight + model.weight[job] <= capacity.weight()
                && into.volume + model.volume[job] <= capacity.volume();
    }

    /// Until when a trip must be back.
    private int until(int r, int index) {
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
        int begin = model.begin(job, Math.max(ready, model.release[job]) + model.time[station * nodes + job]);
        int back = begin + model.service[job] + model.time[job * nodes + closing];
        int until =
                last ? model.vehicle[r].shift().to() : routes.trips[r][at].latestDeparture - model.vehicle[r].reload();
        if (begin < Model.NEVER && back <= until) {
            consider(job, r, at, -1, tripLength(model.distance, job, r, at), (int) tripLength(model.time, job, r, at));
        }
    }

    /// By how much a trip of its own makes the route longer.
    private long tripLength(int[] lengths, int job, int r, int at) {
        int nodes = model.nodes;
        int station = model.station[r];
        int count = routes.counts[r];
        boolean last = at == count;
        int closing = last ? model.end[r] : station;
        long more = (long) lengths[station * nodes + job] + lengths[job * nodes + closing];
        if (count == 0) {
            return more + lengths[model.start[r] * nodes + station];
        }
        if (!last) {
            return more;
        }
        int before = routes.trips[r][count - 1].last();
        return more + lengths[before * nodes + station] - lengths[before * nodes + closing];
    }

    private void consider(int job, int r, int t, int p, long walk, int longer) {
        int work = routes.works[r] + longer + model.service[job];
        if (work > model.vehicle[r].effort().most()) {
            return;
        }
        long more = walk;
        if (!model.isPlain) {
            more += model.pairCost(r, job)
                    + routes.unfairness(r, work)
                    - routes.unfairness(r, routes.works[r])
                    + (model.hasLateness ? lateness.added(job, r, t, p) : 0);
        }
        if (more < cost) {
            cost = more;
            trip = t;
            position = p;
            effort = work;
        }
    }

    /// Of what was found.
    Added added(int job, int r) {
        return new Added(
                lateness.added(job, r, trip, position),
                routes.unfairness(r, effort) - routes.unfairness(r, routes.works[r]),
                model.pairCost(r, job));
    }

    /// When the job would begin where it was found to fit.
    int begin(int job, int r) {
        lateness.added(job, r, trip, position);
        return lateness.begin;
    }
}
