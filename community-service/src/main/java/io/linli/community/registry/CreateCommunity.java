package io.linli.community.registry;

import io.linli.kit.web.Problem;
import java.time.Clock;
import java.time.ZoneId;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Opens a community.
@Component
class CreateCommunity {
    private final Communities communities;
    private final Clock clock;

    CreateCommunity(Communities communities, Clock clock) {
        this.communities = communities;
        this.clock = clock;
    }

    /// *Errors:* 422 `zone-unknown`.
    Mono<Community> handle(UUID id, String name, String zone) {
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            return Mono.error(Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "zone-unknown", zone));
        }
        return communities.insert(new Community(id, name.strip(), zone, clock.instant()));
    }
}
