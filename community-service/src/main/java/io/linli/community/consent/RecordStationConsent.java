package io.linli.community.consent;

import io.linli.community.households.ChangeHousehold;
import io.linli.community.households.FindHousehold;
import io.linli.community.registry.Actor;
import io.linli.kit.data.Ids;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Records a consent or its withdrawal; the household changes when the answer is a new one. In
/// the caller's transaction.
@Component
class RecordStationConsent {
    private final FindHousehold findHousehold;
    private final ChangeHousehold changeHousehold;
    private final StationConsents consents;
    private final Clock clock;

    RecordStationConsent(
            FindHousehold findHousehold, ChangeHousehold changeHousehold, StationConsents consents, Clock clock) {
        this.findHousehold = findHousehold;
        this.changeHousehold = changeHousehold;
        this.consents = consents;
        this.clock = clock;
    }

    /// The household is changed first: its row lock makes the newest consent and the household's state agree.
    /// *Errors:* 403 `not-your-household`, 404 `household-not-found`.
    Mono<StationConsent> handle(Actor actor, UUID household, boolean granted, String channel) {
        return findHousehold
                .getFor(actor, household)
                .flatMap(found -> changeHousehold
                        .setStationConsent(household, granted)
                        .then(Mono.defer(() ->
                                consents.insert(found.community(), toConsent(actor, household, granted, channel)))));
    }

    private StationConsent toConsent(Actor actor, UUID household, boolean granted, String channel) {
        return new StationConsent(
                Ids.next(),
                household,
                granted,
                channel,
                actor.account(),
                actor.member(),
                !actor.livesIn(household),
                clock.instant());
    }
}
