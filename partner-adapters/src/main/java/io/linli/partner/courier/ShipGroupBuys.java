package io.linli.partner.courier;

import io.linli.kit.data.Ids;
import io.linli.kit.messaging.Received;
import io.linli.kit.messaging.Subscription;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/// A formed group buy becomes a shipment that waits to be booked; nothing here calls the courier.
@Configuration(proxyBeanMethods = false)
class ShipGroupBuys {
    private static final String CARRIER = "generic";

    @Bean
    Subscription formedGroupBuys(Shipments shipments, Clock clock) {
        return Subscription.queue("partner.shipments")
                .on("group-buy.formed.v1", GroupBuyFormed.class, received -> ship(received, shipments, clock));
    }

    private static Mono<Void> ship(Received<GroupBuyFormed> received, Shipments shipments, Clock clock) {
        var formed = received.data();
        return shipments.add(new Freight(
                Ids.next(),
                received.community(),
                formed.groupBuyId(),
                formed.title(),
                CARRIER,
                formed.supplierName(),
                Math.max(1, formed.pieces()),
                formed.weightGrams(),
                clock.instant()));
    }
}
