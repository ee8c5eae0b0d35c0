package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.lifecycle.GroupBuy.Command.ChangeOrders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// What ordering asks of a group buy: is it open, what is left, take this much, put that back. All inside the caller's
/// transaction, and only on an offer that `hold` gave in the same transaction.
@Service
public class SellItems {
    private final ChangeGroupBuy changeGroupBuy;
    private final Items items;

    SellItems(ChangeGroupBuy changeGroupBuy, Items items) {
        this.changeGroupBuy = changeGroupBuy;
        this.items = items;
    }

    /// A group buy that takes orders, held still; the next order gets `nextSerial`.
    public record Offer(GroupBuy.Terms terms, int nextSerial, List<Item> items) {}

    /// Locks the group buy for orders to change.
    /// *Errors:* 404 `group-buy-unknown`, 409 `not-open-yet`, 409 `window-closed`.
    public Mono<Offer> hold(UUID groupBuy, Instant now) {
        return changeGroupBuy
                .hold(groupBuy)
                .flatMap(held -> changeGroupBuy.handle(held, new ChangeOrders(), now))
                .flatMap(this::toOffer);
    }

    /// Takes the quantities (by item id) off the stock and uses the offer's serial number.
    public Mono<Void> sell(Offer held, Map<UUID, Integer> quantities) {
        return items.sell(held.terms().id(), held.nextSerial(), quantities);
    }

    /// Puts the quantities (by item id) back on the stock.
    public Mono<Void> giveBack(Offer held, Map<UUID, Integer> quantities) {
        return items.giveBack(held.terms().id(), quantities);
    }

    private Mono<Offer> toOffer(GroupBuy open) {
        var terms = open.terms();
        return items.getLastSerial(terms.id())
                .flatMap(serial -> items.list(terms.id()).map(offered -> new Offer(terms, serial + 1, offered)));
    }
}
