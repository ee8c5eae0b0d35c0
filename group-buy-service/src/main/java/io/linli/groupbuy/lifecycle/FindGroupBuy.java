package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.lifecycle.GroupBuy.Draft;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Reads one group buy, inside the caller's transaction and without a lock. *Errors:* 404 `group-buy-unknown`.
@Service
public class FindGroupBuy {
    private final GroupBuys groupBuys;
    private final Items items;

    FindGroupBuy(GroupBuys groupBuys, Items items) {
        this.groupBuys = groupBuys;
        this.items = items;
    }

    public Mono<GroupBuy> handle(UUID id) {
        return groupBuys.find(id).switchIfEmpty(unknown());
    }

    public Mono<OfferedGroupBuy> withItems(UUID id) {
        return handle(id).flatMap(groupBuy -> items.list(id).map(offered -> new OfferedGroupBuy(groupBuy, offered)));
    }

    /// As a member may see it: to all but those who lead it, a draft does not exist.
    public Mono<OfferedGroupBuy> seenBy(Membership viewer, UUID id) {
        return withItems(id)
                .filter(offered ->
                        !(offered.groupBuy() instanceof Draft) || LedGroupBuy.mayLead(offered.groupBuy(), viewer))
                .switchIfEmpty(unknown());
    }

    static <T> Mono<T> unknown() {
        return Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "group-buy-unknown"));
    }
}
