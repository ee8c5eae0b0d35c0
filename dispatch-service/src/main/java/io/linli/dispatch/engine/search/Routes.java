package io.linli.dispatch.engine.search;

import io.linli.dispatch.engine.Load;
import io.linli.dispatch.engine.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
    /// Walking and service of each route, in time.
    final int[] works;
    /// Grows with every change of a route.
    final int[] versions;
    private final long[] walks;
    private int changes;

    Routes(Model model) {
        this.model = model;
        trips = new Trip[model.vehicles][4];
        counts = new int[model.vehicles];
        costs = new long[model.vehicles];
        tripOf = new Trip[model.jobs];
        ends = new int[model.jobs];
        latest = new int[model.jobs];
        works = new int[model.vehicles];
        walks = new long[model.vehicles];
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

    Trip openTrip(int route, int at) {
        if (counts[route] == trips[route].length) {
            trips[route] = Arrays.copyOf(trips[route], 2 * counts[route]);
        }
        System.arraycopy(trips[route], at, trips[route], at + 1, counts[route] - at);
        trips[route][at] = new Trip();
        counts[route]++;
        return trips[route][at];
    }

    Trip closeTrip(int route, int at) {
        var trip = trips[route][at];
        counts[route]--;
        System.arraycopy(trips[route], at + 1, trips[route], at, counts[route] - at);
        return trip;
    }

    /// @param position -1 for a trip of its own before `trip`
    void insert(int job, int route, int trip, int position) {
        if (position < 0) {
            openTrip(route, trip);
        }
        trips[route][trip].insert(job, Math.max(0, position));
        update(route);
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
        walks[route] = 0;
        works[route] = 0;
        costs[route] = count == 0 ? 0 : schedule(route, all, count) + unfairness(route, works[route]);
        cost += costs[route];
        int limit = model.vehicle[route].shift().to();
        for (int t = count - 1; t >= 0; t--) {
            limit = latest(route, all[t], limit, t == count - 1) - model.vehicle[route].reload();
        }
    }

    /// What the effort of a route costs over that of an empty one.
    long unfairness(int route, int work) {
        var objective = model.objective;
        return objective.fair() == 0
                ? 0
                : objective.unfairness(model.ahead[route] + work) - objective.unfairness(model.ahead[route]);
    }

    long lateness(int job, int begin) {
        return model.hasLateness ? (long) model.objective.late() * Math.max(0, begin - model.by[job]) : 0;
    }

    private long schedule(int route, Trip[] all, int count) {
        int nodes = model.nodes;
        int station = model.station[route];
        int first = model.start[route] * nodes + station;
        long walked = model.distance[first];
        long others = 0;
        int work = model.time[first];
        int ready = model.vehicle[route].shift().from() + model.time[first];
        for (int t = 0; t < count; t++) {
            var trip = all[t];
            trip.route = route;
            trip.index = t;
            trip.ready = ready;
            sum(trip);
            trip.departure = Math.max(ready, trip.release);
            trip.late = 0;
            int now = trip.departure;
            int from = station;
            for (int p = 0; p < trip.size; p++) {
                int job = trip.jobs[p];
                int leg = from * nodes + job;
                walked += model.distance[leg];
                work += model.time[leg] + model.service[job];
                int begin = model.begin(job, now + model.time[leg]);
                trip.late += lateness(job, begin);
                others += model.pairCost(route, job);
                now = begin + model.service[job];
                ends[job] = now;
                tripOf[job] = trip;
                from = job;
            }
            others += trip.late;
            int back = from * nodes + (t == count - 1 ? model.end[route] : station);
            walked += model.distance[back];
            work += model.time[back];
            ready = now + model.time[from * nodes + station] + model.vehicle[route].reload();
        }
        walks[route] = walked;
        works[route] = work;
        return walked + others;
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

    /// Takes over what of a plan still holds; the jobs of a route that no longer does are taken from its end until it
    /// does.
    void adopt(Plan plan) {
        for (var route : plan.routes()) {
            for (var trip : route.trips()) {
                int at = counts[route.vehicle()];
                openTrip(route.vehicle(), at);
                trip.forEach(job -> trips[route.vehicle()][at].append(job));
            }
            update(route.vehicle());
            while (counts[route.vehicle()] > 0 && !holds(route.vehicle())) {
                var last = trips[route.vehicle()][counts[route.vehicle()] - 1];
                tripOf[last.last()] = null;
                last.remove(last.size - 1, 1);
                update(route.vehicle());
            }
        }
        absentCount = 0;
        for (int j = 0; j < model.jobs; j++) {
            if (tripOf[j] == null) {
                absent[absentCount++] = j;
            } else {
                cost -= model.undone[j];
            }
        }
    }

    boolean holds(int route) {
        var capacity = model.vehicle[route].capacity();
        boolean holds = counts[route] <= model.vehicle[route].tripsMax()
                && works[route] <= model.vehicle[route].effort().most();
        for (int t = 0; holds && t < counts[route]; t++) {
            var trip = trips[route][t];
            holds = capacity.holds(new Load(trip.weight, trip.volume))
                    && trip.departure <= trip.latestDeparture
                    && Arrays.stream(trip.jobs, 0, trip.size).allMatch(job -> model.fits[route][job]);
        }
        return holds;
    }

    /// Has an absent job counted as done.
    void arrive(int job) {
        cost -= model.undone[job];
        int at = 0;
        while (absent[at] != job) {
            at++;
        }
        absent[at] = absent[--absentCount];
    }

    void leave(int job) {
        tripOf[job] = null;
        absent[absentCount++] = job;
        cost += model.undone[job];
    }

    /// What is walked, without the price of what is not done.
    long distance() {
        return Arrays.stream(walks).sum();
    }

    Plan toPlan() {
        var all = new ArrayList<Plan.Route>();
        for (int route = 0; route < model.vehicles; route++) {
            if (counts[route] > 0) {
                all.add(toRoute(route));
            }
        }
        var undone = Arrays.stream(absent, 0, absentCount).sorted().boxed().toList();
        return new Plan(all, undone, distance());
    }

    private Plan.Route toRoute(int route) {
        List<List<Integer>> done = IntStream.range(0, counts[route])
                .mapToObj(trip -> trips[route][trip].toList())
                .toList();
        return new Plan.Route(route, done);
    }
}
