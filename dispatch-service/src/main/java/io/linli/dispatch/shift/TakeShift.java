package io.linli.dispatch.shift;

import io.linli.dispatch.DispatchSettings;
import io.linli.dispatch.due.DueAssignments;
import io.linli.dispatch.volunteer.FindVolunteer;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// A volunteer takes a shift; when it starts, waiting tasks are looked at again.
@Component
class TakeShift {

    private final FindVolunteer findVolunteer;
    private final Shifts shifts;
    private final DueAssignments due;
    private final DispatchSettings settings;
    private final Clock clock;

    TakeShift(FindVolunteer findVolunteer, Shifts shifts, DueAssignments due, DispatchSettings settings, Clock clock) {
        this.findVolunteer = findVolunteer;
        this.shifts = shifts;
        this.due = due;
        this.settings = settings;
        this.clock = clock;
    }

    sealed interface Result {
        record Taken(Shift shift) implements Result {}

        record Flawed(Shift.Flaw flaw) implements Result {}

        record NotRegistered() implements Result {}

        record Overlaps() implements Result {}
    }

    Mono<Result> handle(UUID community, Shift shift) {
        return Mono.justOrEmpty(shift.flaw(clock.instant(), settings))
                .<Result>map(Result.Flawed::new)
                .switchIfEmpty(Mono.defer(() -> takeIfRegistered(community, shift)));
    }

    private Mono<Result> takeIfRegistered(UUID community, Shift shift) {
        return findVolunteer
                .isRegistered(community, shift.member())
                .flatMap(registered -> registered ? take(community, shift) : Mono.just(new Result.NotRegistered()));
    }

    private Mono<Result> take(UUID community, Shift shift) {
        return shifts.add(community, shift)
                .flatMap(added -> added
                        ? due.ask(community, shift.startsAt()).thenReturn(new Result.Taken(shift))
                        : Mono.just(new Result.Overlaps()));
    }
}
