package io.linli.dispatch.household;

import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Looks a household up; empty as long as community-service has not told us of it, and in another community.
@Component
public class FindHousehold {

    private final Households households;

    FindHousehold(Households households) {
        this.households = households;
    }

    public Mono<Household> find(UUID community, UUID household) {
        return households.find(community, household);
    }
}
