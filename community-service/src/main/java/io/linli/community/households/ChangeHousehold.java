package io.linli.community.households;

import io.linli.kit.messaging.Outbox;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Changes what other services hear of a household and tells them, in the caller's transaction. What stays as it was
/// is not told.
@Component
public class ChangeHousehold {
    private final Households households;
    private final Outbox outbox;

    ChangeHousehold(Households households, Outbox outbox) {
        this.households = households;
        this.outbox = outbox;
    }

    public Mono<Void> setStationConsent(UUID household, boolean granted) {
        return households.setStationConsent(household, granted).flatMap(this::tell);
    }

    public Mono<Void> setCare(UUID household, CareNeeds care) {
        return households.setCare(household, care).flatMap(this::tell);
    }

    private Mono<Void> tell(Household changed) {
        return outbox.publish(HouseholdChanged.of(changed));
    }
}
