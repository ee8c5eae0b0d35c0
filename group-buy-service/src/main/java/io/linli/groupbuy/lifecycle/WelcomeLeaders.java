package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.community.RequireMembers;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Membership;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Whether those who are to lead a group buy may: residents of the community, and who has the role of a leader there.
/// Calls the network: not for use in a transaction.
@Service
class WelcomeLeaders {
    private final LedGroupBuy ledGroupBuy;
    private final RequireMembers requireMembers;
    private final Transactions transactions;

    WelcomeLeaders(LedGroupBuy ledGroupBuy, RequireMembers requireMembers, Transactions transactions) {
        this.ledGroupBuy = ledGroupBuy;
        this.requireMembers = requireMembers;
        this.transactions = transactions;
    }

    /// Those who are new to it; who leads it already is not asked about again. *Errors:* 404 `group-buy-unknown`, 403
    /// `not-your-group-buy`, 422 `member-unknown`, 503 `community-unavailable`.
    Mono<Set<UUID>> handle(UUID groupBuy, Membership by, Set<UUID> leaders) {
        return transactions
                .in(by.community(), () -> ledGroupBuy.get(groupBuy, by))
                .map(led -> newTo(led, leaders))
                .flatMap(newcomers -> requireMembers.whoMayLead(by.community(), newcomers));
    }

    private static Set<UUID> newTo(GroupBuy led, Set<UUID> leaders) {
        var newcomers = new HashSet<>(leaders);
        newcomers.removeIf(led.terms()::isLedBy);
        return newcomers;
    }
}
