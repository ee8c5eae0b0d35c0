package io.linli.dispatch.capacity;

import io.linli.kit.messaging.Received;
import io.linli.kit.messaging.Subscription;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/// Hears of formed group buys, and reserves what of them is to be carried to doors. Formed is for good: it is reserved
/// even where more is promised than the volunteers can carry, and nothing is ever released but by its day going by.
@Configuration(proxyBeanMethods = false)
class ReserveCapacity {

    record GroupBuyFormed(UUID groupBuyId, @Nullable Delivery delivery, List<Order> orders) {

        long doorstepGrams() {
            return orders.stream()
                    .filter(Order::doorstep)
                    .mapToLong(Order::weightGrams)
                    .sum();
        }
    }

    record Delivery(Instant from, Instant to) {}

    record Order(boolean doorstep, long weightGrams) {}

    @Bean
    Subscription groupBuySubscription(Reservations reservations) {
        return Subscription.queue("dispatch.group-buys")
                .on("group-buy.formed.v1", GroupBuyFormed.class, received -> reserve(reservations, received));
    }

    private static Mono<Void> reserve(Reservations reservations, Received<GroupBuyFormed> received) {
        var formed = received.data();
        var delivery = formed.delivery();
        if (delivery == null) {
            return Mono.empty();
        }
        return reservations.add(
                received.community(),
                new Reservations.Reservation(
                        formed.groupBuyId(), delivery.from(), delivery.to(), formed.doorstepGrams()));
    }
}
