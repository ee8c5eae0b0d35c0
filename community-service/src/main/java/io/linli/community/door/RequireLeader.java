package io.linli.community.door;

import io.linli.community.CommunitySettings;
import io.linli.community.registry.Actor;
import io.linli.community.registry.Role;
import io.linli.kit.data.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Who may ask where the households of a group buy live: leaders by role, and who was handed one, until it is long
/// over.
@Component
class RequireLeader {
    private final GroupBuyLeads leads;
    private final Transactions transactions;
    private final Duration leadMax;
    private final Clock clock;

    RequireLeader(GroupBuyLeads leads, Transactions transactions, CommunitySettings settings, Clock clock) {
        this.leads = leads;
        this.transactions = transactions;
        this.leadMax = Duration.ofDays(settings.leadMaxDays());
        this.clock = clock;
    }

    /// This actor. *Errors:* 403 `role-required` for one who has none of the roles and leads no group buy.
    Mono<Actor> handle(UUID community, Actor actor, Role... anyRole) {
        var member = actor.member();
        if (actor.manages() || member == null || Arrays.stream(anyRole).anyMatch(actor::has)) {
            return Mono.fromSupplier(() -> actor.require(anyRole));
        }
        var closedAfter = clock.instant().minus(leadMax);
        return transactions
                .in(community, () -> leads.isLeading(community, member, closedAfter))
                .map(leading -> leading ? actor : actor.require(anyRole));
    }
}
