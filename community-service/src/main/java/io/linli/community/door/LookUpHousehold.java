package io.linli.community.door;

import io.linli.community.households.FindHousehold;
import io.linli.community.households.Household;
import io.linli.community.privacy.Phone;
import io.linli.community.privacy.Reveal;
import io.linli.community.privacy.RevealLog;
import io.linli.community.registry.Actor;
import io.linli.community.registry.Role;
import io.linli.kit.data.Ids;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Finds the household of a phone for those who serve at the station, and writes that down, in
/// the caller's transaction.
@Component
class LookUpHousehold {
    private final FindHousehold findHousehold;
    private final RevealLog revealLog;
    private final Clock clock;

    LookUpHousehold(FindHousehold findHousehold, RevealLog revealLog, Clock clock) {
        this.findHousehold = findHousehold;
        this.revealLog = revealLog;
        this.clock = clock;
    }

    /// *Errors:* 404 `phone-not-found`.
    Mono<Household> handle(UUID community, Actor actor, Phone phone) {
        return findHousehold
                .getByPhone(community, phone)
                .flatMap(household ->
                        revealLog.write(community, toReveal(actor, household)).thenReturn(household));
    }

    private Reveal toReveal(Actor actor, Household household) {
        return new Reveal(
                Ids.next(),
                household.id(),
                Reveal.What.PHONE_LOOKUP,
                actor.as(Role.KEEPER, Role.FLOOR_LEADER),
                actor.account(),
                actor.member(),
                null,
                clock.instant());
    }
}
