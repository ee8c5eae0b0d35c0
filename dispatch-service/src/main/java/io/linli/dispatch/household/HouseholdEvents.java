package io.linli.dispatch.household;

import io.linli.kit.messaging.Received;
import io.linli.kit.messaging.Subscription;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/// Hears of households from community-service.
@Configuration(proxyBeanMethods = false)
class HouseholdEvents {

    record HouseholdChanged(UUID householdId, long version, UUID buildingId, int floor, int need) {}

    @Bean
    Subscription householdSubscription(Households households) {
        return Subscription.queue("dispatch.households")
                .on("household.changed.v1", HouseholdChanged.class, changed -> save(households, changed));
    }

    private static Mono<Void> save(Households households, Received<HouseholdChanged> changed) {
        var news = changed.data();
        var household = new Household(news.householdId(), news.buildingId(), news.floor(), news.need());
        return households.save(changed.community(), household, news.version());
    }
}
