package io.linli.dispatch.assignment;

import io.linli.dispatch.engine.Reason;
import io.linli.dispatch.engine.Recommendation;
import io.linli.dispatch.engine.search.Planner;
import io.linli.dispatch.route.RouteSettings;
import io.linli.dispatch.task.OfferTasks;
import io.linli.dispatch.task.WaitingTask;
import io.linli.dispatch.volunteer.VolunteersOnShift;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Who could take a waiting task as everybody's rounds stand, the best first, or why nobody can. Changes nothing.
@Component
class FindCandidates {

    private final VolunteersOnShift volunteersOnShift;
    private final OfferTasks offerTasks;
    private final AssignmentSettings planning;
    private final RouteSettings pace;
    private final Planners planners;
    private final Transactions transactions;
    private final Clock clock;

    FindCandidates(
            VolunteersOnShift volunteersOnShift,
            OfferTasks offerTasks,
            AssignmentSettings planning,
            RouteSettings pace,
            Planners planners,
            Transactions transactions,
            Clock clock) {
        this.volunteersOnShift = volunteersOnShift;
        this.offerTasks = offerTasks;
        this.planning = planning;
        this.pace = pace;
        this.planners = planners;
        this.transactions = transactions;
        this.clock = clock;
    }

    record Candidate(UUID volunteer, Instant eta, Recommendation why) {}

    /// @param hindrances of all volunteers on shift; empty as soon as somebody could
    record Candidates(List<Candidate> best, Set<Reason> hindrances, int onShift) {}

    private record Seen(WaitingTask task, List<Carrier> carriers) {}

    /// Empty when no such task waits. *Errors:* 503 `planning-busy` when too many plans wait for their turn.
    Mono<Candidates> find(UUID community, UUID task, int most) {
        var now = clock.instant();
        return transactions
                .in(community, () -> look(community, task, now))
                .publishOn(planners.scheduler())
                .map(seen -> recommend(seen.carriers(), seen.task(), most, now))
                .timeout(planning.answerMax())
                .onErrorMap(
                        RejectedExecutionException.class,
                        _ -> Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "planning-busy")
                                .retryAfter(planning.retryAfter()));
    }

    private Mono<Seen> look(UUID community, UUID task, Instant now) {
        return offerTasks
                .find(community, task, now)
                .flatMap(waiting -> volunteersOnShift
                        .find(community, now, planning.volunteersMax())
                        .flatMap(onShift -> offerTasks
                                .inHand(community, Carrier.ids(onShift))
                                .map(inHand -> Carrier.all(onShift, inHand)))
                        .map(carriers -> new Seen(waiting, carriers)));
    }

    private Candidates recommend(List<Carrier> carriers, WaitingTask task, int most, Instant now) {
        var round = new Round(carriers, List.of(task), now, planning, pace);
        var planner = new Planner(round.problem, round.begun);
        var best = planner.recommend(0, most).stream()
                .map(found -> new Candidate(
                        carriers.get(found.vehicle()).volunteer(),
                        now.plusSeconds(found.begin() + round.atDoor),
                        found))
                .toList();
        return new Candidates(best, planner.hindrances(0), carriers.size());
    }
}
