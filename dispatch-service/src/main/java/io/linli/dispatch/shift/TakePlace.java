package io.linli.dispatch.shift;

import io.linli.dispatch.DispatchSettings;
import io.linli.dispatch.due.DueAssignments;
import io.linli.dispatch.volunteer.FindVolunteer;
import io.linli.kit.data.Ids;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// A volunteer takes a place in one shift of a plan, or waits for one when all are taken. Runs in the caller's
/// transaction, which is rolled back on a refusal.
@Component
class TakePlace {

    private final ShiftPlans plans;
    private final ShiftPlaces places;
    private final Shifts shifts;
    private final FindVolunteer findVolunteer;
    private final DueAssignments due;
    private final DispatchSettings settings;
    private final Clock clock;

    TakePlace(
            ShiftPlans plans,
            ShiftPlaces places,
            Shifts shifts,
            FindVolunteer findVolunteer,
            DueAssignments due,
            DispatchSettings settings,
            Clock clock) {
        this.plans = plans;
        this.places = places;
        this.shifts = shifts;
        this.findVolunteer = findVolunteer;
        this.due = due;
        this.settings = settings;
        this.clock = clock;
    }

    record Command(UUID community, UUID member, UUID plan, LocalDate day) {}

    sealed interface Result {
        record Placed(ShiftPlace place) implements Result {}

        record NoPlan() implements Result {}

        record NotOnDay() implements Result {}

        record Flawed(Shift.Flaw flaw) implements Result {}

        record NotRegistered() implements Result {}

        record HeldBefore() implements Result {}

        record Overlaps() implements Result {}
    }

    private record Wish(UUID community, UUID member, ShiftPlan.Occurrence occurrence) {}

    Mono<Result> handle(Command command) {
        return plans.find(command.community(), command.plan())
                .flatMap(plan -> take(command, plan.on(command.day())))
                .defaultIfEmpty(new Result.NoPlan());
    }

    private Mono<Result> take(Command command, Optional<ShiftPlan.Occurrence> occurrence) {
        return occurrence
                .map(found -> takeUnlessFlawed(new Wish(command.community(), command.member(), found)))
                .orElseGet(() -> Mono.just(new Result.NotOnDay()));
    }

    private Mono<Result> takeUnlessFlawed(Wish wish) {
        var shift = wish.occurrence().toShift(Ids.next(), wish.member());
        return Mono.justOrEmpty(shift.flaw(clock.instant(), settings))
                .<Result>map(Result.Flawed::new)
                .switchIfEmpty(Mono.defer(() -> takeIfRegistered(wish, shift)));
    }

    private Mono<Result> takeIfRegistered(Wish wish, Shift shift) {
        return findVolunteer
                .isRegistered(wish.community(), wish.member())
                .flatMap(
                        registered -> registered ? takeUnlessHeld(wish, shift) : Mono.just(new Result.NotRegistered()));
    }

    private Mono<Result> takeUnlessHeld(Wish wish, Shift shift) {
        return places.lock(wish.community())
                .then(Mono.defer(() -> places.isHeld(wish.occurrence(), wish.member())))
                .flatMap(held -> held ? Mono.just(new Result.HeldBefore()) : takeOrWait(wish, shift));
    }

    private Mono<Result> takeOrWait(Wish wish, Shift shift) {
        return places.claim(wish.community(), wish.occurrence())
                .flatMap(claimed -> claimed ? serve(wish, shift) : keep(wish, null));
    }

    private Mono<Result> serve(Wish wish, Shift shift) {
        return shifts.add(wish.community(), shift)
                .flatMap(added -> added
                        ? keep(wish, shift.id())
                                .flatMap(kept -> due.ask(wish.community(), shift.startsAt())
                                        .thenReturn(kept))
                        : Mono.just(new Result.Overlaps()));
    }

    private Mono<Result> keep(Wish wish, @Nullable UUID shift) {
        var place = ShiftPlace.of(Ids.next(), wish.occurrence(), wish.member(), shift);
        return places.add(wish.community(), place).thenReturn(new Result.Placed(place));
    }
}
