package io.linli.station.parcel;

import io.linli.kit.messaging.Event;
import io.linli.kit.messaging.Outbox;
import io.linli.station.code.PickUpCodes;
import io.linli.station.parcel.Decision.Accepted;
import io.linli.station.parcel.ParcelState.Ready;
import io.linli.station.shelving.Shelving;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Performs decided steps with all that follows from them: custody, slots, pick-up codes, events. The households of
/// parcels that come onto the shelf or leave it are locked by the caller.
@Component
class MoveParcels {
    private final Custody custody;
    private final Parcels parcels;
    private final Shelving shelving;
    private final PickUpCodes codes;
    private final Outbox outbox;

    MoveParcels(Custody custody, Parcels parcels, Shelving shelving, PickUpCodes codes, Outbox outbox) {
        this.custody = custody;
        this.parcels = parcels;
        this.shelving = shelving;
        this.codes = codes;
        this.outbox = outbox;
    }

    Mono<Void> move(List<Accepted> steps, Occasion occasion) {
        if (steps.isEmpty()) {
            return Mono.empty();
        }
        return custody.move(steps, occasion)
                .then(vacate(steps, occasion))
                .then(issueCodes(steps, occasion))
                .then(retireCodes(steps, occasion))
                .then(outbox.publish(toEvents(steps, occasion.community())));
    }

    private Mono<Void> vacate(List<Accepted> steps, Occasion occasion) {
        var left = steps.stream()
                .filter(MoveParcels::leavesShelf)
                .map(step -> step.next().id())
                .toList();
        return shelving.vacate(occasion.community(), left);
    }

    private Mono<Void> issueCodes(List<Accepted> steps, Occasion occasion) {
        return codes.issue(occasion.community(), households(steps, MoveParcels::comesOntoShelf), occasion.receivedAt());
    }

    /// A code dies with the last parcel it opens.
    private Mono<Void> retireCodes(List<Accepted> steps, Occasion occasion) {
        var left = households(steps, MoveParcels::leavesShelf);
        if (left.isEmpty()) {
            return Mono.empty();
        }
        return parcels.findHouseholdsWithReady(occasion.community(), left).flatMap(waiting -> {
            var empty = new HashSet<>(left);
            waiting.forEach(empty::remove);
            return codes.retire(occasion.community(), empty, occasion.receivedAt());
        });
    }

    private static boolean comesOntoShelf(Accepted step) {
        return !(step.before().state() instanceof Ready) && step.next().state() instanceof Ready;
    }

    private static boolean leavesShelf(Accepted step) {
        return step.before().state() instanceof Ready && !(step.next().state() instanceof Ready);
    }

    private static Set<UUID> households(List<Accepted> steps, Predicate<Accepted> which) {
        return steps.stream()
                .filter(which)
                .map(step -> step.next().householdId())
                .collect(Collectors.toSet());
    }

    private static List<Event> toEvents(List<Accepted> steps, UUID community) {
        return steps.stream()
                .flatMap(step -> step.events().stream())
                .map(event -> new Event(community, event.eventType(), event.parcelId(), event))
                .toList();
    }
}
