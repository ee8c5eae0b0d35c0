package io.linli.dispatch.assignment;

import io.linli.dispatch.engine.Reason;
import io.linli.dispatch.engine.Recommendation;
import io.linli.dispatch.engine.search.Planner;
import io.linli.dispatch.route.RouteSettings;
import io.linli.dispatch.task.OfferTasks;
import io.linli.dispatch.task.WaitingTask;
import io.linli.dispatch.volunteer.VolunteersOnShift;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Who could take a waiting task as everybody's rounds stand, the best first, or why nobody can. Runs inside the
/// caller's
/// transaction and changes nothing.
@Component
class FindCandidates {

    private final VolunteersOnShift volunteersOnShift;
    private final OfferTasks offerTasks;
    private final AssignmentSettings planning;
    private final RouteSettings pace;
    private final Clock clock;

    FindCandidates(
            VolunteersOnShift volunteersOnShift,
            OfferTasks offerTasks,
            AssignmentSettings planning,
            RouteSettings pace,
            Clock clock) {
        this.volunteersOnShift = volunteersOnShift;
        this.offerTasks = offerTasks;
        this.planning = planning;
        this.pace = pace;
        this.clock = clock;
    }

    record Candidate(UUID volunteer, Instant eta, Recommendation why) {}

    /// @param hindrances of all volunteers on shift; empty as soon as somebody could
    record Candidates(List<Candidate> best, Set<Reason> hindrances, int onShift) {}

    /// Empty when no such task waits.
    Mono<Candidates> find(UUID community, UUID task, int most) {
        var now = clock.instant();
        return offerTasks
                .find(community, task, now)
                .flatMap(waiting -> volunteersOnShift
                        .find(community, now)
                        .flatMap(onShift -> offerTasks.inHand(community).map(inHand -> Carrier.all(onShift, inHand)))
                        .publishOn(Schedulers.parallel())
                        .map(carriers -> recommend(carriers, waiting, most, now)));
    }

    private Candidates recommend(List<Carrier> carriers, WaitingTask task, int most, Instant now) {
        var round = new Round(carriers, List.of(task), now, planning, pace);
        var planner = new Planner(round.problem, round.begun);
        var best = planner.recommend(0, most).stream()
                .map(found ->
                        new Candidate(carriers.get(found.vehicle()).volunteer(), now.plusSeconds(found.begin()), found))
                .toList();
        return new Candidates(best, planner.hindrances(0), carriers.size());
    }
}
