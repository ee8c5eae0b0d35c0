package io.linli.dispatch.assignment;

import io.linli.dispatch.DispatchSettings;
import io.linli.dispatch.due.DueAssignments;
import io.linli.dispatch.task.Offer;
import io.linli.dispatch.task.OfferTasks;
import io.linli.dispatch.task.Place;
import io.linli.dispatch.volunteer.OnShift;
import io.linli.dispatch.volunteer.VolunteersOnShift;
import io.linli.kit.data.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Offers the waiting tasks of a community to its volunteers on shift: all of them in one transaction, so that a
/// consignment's tasks are grouped by building instead of being given out one by one.
@Component
class AssignTasks {

    private static final Logger log = LoggerFactory.getLogger(AssignTasks.class);
    private static final int COMMUNITIES_AT_ONCE = 2;

    private final DueAssignments due;
    private final VolunteersOnShift volunteersOnShift;
    private final OfferTasks offerTasks;
    private final Transactions transactions;
    private final DispatchSettings settings;
    private final Clock clock;

    AssignTasks(
            DueAssignments due,
            VolunteersOnShift volunteersOnShift,
            OfferTasks offerTasks,
            Transactions transactions,
            DispatchSettings settings,
            Clock clock) {
        this.due = due;
        this.volunteersOnShift = volunteersOnShift;
        this.offerTasks = offerTasks;
        this.transactions = transactions;
        this.settings = settings;
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

    Mono<Void> assign(UUID community) {
        var now = clock.instant();
        return transactions.in(
                community,
                () -> due.claim(community, now)
                        .filter(claimed -> claimed)
                        .flatMap(_ -> findCarriers(community, now))
                        .filter(carriers -> !carriers.isEmpty())
                        .flatMap(carriers -> plan(community, carriers, now))
                        .filter(offers -> !offers.isEmpty())
                        .flatMap(offerTasks::offer));
    }

    /// Locks the volunteers before any task, as every assignment does; whoever changes a task holds no volunteer yet.
    private Mono<List<Carrier>> findCarriers(UUID community, Instant now) {
        return volunteersOnShift
                .lock(community, now)
                .flatMap(onShift -> offerTasks.lastPlaces(community).map(places -> toCarriers(onShift, places)));
    }

    private static List<Carrier> toCarriers(List<OnShift> onShift, Map<UUID, Place> places) {
        return onShift.stream()
                .map(found -> new Carrier(
                        found.volunteer(),
                        places.getOrDefault(found.volunteer(), new Place(found.x(), found.y())),
                        found.freeGrams()))
                .toList();
    }

    private Mono<List<Offer>> plan(UUID community, List<Carrier> carriers, Instant now) {
        return offerTasks.lockWaiting(community, now).map(waiting -> NearestBuilding.plan(carriers, waiting));
    }

    private static Mono<Void> skip(Throwable failure) {
        log.warn("An assignment is left to the next run: {}", failure.toString());
        return Mono.empty();
    }
}
