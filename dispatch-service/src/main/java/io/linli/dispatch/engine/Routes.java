package io.linli.dispatch.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A plan that is being changed: who does which trips, and what is not done. All that is in it holds every limit.
final class Routes {
    final Model model;
    final Trip[][] trips;
    final int[] counts;
    final long[] costs;
    /// By job: its trip, or null; its place in it; when its service ends; until when one may arrive.
    final @Nullable Trip[] tripOf;
    final int[] ends;
    final int[] latest;
    final int[] absent;
    int absentCount;
    long cost;
    /// Grows with every change of a route.
    final int[] versions;
    private int changes;

    Routes(Model model) {
        this.model = model;
        trips = new Trip[model.vehicles][4];
        counts = new int[model.vehicles];
        costs = new long[model.vehicles];
        tripOf = new Trip[model.jobs];
        ends = new int[model.jobs];
        latest = new int[model.jobs];
        versions = new int[model.vehicles];
        Arrays.setAll(versions, _ -> ++changes);
        absent = new int[model.jobs];
        for (int j = 0; j < model.jobs; j++) {
            absent[absentCount++] = j;
            cost += model.undone[j];
        }
    }

    /// Where the vehicle goes after a trip's last job.
    int closing(int route, int index) {
        return index == counts[route] - 1 ? model.end[route] : model.station[route];
    }

    /// When the vehicle would be ready at the station for a trip after the last one.
    int readyAfterLast(int route) {
        int count = counts[route];
        if (count == 0) {
            return model.vehicle[route].shift().from()
                    + model.time[model.start[route] * model.nodes + model.station[route]];
        }
        int last = trips[route][count - 1].last();
        return ends[last] + model.time[last * model.nodes + model.station[route]] + model.vehicle[route].reload();
    }

    void openTrip(int route, int at) {
        if (counts[route] == trips[route].length) {
            trips[route] = Arrays.copyOf(trips[route], 2 * counts[route]);
        }
        System.arraycopy(trips[route], at, trips[route], at + 1, counts[route] - at);
        trips[route][at] = new Trip();
        counts[route]++;
    }

    /// Brings all that is known of a route up to date after its jobs changed.
    void update(int route) {
        versions[route] = ++changes;
        var all = trips[route];
        int count = 0;
        for (int t = 0; t < counts[route]; t++) {
            if (all[t].size > 0) {
                all[count++] = all[t];
            }
        }
        counts[route] = count;
        cost -= costs[route];
        costs[route] = count == 0 ? 0 : schedule(route, all, count);
        cost += costs[route];
        int limit = model.vehicle[route].shift().to();
        for (int t = count - 1; t >= 0; t--) {
            limit = latest(route, all[t], limit, t == count - 1) - model.vehicle[route].reload();
        }
    }

    private long schedule(int route, Trip[] all, int count) {
        int nodes = model.nodes;
        int station = model.station[route];
        long walked = model.distance[model.start[route] * nodes + station];
        int ready = model.vehicle[route].shift().from() + model.time[model.start[route] * nodes + station];
        for (int t = 0; t < count; t++) {
            var trip = all[t];
            trip.route = route;
            trip.index = t;
            trip.ready = ready;
            sum(trip);
            trip.departure = Math.max(ready, trip.release);
            int now = trip.departure;
            int from = station;
            for (int p = 0; p < trip.size; p++) {
                int job = trip.jobs[p];
                walked += model.distance[from * nodes + job];
                now = model.begin(job, now + model.time[from * nodes + job]) + model.service[job];
                ends[job] = now;
                tripOf[job] = trip;
                from = job;
            }
            walked += model.distance[from * nodes + (t == count - 1 ? model.end[route] : station)];
            ready = now + model.time[from * nodes + station] + model.vehicle[route].reload();
        }
        return walked;
    }

    private void sum(Trip trip) {
        trip.weight = 0;
        trip.volume = 0;
        trip.release = 0;
        for (int p = 0; p < trip.size; p++) {
            int job = trip.jobs[p];
            trip.weight += model.weight[job];
            trip.volume += model.volume[job];
            trip.release = Math.max(trip.release, model.release[job]);
        }
    }

    private int latest(int route, Trip trip, int limit, boolean isLast) {
        int next = isLast ? model.end[route] : model.station[route];
        int until = limit;
        for (int p = trip.size - 1; p >= 0; p--) {
            int job = trip.jobs[p];
            until = model.latest(job, until - model.time[job * model.nodes + next]);
            latest[job] = until;
            next = job;
        }
        trip.latestDeparture = until - model.time[model.station[route] * model.nodes + next];
        return trip.latestDeparture;
    }

    void leave(int job) {
        tripOf[job] = null;
        absent[absentCount++] = job;
        cost += model.undone[job];
    }

    /// What is walked, without the price of what is not done.
    long distance() {
        return Arrays.stream(costs).sum();
    }
}
