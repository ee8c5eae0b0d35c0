package io.linli.groupbuy.allocation;

import io.linli.kit.messaging.Subscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the registry of households says reaches the policies here.
@Configuration(proxyBeanMethods = false)
class HouseholdNews {

    @Bean
    Subscription householdSubscription(Households households) {
        return Subscription.queue("group-buy.households")
                .on("household.changed.v1", HouseholdChanged.class, households::apply);
    }
}
