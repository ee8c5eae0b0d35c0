package io.linli.groupbuy.ordering;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Finds out whether a group buy's orders are all final, inside the caller's transaction.
@Service
public class FindFinished {
    private final GroupBuysOfOrders groupBuys;

    FindFinished(GroupBuysOfOrders groupBuys) {
        this.groupBuys = groupBuys;
    }

    /// The group buys of these orders, sorted, so that who locks them all does so in one order.
    public Mono<List<UUID>> groupBuysOf(Set<UUID> orders) {
        return groupBuys.list(orders);
    }

    public Mono<Boolean> areFinal(UUID groupBuy) {
        return groupBuys.areFinal(groupBuy);
    }
}
