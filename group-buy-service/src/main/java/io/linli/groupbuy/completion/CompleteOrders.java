package io.linli.groupbuy.completion;

import io.linli.groupbuy.lifecycle.Stage;
import io.linli.groupbuy.ordering.Order.Step;
import io.linli.kit.messaging.Subscription;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Hears from the station what became of a household's parcel and ends the orders in it.
@Configuration(proxyBeanMethods = false)
class CompleteOrders {

    /// What is read of `parcel.handed-over.v1`, `parcel.delivered.v1` and `parcel.failed.v1`.
    record ParcelEnded(UUID parcelId, Set<UUID> orderIds) {}

    /// What is read of `parcel.ready.v1`.
    record ParcelReady(UUID groupBuyId) {}

    @Bean
    Subscription parcels(FollowDelivery follow) {
        return Subscription.queue("group-buy.parcels")
                .on(
                        "parcel.ready.v1",
                        ParcelReady.class,
                        heard -> follow.advance(heard.data().groupBuyId(), Stage.ARRIVED))
                .on(
                        "parcel.handed-over.v1",
                        ParcelEnded.class,
                        heard -> follow.end(heard.data().orderIds(), Step.PARCEL_RECEIVED))
                .on(
                        "parcel.delivered.v1",
                        ParcelEnded.class,
                        heard -> follow.end(heard.data().orderIds(), Step.PARCEL_RECEIVED))
                .on(
                        "parcel.failed.v1",
                        ParcelEnded.class,
                        heard -> follow.end(heard.data().orderIds(), Step.PARCEL_FAILED));
    }
}
