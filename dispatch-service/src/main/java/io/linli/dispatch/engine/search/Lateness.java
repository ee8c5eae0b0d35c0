package io.linli.dispatch.engine.search;

/// By how much a job, put into a gap, makes itself and all that follows late: the rest of the route is walked through.
final class Lateness {
    private final Model model;
    private final Routes routes;
    private int now;
    private int place;
    private long cost;
    /// When the job begins that was put in last.
    int begin;

    Lateness(Routes routes) {
        this.model = routes.model;
        this.routes = routes;
    }

    /// What it costs in all.
    ///
    /// @param position in the trip, or -1 for a trip of its own before it
    long added(int job, int r, int trip, int position) {
        cost = 0;
        place = model.station[r];
        now = trip < routes.counts[r] ? routes.trips[r][trip].ready : routes.readyAfterLast(r);
        if (position < 0) {
            now = Math.max(now, model.release[job]);
            begin = visit(job);
        }
        for (int t = trip; t < routes.counts[r]; t++) {
            if (t > trip || position < 0) {
                load(r);
            }
            walk(routes.trips[r][t], t == trip ? position : -1, job);
        }
        for (int t = trip; t < routes.counts[r]; t++) {
            cost -= routes.trips[r][t].late;
        }
        return cost;
    }

    private void load(int r) {
        int station = model.station[r];
        now += model.time[place * model.nodes + station] + model.vehicle[r].reload();
        place = station;
    }

    private void walk(Trip trip, int position, int job) {
        now = Math.max(now, position < 0 ? trip.release : Math.max(trip.release, model.release[job]));
        for (int p = 0; p < trip.size; p++) {
            if (p == position) {
                begin = visit(job);
            }
            visit(trip.jobs[p]);
        }
        if (position == trip.size) {
            begin = visit(job);
        }
    }

    private int visit(int job) {
        int begins = model.begin(job, now + model.time[place * model.nodes + job]);
        cost += routes.lateness(job, begins);
        now = begins + model.service[job];
        place = job;
        return begins;
    }
}
