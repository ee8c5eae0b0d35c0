package io.linli.groupbuy.completion;

import io.linli.groupbuy.ordering.AdvanceOrders;
import io.linli.groupbuy.ordering.Order.Step;
import io.linli.kit.messaging.Received;
import io.linli.kit.messaging.Subscription;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/// Hears from the station what became of a household's parcel and ends the orders in it.
@Configuration(proxyBeanMethods = false)
class CompleteOrders {

    /// What is read of `parcel.handed-over.v1`, `parcel.delivered.v1` and `parcel.failed.v1`.
    record ParcelEnded(UUID parcelId, Set<UUID> orderIds) {}

    @Bean
    Subscription parcels(AdvanceOrders advanceOrders) {
        return Subscription.queue("group-buy.parcels")
                .on("parcel.handed-over.v1", ParcelEnded.class, heard -> received(advanceOrders, heard))
                .on("parcel.delivered.v1", ParcelEnded.class, heard -> received(advanceOrders, heard))
                .on("parcel.failed.v1", ParcelEnded.class, heard -> failed(advanceOrders, heard));
    }

    private static Mono<Void> received(AdvanceOrders advanceOrders, Received<ParcelEnded> heard) {
        return advanceOrders.handle(heard.data().orderIds(), Step.PARCEL_RECEIVED);
    }

    private static Mono<Void> failed(AdvanceOrders advanceOrders, Received<ParcelEnded> heard) {
        return advanceOrders.handle(heard.data().orderIds(), Step.PARCEL_FAILED);
    }
}
