package io.linli.dispatch.building;

import io.linli.kit.messaging.ComesEarly;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Notes that a building was closed or reopened, and keeps it until the caller's transaction ends.
@Component
public class CloseBuilding {

    private final Buildings buildings;

    CloseBuilding(Buildings buildings) {
        this.buildings = buildings;
    }

    /// False for news that is older than what is known. *Errors:* [ComesEarly] for a building not told of yet.
    public Mono<Boolean> change(UUID community, UUID building, boolean closed, long version) {
        return buildings
                .change(community, building, closed, version)
                .switchIfEmpty(Mono.error(() -> new ComesEarly("building " + building)));
    }
}
