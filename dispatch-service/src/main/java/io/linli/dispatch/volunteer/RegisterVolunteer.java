package io.linli.dispatch.volunteer;

import io.linli.dispatch.due.DueAssignments;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// A member becomes a carrying volunteer, or changes limit and starting place.
@Component
class RegisterVolunteer {

    private final Volunteers volunteers;
    private final DueAssignments due;
    private final Clock clock;

    RegisterVolunteer(Volunteers volunteers, DueAssignments due, Clock clock) {
        this.volunteers = volunteers;
        this.due = due;
        this.clock = clock;
    }

    record Registration(UUID member, int maxLoadGrams, double x, double y) {}

    /// A limit below the load in hand is fine: nothing is taken away, and nothing more is offered.
    Mono<Volunteer> handle(UUID community, Registration wanted) {
        return volunteers
                .save(community, wanted.member(), wanted.maxLoadGrams(), wanted.x(), wanted.y())
                .flatMap(saved -> due.ask(community, clock.instant()).thenReturn(saved));
    }
}
