package io.linli.groupbuy.allocation;

import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Where a household lives, as far as the registry has told; inside the caller's transaction.
@Service
public class FindBuilding {
    private final Households households;

    FindBuilding(Households households) {
        this.households = households;
    }

    /// Empty when it is not known.
    public Mono<UUID> of(UUID community, UUID household) {
        return households.findBuilding(community, household);
    }
}
