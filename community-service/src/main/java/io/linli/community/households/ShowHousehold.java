package io.linli.community.households;

import io.linli.community.privacy.Reveal;
import io.linli.community.privacy.RevealLog;
import io.linli.community.registry.Actor;
import io.linli.kit.data.Ids;
import io.linli.kit.web.Problem;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Shows a household with its room to its own people and, logged, to whoever runs the community.
@Component
class ShowHousehold {
    private final FindHousehold findHousehold;
    private final RevealLog revealLog;
    private final Clock clock;

    ShowHousehold(FindHousehold findHousehold, RevealLog revealLog, Clock clock) {
        this.findHousehold = findHousehold;
        this.revealLog = revealLog;
        this.clock = clock;
    }

    record Shown(Household household, List<Member> members, boolean own) {}

    /// *Errors:* 403 `not-your-household`, 404 `household-not-found`.
    Mono<Shown> handle(Actor actor, UUID id) {
        var own = actor.livesIn(id);
        if (!own && !actor.manages()) {
            return Mono.error(Problem.of(HttpStatus.FORBIDDEN, "not-your-household"));
        }
        return findHousehold
                .get(id)
                .flatMap(household -> (own ? Mono.<Void>empty() : log(actor, household))
                        .then(findHousehold.findMembers(id))
                        .map(members -> new Shown(household, members, own)));
    }

    private Mono<Void> log(Actor actor, Household household) {
        return revealLog.write(
                household.community(),
                new Reveal(
                        Ids.next(),
                        household.id(),
                        Reveal.What.REGISTRY,
                        actor.as(),
                        actor.account(),
                        actor.member(),
                        null,
                        clock.instant()));
    }
}
