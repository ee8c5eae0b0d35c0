package io.linli.community.care;

import io.linli.community.households.CareNeeds;
import io.linli.community.households.ChangeHousehold;
import io.linli.community.households.FindHousehold;
import io.linli.community.registry.Actor;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Sets why a household cannot come down, in the caller's transaction.
@Component
class SetCare {
    private final FindHousehold findHousehold;
    private final ChangeHousehold changeHousehold;

    SetCare(FindHousehold findHousehold, ChangeHousehold changeHousehold) {
        this.findHousehold = findHousehold;
        this.changeHousehold = changeHousehold;
    }

    /// *Errors:* 403 `not-your-household`, 404 `household-not-found`.
    Mono<CareNeeds> handle(Actor actor, UUID household, CareNeeds care) {
        return findHousehold
                .getFor(actor, household)
                .flatMap(_ -> changeHousehold.setCare(household, care).thenReturn(care));
    }
}
