package io.linli.groupbuy.completion;

import io.linli.groupbuy.lifecycle.Stage;
import io.linli.kit.messaging.Subscription;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/// Hears from partner-adapters how far the courier has got with a group buy.
@Configuration(proxyBeanMethods = false)
class FollowShipments {

    /// What is read of `shipment.booked.v1`.
    record Booked(UUID groupBuyId) {}

    /// What is read of `shipment.status-changed.v1`.
    record StatusChanged(UUID groupBuyId, String status) {}

    @Bean
    Subscription shipments(FollowDelivery follow) {
        return Subscription.queue("group-buy.shipments")
                .on(
                        "shipment.booked.v1",
                        Booked.class,
                        heard -> follow.advance(heard.data().groupBuyId(), Stage.ORDERED))
                .on("shipment.status-changed.v1", StatusChanged.class, heard -> follow(follow, heard.data()));
    }

    /// A status that says nothing about where the goods are leaves the group buy as it is; an unknown one too.
    private static Mono<Void> follow(FollowDelivery follow, StatusChanged changed) {
        return switch (changed.status()) {
            case "picked_up", "in_transit", "out_for_delivery" -> follow.advance(changed.groupBuyId(), Stage.SHIPPED);
            case "ready_for_pickup", "delivered" -> follow.advance(changed.groupBuyId(), Stage.ARRIVED);
            default -> Mono.empty();
        };
    }
}
