package io.linli.dispatch.hours;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Credits a volunteer with the time of a task that was carried out. Runs inside the caller's transaction.
///
/// Ten parcels carried up together are one walk: of each task only the time counts that no other task of this volunteer
/// has been credited with. A caller with tasks of several volunteers takes the volunteers in the order of their ids, as
/// every assignment does.
@Component
public class CreditHours {

    private final Hours hours;
    private final HoursSettings settings;
    private final Clock clock;

    CreditHours(Hours hours, HoursSettings settings, Clock clock) {
        this.hours = hours;
        this.settings = settings;
        this.clock = clock;
    }

    /// Once per task and volunteer; a second credit changes nothing.
    public Mono<Void> credit(UUID community, UUID volunteer, UUID task, Instant from, Instant to) {
        var span = Span.bounded(from, to, settings.creditMax());
        return hours.lock(community, volunteer)
                .then(hours.credit(new Hours.Credit(community, volunteer, task, span), clock.instant()));
    }
}
