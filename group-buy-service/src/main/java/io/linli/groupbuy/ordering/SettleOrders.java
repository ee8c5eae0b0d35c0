package io.linli.groupbuy.ordering;

import io.linli.groupbuy.ordering.Order.State;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// What the close of a group buy does to its placed orders, inside the caller's transaction, which holds the group buy.
@Service
public class SettleOrders {
    private final Orders orders;

    SettleOrders(Orders orders) {
        this.orders = orders;
    }

    /// The distinct households that take part.
    public Mono<Integer> countParticipants(UUID groupBuy) {
        return orders.countPlacedHouseholds(groupBuy);
    }

    /// Confirms all placed orders and answers them by serial number.
    public Mono<List<Order>> confirm(UUID groupBuy) {
        return move(groupBuy, State.CONFIRMED);
    }

    /// Fails all placed orders and answers them by serial number.
    public Mono<List<Order>> fail(UUID groupBuy) {
        return move(groupBuy, State.FAILED);
    }

    private Mono<List<Order>> move(UUID groupBuy, State next) {
        return orders.updatePlaced(groupBuy, next).then(orders.listIn(groupBuy, next));
    }
}
