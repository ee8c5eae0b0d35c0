package io.linli.dispatch.building;

import java.util.Set;
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

    /// Until the transaction ends it is neither closed nor reopened, so that what begins in it is told of either. Taken
    /// before any task is, as the news of a closure takes them.
    public Mono<Building> hold(UUID building) {
        return buildings.hold(building);
    }

    /// Whether every one of them is a building of this community that we were told of.
    public Mono<Boolean> areAllKnown(UUID community, Set<UUID> wanted) {
        return buildings.count(community, wanted).map(known -> known == wanted.size());
    }
}
