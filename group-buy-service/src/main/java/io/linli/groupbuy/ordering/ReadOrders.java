package io.linli.groupbuy.ordering;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.lifecycle.FindGroupBuy;
import io.linli.groupbuy.lifecycle.LedGroupBuy;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Who may see which orders, inside the caller's transaction: a household its own, those who lead a group buy
/// and coordinators all of it, every member the running list.
@Service
public class ReadOrders {
    private final Orders orders;
    private final FindGroupBuy findGroupBuy;

    ReadOrders(Orders orders, FindGroupBuy findGroupBuy) {
        this.orders = orders;
        this.findGroupBuy = findGroupBuy;
    }

    /// *Errors:* 404 `order-unknown`, also when it is not for this reader.
    public Mono<Order> get(UUID id, Membership reader) {
        return orders.find(id).filterWhen(order -> maySee(order, reader)).switchIfEmpty(unknown());
    }

    /// *Errors:* 403 without a household.
    Mono<List<Order>> list(Membership reader, Page.Request page) {
        return orders.listOf(reader.uuid("household"), reader.member(), page);
    }

    /// *Errors:* 404 `group-buy-unknown`, 403 for others than its leaders without a household.
    Mono<List<Order>> list(UUID groupBuy, Membership reader, Page.Request page) {
        return findGroupBuy
                .handle(groupBuy)
                .flatMap(found -> LedGroupBuy.mayLead(found, reader)
                        ? orders.listOfGroupBuy(groupBuy, page)
                        : orders.listOfHousehold(reader.uuid("household"), groupBuy, page));
    }

    /// *Errors:* 404 `group-buy-unknown`.
    Mono<List<Order>> listRunning(UUID groupBuy, Membership reader, Page.Request page) {
        return findGroupBuy.seenBy(reader, groupBuy).then(orders.listRunning(groupBuy, page));
    }

    private Mono<Boolean> maySee(Order order, Membership reader) {
        if (order.buyer().household().toString().equals(household(reader))
                || order.buyer().member().equals(reader.member())) {
            return Mono.just(true);
        }
        return findGroupBuy.handle(order.groupBuyId()).map(groupBuy -> LedGroupBuy.mayLead(groupBuy, reader));
    }

    private static @Nullable String household(Membership reader) {
        return reader.attributes().get("household");
    }

    static <T> Mono<T> unknown() {
        return Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "order-unknown"));
    }
}
