package io.linli.dispatch.task;

import io.linli.kit.messaging.Subscription;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Hears of parcels from station-service.
@Configuration(proxyBeanMethods = false)
class ParcelEvents {

    record ParcelOver(UUID parcelId) {}

    record ParcelCollected(UUID taskId, UUID volunteerId) {}

    @Bean
    Subscription parcelSubscription(FollowParcels follow) {
        return Subscription.queue("dispatch.parcels")
                .on(
                        "parcel.ready.v1",
                        FollowParcels.Ready.class,
                        received -> follow.ready(received.community(), received.data()))
                .on(
                        "parcel.collected.v1",
                        ParcelCollected.class,
                        received -> follow.collected(
                                received.community(),
                                received.data().taskId(),
                                received.data().volunteerId()))
                .on(
                        "parcel.handed-over.v1",
                        ParcelOver.class,
                        received -> follow.over(
                                received.community(), received.data().parcelId()))
                .on(
                        "parcel.failed.v1",
                        ParcelOver.class,
                        received -> follow.over(
                                received.community(), received.data().parcelId()));
    }
}
