package io.linli.dispatch.building;

import io.linli.kit.messaging.Received;
import io.linli.kit.messaging.Subscription;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/// Hears of buildings from community-service.
@Configuration(proxyBeanMethods = false)
class BuildingEvents {

    record BuildingAdded(UUID buildingId, String name, double x, double y, int floors, boolean lift) {}

    @Bean
    Subscription buildingSubscription(Buildings buildings) {
        return Subscription.queue("dispatch.buildings")
                .on("building.added.v1", BuildingAdded.class, received -> add(buildings, received));
    }

    private static Mono<Void> add(Buildings buildings, Received<BuildingAdded> received) {
        var added = received.data();
        return buildings.save(
                received.community(),
                new Building(added.buildingId(), added.name(), added.x(), added.y(), added.floors(), added.lift()));
    }
}
