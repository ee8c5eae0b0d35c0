package io.linli.dispatch.building;

import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Looks a building up; empty as long as community-service has not told us of it.
@Component
public class FindBuilding {

    private final Buildings buildings;

    FindBuilding(Buildings buildings) {
        this.buildings = buildings;
    }

    public Mono<Building> find(UUID building) {
        return buildings.find(building);
    }
}
