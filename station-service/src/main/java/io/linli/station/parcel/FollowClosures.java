package io.linli.station.parcel;

import io.linli.kit.messaging.Received;
import io.linli.kit.messaging.Subscription;
import io.linli.station.household.Buildings;
import io.linli.station.household.Household;
import io.linli.station.household.Households;
import io.linli.station.parcel.Decision.Accepted;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// A closed building has everything on the shelf for it carried up, a reopened one lets its households come down again
/// for what nobody has collected: all parcels of a building in one transaction, the one of the news. What is still on
/// its way is decided when it is shelved.
@Component
class FollowClosures {
    private final Buildings buildings;
    private final Households households;
    private final Parcels parcels;
    private final MoveParcels moveParcels;
    private final Clock clock;

    FollowClosures(Buildings buildings, Households households, Parcels parcels, MoveParcels moveParcels, Clock clock) {
        this.buildings = buildings;
        this.households = households;
        this.parcels = parcels;
        this.moveParcels = moveParcels;
        this.clock = clock;
    }

    /// Heard from community-service.
    record ClosureChanged(UUID buildingId, long version) {}

    @Bean
    Subscription closureSubscription() {
        return Subscription.queue("station.closures")
                .on("building.closed.v1", ClosureChanged.class, news -> follow(news, true))
                .on("building.reopened.v1", ClosureChanged.class, news -> follow(news, false));
    }

    private Mono<Void> follow(Received<ClosureChanged> news, boolean closed) {
        var community = news.community();
        var building = news.data().buildingId();
        var occasion = Occasion.heard(community, "coordinator", news.occurredAt(), clock.instant());
        return buildings
                .apply(community, building, news.data().version(), closed)
                .filter(isNews -> isNews)
                .flatMap(_ -> households.lockOfBuilding(community, building))
                .flatMap(found -> parcels.lockReady(community, found.keySet()).map(ready -> redirect(ready, found)))
                .flatMap(steps -> moveParcels.move(steps, occasion));
    }

    private static List<Accepted> redirect(List<Parcel> ready, Map<UUID, Household> households) {
        return ready.stream()
                .map(parcel -> parcel.decide(new Command.Redirect(
                        Intake.recipient(Objects.requireNonNull(households.get(parcel.householdId()))))))
                .filter(Accepted.class::isInstance)
                .map(Accepted.class::cast)
                .toList();
    }
}
