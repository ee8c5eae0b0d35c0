package io.linli.dispatch.shift;

import io.linli.dispatch.due.DueAssignments;
import io.linli.kit.data.Ids;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// A volunteer gives a place up before its shift starts, or waits no longer. The first who waits and has no other shift
/// at that time moves up. Runs in the caller's transaction.
@Component
class GiveUpPlace {

    private final ShiftPlaces places;
    private final Shifts shifts;
    private final DueAssignments due;
    private final Clock clock;

    GiveUpPlace(ShiftPlaces places, Shifts shifts, DueAssignments due, Clock clock) {
        this.places = places;
        this.shifts = shifts;
        this.due = due;
        this.clock = clock;
    }

    sealed interface Result {
        record GivenUp(ShiftPlace place) implements Result {}

        record NoPlace() implements Result {}

        record Started() implements Result {}
    }

    Mono<Result> handle(UUID community, UUID member, UUID place) {
        return places.lock(community)
                .then(Mono.defer(() -> places.find(community, member, place)))
                .flatMap(found -> giveUp(community, found))
                .defaultIfEmpty(new Result.NoPlace());
    }

    private Mono<Result> giveUp(UUID community, ShiftPlace place) {
        if (place.hasStarted(clock.instant())) {
            return Mono.just(new Result.Started());
        }
        return places.delete(place.id()).then(passOn(community, place)).thenReturn(new Result.GivenUp(place));
    }

    private Mono<Void> passOn(UUID community, ShiftPlace place) {
        var shift = place.shift();
        return shift == null
                ? Mono.empty()
                : shifts.delete(shift)
                        .then(Mono.defer(() -> places.listWaiting(place)))
                        .flatMap(waiting -> moveFirstUp(community, waiting))
                        .flatMap(moved -> moved ? Mono.empty() : places.release(place));
    }

    private Mono<Boolean> moveFirstUp(UUID community, List<ShiftPlace> waiting) {
        return Flux.fromIterable(waiting)
                .concatMap(next -> moveUp(community, next), 0)
                .filter(moved -> moved)
                .next()
                .defaultIfEmpty(false);
    }

    private Mono<Boolean> moveUp(UUID community, ShiftPlace waiting) {
        var shift = waiting.toShift(Ids.next());
        return shifts.add(community, shift)
                .flatMap(added -> added
                        ? places.moveUp(waiting.id(), shift.id())
                                .then(due.ask(community, shift.startsAt()))
                                .thenReturn(true)
                        : Mono.just(false));
    }
}
