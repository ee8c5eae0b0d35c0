package io.linli.dispatch.volunteer;

import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Whether a member is registered as a volunteer. Runs inside the caller's transaction.
@Component
public class FindVolunteer {

    private final Volunteers volunteers;

    FindVolunteer(Volunteers volunteers) {
        this.volunteers = volunteers;
    }

    public Mono<Boolean> isRegistered(UUID community, UUID member) {
        return volunteers.find(community, member).hasElement();
    }
}
