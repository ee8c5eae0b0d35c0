package io.linli.dispatch.building;

import io.linli.kit.messaging.Received;
import io.linli.kit.messaging.Subscription;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/// Hears of buildings and of who lives where from community-service.
@Configuration(proxyBeanMethods = false)
class BuildingEvents {

    record BuildingAdded(UUID buildingId, String name, double x, double y, int floors, boolean lift) {}

    record HouseholdChanged(UUID householdId, long version, UUID buildingId, int floor, int need) {
        /// Their levels begin at 0, for none; ours at 1.
        Home home() {
            return new Home(householdId, buildingId, floor, need + 1);
        }
    }

    @Bean
    Subscription buildingSubscription(Buildings buildings, Homes homes) {
        return Subscription.queue("dispatch.buildings")
                .on("building.added.v1", BuildingAdded.class, received -> add(buildings, received))
                .on(
                        "household.changed.v1",
                        HouseholdChanged.class,
                        received -> homes.save(
                                received.community(),
                                received.data().home(),
                                received.data().version()));
    }

    private static Mono<Void> add(Buildings buildings, Received<BuildingAdded> received) {
        var added = received.data();
        return buildings.save(
                received.community(),
                new Building(
                        added.buildingId(), added.name(), added.x(), added.y(), added.floors(), added.lift(), false));
    }
}
