package io.linli.dispatch.assignment;

import io.linli.dispatch.DispatchSettings;
import io.linli.dispatch.due.DueAssignments;
import io.linli.dispatch.route.RouteSettings;
import io.linli.dispatch.task.OfferTasks;
import io.linli.dispatch.task.PlannedStop;
import io.linli.dispatch.task.WaitingTask;
import io.linli.dispatch.volunteer.VolunteersOnShift;
import io.linli.kit.data.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Offers the waiting tasks of a community to its volunteers on shift: all of them as one plan, so that a
/// consignment's tasks make good rounds instead of being given out one by one. Nothing is locked while the engine
/// plans; what changed meanwhile is left out and comes with the next round.
@Component
class AssignTasks {

    private static final Logger log = LoggerFactory.getLogger(AssignTasks.class);
    private static final int COMMUNITIES_AT_ONCE = 2;

    private final DueAssignments due;
    private final VolunteersOnShift volunteersOnShift;
    private final OfferTasks offerTasks;
    private final Transactions transactions;
    private final DispatchSettings settings;
    private final AssignmentSettings planning;
    private final RouteSettings pace;
    private final Planners planners;
    private final Clock clock;

    AssignTasks(
            DueAssignments due,
            VolunteersOnShift volunteersOnShift,
            OfferTasks offerTasks,
            Transactions transactions,
            DispatchSettings settings,
            AssignmentSettings planning,
            RouteSettings pace,
            Planners planners,
            Clock clock) {
        this.due = due;
        this.volunteersOnShift = volunteersOnShift;
        this.offerTasks = offerTasks;
        this.transactions = transactions;
        this.settings = settings;
        this.planning = planning;
        this.pace = pace;
        this.planners = planners;
        this.clock = clock;
    }

    /// Assigns wherever a task came in, a shift started or load came free since the last run.
    @Scheduled(fixedDelayString = "${linli.dispatch.assign-every:250ms}")
    Mono<Void> assignDue() {
        return transactions
                .acrossCommunities(() -> due.findCommunities(clock.instant(), settings.communitiesPerRunMax()))
                .flatMapMany(Flux::fromIterable)
                .flatMap(this::assignOrSkip, COMMUNITIES_AT_ONCE)
                .then()
                .timeout(settings.timerMax())
                .onErrorResume(AssignTasks::skip);
    }

    /// The net below [#assignDue]: has every community with waiting tasks looked at again.
    @Scheduled(fixedDelayString = "${linli.dispatch.sweep-every:1m}")
    Mono<Void> sweep() {
        return transactions
                .acrossCommunities(() -> offerTasks.findCommunities().flatMap(this::askAgain))
                .timeout(settings.timerMax())
                .onErrorResume(AssignTasks::skip);
    }

    private Mono<Void> askAgain(List<UUID> communities) {
        return communities.isEmpty() ? Mono.empty() : due.askAll(communities, clock.instant());
    }

    private Mono<Void> assignOrSkip(UUID community) {
        return assign(community).onErrorResume(AssignTasks::skip);
    }

    /// Looks, plans without holding anything, then offers what still holds.
    Mono<Void> assign(UUID community) {
        var now = clock.instant();
        return transactions
                .in(community, () -> look(community, now))
                .flatMap(seen -> planAndOffer(community, seen, now)
                        .onErrorResume(failure -> lookAgain(community).then(Mono.error(failure))));
    }

    private Mono<Void> planAndOffer(UUID community, Seen seen, Instant now) {
        return plan(seen, now)
                .filter(stops -> !stops.isEmpty())
                .flatMap(stops -> transactions.in(community, () -> offerWhatHolds(community, stops)));
    }

    private record Seen(List<Carrier> carriers, List<WaitingTask> waiting) {}

    private Mono<Seen> look(UUID community, Instant now) {
        return due.claim(community, now)
                .filter(claimed -> claimed)
                .flatMap(_ -> findCarriers(community, now))
                .filter(carriers -> !carriers.isEmpty())
                .flatMap(carriers -> offerTasks
                        .findWaiting(community, now, planning.tasksMax())
                        .map(waiting -> new Seen(carriers, soon(waiting, now))))
                .filter(seen -> !seen.waiting().isEmpty());
    }

    private Mono<List<Carrier>> findCarriers(UUID community, Instant now) {
        return volunteersOnShift
                .find(community, now, planning.volunteersMax())
                .filter(onShift -> !onShift.isEmpty())
                .flatMap(onShift ->
                        offerTasks.inHand(community, Carrier.ids(onShift)).map(inHand -> Carrier.all(onShift, inHand)));
    }

    private List<WaitingTask> soon(List<WaitingTask> waiting, Instant now) {
        var until = now.plus(planning.aheadMax());
        return waiting.stream()
                .filter(task -> {
                    var earliest = task.needs().window().earliest();
                    return earliest == null || !earliest.isAfter(until);
                })
                .toList();
    }

    /// Off the event loop: a search computes for as long as it is let.
    private Mono<List<PlannedStop>> plan(Seen seen, Instant now) {
        return Mono.fromCallable(() -> {
                    var round = new Round(seen.carriers(), seen.waiting(), now, planning, pace);
                    return new PlanRound(round, now, planning).plan();
                })
                .subscribeOn(planners.scheduler());
    }

    /// Locks the volunteers before any task, as every assignment does; whoever changes a task holds no volunteer yet.
    private Mono<Void> offerWhatHolds(UUID community, List<PlannedStop> stops) {
        var now = clock.instant();
        var tasks = stops.stream().map(PlannedStop::task).toList();
        return volunteersOnShift
                .lock(community, now)
                .flatMap(onShift -> offerTasks
                        .lockWaiting(community, now, tasks)
                        .map(waiting -> StillHolds.of(stops, onShift, waiting)))
                .flatMap(offers -> offers.isEmpty() ? Mono.empty() : offerTasks.offer(offers))
                .then(offerTasks.number(stops));
    }

    /// What was asked for is claimed already, so a round that failed has to be asked for anew.
    private Mono<Void> lookAgain(UUID community) {
        var later = clock.instant().plus(planning.retryAfter());
        return transactions.in(community, () -> due.ask(community, later));
    }

    private static Mono<Void> skip(Throwable failure) {
        log.warn("An assignment is left to the next run: {}", failure.toString());
        return Mono.empty();
    }
}
