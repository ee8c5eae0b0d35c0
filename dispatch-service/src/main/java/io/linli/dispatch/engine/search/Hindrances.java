package io.linli.dispatch.engine.search;

import io.linli.dispatch.engine.Problem;
import io.linli.dispatch.engine.Reason;
import java.util.Optional;

/// Why a vehicle cannot take a job as its route stands.
final class Hindrances {
    private final Problem problem;
    private final Routes routes;
    private final Compatibility compatibility;
    private final BestGap gap;

    Hindrances(Problem problem, Routes routes) {
        this.problem = problem;
        this.routes = routes;
        this.compatibility = new Compatibility(problem);
        this.gap = new BestGap(routes);
    }

    /// Empty when it can. What forbids the job at all comes before what only the route of today does.
    Optional<Reason> of(int vehicle, int job) {
        var never = compatibility.missing(vehicle, job);
        if (never.isPresent()) {
            return never;
        }
        gap.look(job, vehicle);
        return gap.cost == BestGap.NONE ? Optional.of(today(vehicle, job)) : Optional.empty();
    }

    private Reason today(int r, int job) {
        var model = routes.model;
        var vehicle = problem.vehicles().get(r);
        int station = model.station[r] * model.nodes;
        int ready = Math.max(
                vehicle.shift().from() + model.time[model.start[r] * model.nodes + model.station[r]],
                model.release[job]);
        int begin = model.begin(job, ready + model.time[station + job]);
        if (begin == Model.NEVER) {
            return Reason.WINDOW;
        }
        int home = begin + model.service[job] + model.time[job * model.nodes + model.end[r]];
        if (home > vehicle.shift().to()
                || routes.works[r] + model.service[job] > vehicle.effort().most()) {
            return Reason.SHIFT;
        }
        return hasRoom(r, job) ? Reason.WINDOW : Reason.CAPACITY;
    }

    /// Whether some trip could carry it too, or one more trip is allowed.
    private boolean hasRoom(int r, int job) {
        for (int t = 0; t < routes.counts[r]; t++) {
            if (gap.hasRoom(job, r, routes.trips[r][t])) {
                return true;
            }
        }
        return routes.counts[r] < routes.model.vehicle[r].tripsMax();
    }
}
