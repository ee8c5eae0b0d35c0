package io.linli.dispatch.assignment;

import io.linli.dispatch.engine.Budget;
import io.linli.dispatch.engine.Plan;
import io.linli.dispatch.engine.search.Planner;
import io.linli.dispatch.engine.search.Solver;
import io.linli.dispatch.task.PlannedStop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Has the engine plan a round and tells who goes where in which order. The same round gives the same plan, unless
/// its time ran out.
final class PlanRound {
    private static final long SEED = 1;

    private final Round round;
    private final Instant now;
    private final AssignmentSettings settings;

    PlanRound(Round round, Instant now, AssignmentSettings settings) {
        this.round = round;
        this.now = now;
        this.settings = settings;
    }

    /// The stops of all rounds, what was promised before included.
    List<PlannedStop> plan() {
        long until = System.nanoTime() + settings.planMax().toNanos();
        var plan = new Solver(round.problem, round.begun, SEED)
                .solve(new Budget.Iterations(settings.planSteps()), () -> System.nanoTime() > until);
        var planner = new Planner(round.problem, plan);
        var stops = new ArrayList<PlannedStop>();
        plan.routes().forEach(route -> stops.addAll(stops(route, planner)));
        return stops;
    }

    /// Tasks into more closed buildings than the volunteer may enter now are left to another round.
    private List<PlannedStop> stops(Plan.Route route, Planner planner) {
        var carrier = round.carriers.get(route.vehicle());
        var jobs = route.trips().stream().flatMap(List::stream).toList();
        var entered = closedBuildings(jobs, carrier);
        var stops = new ArrayList<PlannedStop>();
        int number = carrier.underWay().size();
        for (int job : jobs) {
            var closed = closedBuilding(job);
            if (closed == null || entered.contains(closed)) {
                var eta = now.plusSeconds(planner.begin(job) + round.atDoor);
                stops.add(new PlannedStop(task(job), carrier.volunteer(), ++number, eta));
            }
        }
        return stops;
    }

    /// Those entered lately, and of the others those with most to do, as many as may be entered.
    private Set<UUID> closedBuildings(List<Integer> jobs, Carrier carrier) {
        var entered = new HashSet<>(carrier.onShift().closedBuildings());
        var others = jobs.stream()
                .map(this::closedBuilding)
                .filter(Objects::nonNull)
                .filter(building -> !entered.contains(building))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        others.entrySet().stream()
                .sorted(Map.Entry.<UUID, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(Math.max(0, carrier.onShift().closedBuildingsLeft()))
                .forEach(building -> entered.add(building.getKey()));
        return entered;
    }

    /// Null unless the job is a new task into one.
    private @Nullable UUID closedBuilding(int job) {
        if (job >= round.waiting.size()) {
            return null;
        }
        var task = round.waiting.get(job);
        return task.needs().closedBuilding() ? task.building() : null;
    }

    private UUID task(int job) {
        int waiting = round.waiting.size();
        return job < waiting
                ? round.waiting.get(job).id()
                : round.promised.get(job - waiting).id();
    }
}
