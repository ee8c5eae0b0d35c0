package io.linli.community.notices;

import io.linli.kit.messaging.Received;
import io.linli.kit.messaging.Subscription;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/// Tells every household of a building that it is closed, or reopened, and why.
@Configuration(proxyBeanMethods = false)
class ClosureNotices {
    private final Notices notices;

    ClosureNotices(Notices notices) {
        this.notices = notices;
    }

    record ClosureChanged(UUID buildingId, String name, String reason) {}

    @Bean
    Subscription closureNoticeSubscription() {
        return Subscription.queue("community.closures")
                .on("building.closed.v1", ClosureChanged.class, this::tell)
                .on("building.reopened.v1", ClosureChanged.class, this::tell);
    }

    private Mono<Void> tell(Received<ClosureChanged> event) {
        var building = event.data();
        var said = Map.<String, Object>of("name", building.name(), "reason", building.reason());
        return notices.findHouseholds(building.buildingId())
                .flatMap(households -> notices.insert(
                        event.community(),
                        households.stream()
                                .map(household -> Notice.of(event, household, building.buildingId(), said))
                                .toList()));
    }
}
