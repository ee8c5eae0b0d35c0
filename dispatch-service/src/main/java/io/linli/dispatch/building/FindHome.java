package io.linli.dispatch.building;

import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Looks a household up; empty as long as community-service has not told us of it.
@Component
public class FindHome {

    private final Homes homes;

    FindHome(Homes homes) {
        this.homes = homes;
    }

    public Mono<Home> find(UUID household) {
        return homes.find(household);
    }
}
