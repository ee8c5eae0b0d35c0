package io.linli.community.door;

import io.linli.community.CommunitySettings;
import io.linli.community.registry.Actor;
import io.linli.community.registry.Role;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Who may ask where these households live: leaders by role; and who leads group buys without it, of the households for
/// which they were formed, until that is long ago. Reads inside the caller's transaction.
@Component
class RequireLeader {
    private final GroupBuyLeads leads;
    private final Duration leadMax;
    private final Clock clock;

    RequireLeader(GroupBuyLeads leads, CommunitySettings settings, Clock clock) {
        this.leads = leads;
        this.leadMax = Duration.ofDays(settings.leadMaxDays());
        this.clock = clock;
    }

    /// This actor. *Errors:* 403 `role-required` for one without the role who does not lead for all the households.
    Mono<Actor> handle(UUID community, Actor actor, Collection<UUID> households) {
        var member = actor.member();
        if (actor.manages() || member == null || actor.has(Role.LEADER)) {
            return Mono.fromSupplier(() -> actor.require(Role.LEADER));
        }
        return leads.isLeadingFor(community, member, households, clock.instant().minus(leadMax))
                .map(leading -> leading ? actor : actor.require(Role.LEADER));
    }
}
