package io.linli.community.door;

import io.linli.community.households.FindHousehold;
import io.linli.community.households.Household;
import io.linli.community.privacy.Reveal;
import io.linli.community.privacy.RevealLog;
import io.linli.community.registry.Actor;
import io.linli.community.registry.Role;
import io.linli.kit.data.Ids;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Shows a leader where the households live for which a packing sheet is printed, without anybody's name or phone, and
/// writes each look down, in the caller's transaction.
@Component
class ShowDoors {
    private final FindHousehold findHousehold;
    private final RevealLog revealLog;
    private final Clock clock;

    ShowDoors(FindHousehold findHousehold, RevealLog revealLog, Clock clock) {
        this.findHousehold = findHousehold;
        this.revealLog = revealLog;
        this.clock = clock;
    }

    /// Who is not here is left out.
    Mono<List<Household>> handle(UUID community, Actor actor, List<UUID> households) {
        return findHousehold
                .findThese(households)
                .flatMap(found -> revealLog
                        .write(
                                community,
                                found.stream()
                                        .map(household -> toReveal(actor, household))
                                        .toList())
                        .thenReturn(found));
    }

    private Reveal toReveal(Actor actor, Household household) {
        return new Reveal(
                Ids.next(),
                household.id(),
                Reveal.What.PACKING_SHEET,
                actor.manages() ? actor.as(Role.LEADER) : Role.LEADER.text(),
                actor.account(),
                actor.member(),
                null,
                clock.instant());
    }
}
