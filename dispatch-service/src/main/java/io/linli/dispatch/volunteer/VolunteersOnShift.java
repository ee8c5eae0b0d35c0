package io.linli.dispatch.volunteer;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Takes hold of the volunteers who are on shift and can carry more, until the transaction ends.
@Component
public class VolunteersOnShift {

    private final Volunteers volunteers;

    VolunteersOnShift(Volunteers volunteers) {
        this.volunteers = volunteers;
    }

    public Mono<List<OnShift>> lock(UUID community, Instant now) {
        return volunteers.lockOnShift(community, now);
    }
}
