package io.linli.dispatch.volunteer;

import io.linli.dispatch.building.FindBuilding;
import io.linli.dispatch.due.DueAssignments;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// A volunteer says what they can do, and when they want nothing. What they hold stays with them; what waits is looked
/// at again once they may be offered more.
@Component
class ChangeProfile {

    private final Volunteers volunteers;
    private final FindBuilding findBuilding;
    private final DueAssignments due;
    private final VolunteerSettings settings;
    private final Clock clock;

    ChangeProfile(
            Volunteers volunteers,
            FindBuilding findBuilding,
            DueAssignments due,
            VolunteerSettings settings,
            Clock clock) {
        this.volunteers = volunteers;
        this.findBuilding = findBuilding;
        this.due = due;
        this.settings = settings;
        this.clock = clock;
    }

    /// Who says so, and in which zone their days are counted.
    record Speaker(UUID community, UUID member, ZoneId zone) {}

    sealed interface Result {
        record Done(Volunteer volunteer) implements Result {}

        record Flawed(Availability.Flaw flaw) implements Result {}

        record UnknownBuilding() implements Result {}

        record NotRegistered() implements Result {}
    }

    Mono<Result> change(Speaker speaker, Abilities wanted) {
        return findBuilding
                .areAllKnown(speaker.community(), wanted.buildings())
                .flatMap(known -> known ? save(speaker, wanted) : Mono.just(new Result.UnknownBuilding()));
    }

    private Mono<Result> save(Speaker speaker, Abilities wanted) {
        return answer(speaker, volunteers.save(speaker, wanted), clock.instant());
    }

    Mono<Result> change(Speaker speaker, Availability wanted) {
        var now = clock.instant();
        return Mono.justOrEmpty(wanted.flaw(now, settings.pauseMax()))
                .<Result>map(Result.Flawed::new)
                .switchIfEmpty(Mono.defer(() -> answer(speaker, volunteers.save(speaker, wanted), now)));
    }

    private Mono<Result> answer(Speaker speaker, Mono<Volunteer> saving, Instant now) {
        return saving.flatMap(saved -> lookAgain(speaker, saved, now).thenReturn((Result) new Result.Done(saved)))
                .defaultIfEmpty(new Result.NotRegistered());
    }

    private Mono<Void> lookAgain(Speaker speaker, Volunteer saved, Instant now) {
        return saved.availability()
                .availableFrom(now)
                .map(from -> due.ask(speaker.community(), from))
                .orElse(Mono.empty());
    }
}
