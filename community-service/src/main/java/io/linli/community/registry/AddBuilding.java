package io.linli.community.registry;

import io.linli.kit.messaging.Outbox;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Adds a building and tells the other services, in the caller's transaction.
@Component
class AddBuilding {
    private final Buildings buildings;
    private final Outbox outbox;

    AddBuilding(Buildings buildings, Outbox outbox) {
        this.buildings = buildings;
        this.outbox = outbox;
    }

    Mono<Building> handle(UUID community, Building building) {
        return buildings
                .insert(community, building)
                .flatMap(added ->
                        outbox.publish(BuildingAdded.of(community, added)).thenReturn(added));
    }
}
