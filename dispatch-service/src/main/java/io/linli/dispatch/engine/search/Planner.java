package io.linli.dispatch.engine.search;

import io.linli.dispatch.engine.Plan;
import io.linli.dispatch.engine.Problem;
import io.linli.dispatch.engine.Reason;
import io.linli.dispatch.engine.Recommendation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A plan under way: who could take one more job, put it in without moving anything else, or plan the rest anew. What
/// is
/// pinned stays with whom it is promised to.
///
/// Not to be shared between threads.
public final class Planner {
    private final Problem problem;
    private final Model model;
    private final Routes routes;
    private final BestGap gap;
    private final Hindrances hindrances;

    /// @param plan what of it no longer holds counts as undone
    public Planner(Problem problem, Plan plan) {
        this.problem = problem;
        model = new Model(problem);
        routes = new Routes(model);
        routes.adopt(plan);
        gap = new BestGap(routes);
        hindrances = new Hindrances(problem, routes);
    }

    public Plan plan() {
        return routes.toPlan();
    }

    /// When a planned job begins.
    public int begin(int job) {
        return routes.ends[job] - model.service[job];
    }

    /// Walking and service of a vehicle in this plan, in units of time.
    public int effort(int vehicle) {
        return routes.works[vehicle];
    }

    /// The vehicles that could take a job that is undone, the cheapest first, at most `k`. None when it fits nowhere;
    /// then [#hindrances] tells why.
    public List<Recommendation> recommend(int job, int k) {
        requireUndone(job);
        var all = new ArrayList<Recommendation>();
        for (int vehicle = 0; vehicle < model.vehicles; vehicle++) {
            if (model.fits[vehicle][job]) {
                gap.look(job, vehicle);
                if (gap.cost != BestGap.NONE) {
                    all.add(toRecommendation(job, vehicle));
                }
            }
        }
        all.sort(Comparator.comparingLong(Recommendation::cost).thenComparing(Recommendation::vehicle));
        return List.copyOf(all.subList(0, Math.min(k, all.size())));
    }

    private Recommendation toRecommendation(int job, int vehicle) {
        var added = gap.added(job, vehicle);
        return new Recommendation(
                vehicle,
                gap.trip,
                gap.position,
                gap.begin(job, vehicle),
                gap.cost,
                gap.cost - added.late() - added.unfair() - added.reluctance(),
                added.late(),
                added.unfair(),
                added.reluctance());
    }

    /// Puts an undone job where it costs least and moves nothing else; the plan as it was when it fits nowhere.
    public Plan insert(int job) {
        recommend(job, 1).forEach(best -> {
            routes.insert(job, best.vehicle(), best.trip(), best.position());
            routes.arrive(job);
        });
        return plan();
    }

    /// Why nobody can do an undone job; empty when somebody could.
    public Set<Reason> hindrances(int job) {
        requireUndone(job);
        var all = EnumSet.noneOf(Reason.class);
        for (int vehicle = 0; vehicle < model.vehicles; vehicle++) {
            var found = hindrances.of(vehicle, job);
            if (found.isEmpty()) {
                return EnumSet.noneOf(Reason.class);
            }
            all.add(found.get());
        }
        return all;
    }

    private void requireUndone(int job) {
        if (routes.tripOf[job] != null) {
            throw new IllegalArgumentException("job " + job + " is planned");
        }
    }
}
