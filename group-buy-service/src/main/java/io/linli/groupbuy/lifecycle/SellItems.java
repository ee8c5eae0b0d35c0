package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.lifecycle.GroupBuys.HeldGroupBuy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// What ordering asks of group buys: what is open, what is left, take this much, put that back. All inside the caller's
/// transaction, and only on offers that `hold` gave in the same transaction.
@Service
public class SellItems {
    private final GroupBuys groupBuys;
    private final Items items;

    SellItems(GroupBuys groupBuys, Items items) {
        this.groupBuys = groupBuys;
        this.items = items;
    }

    /// A group buy held still, the serial number of its last order, and those of its items that were asked for.
    public record Offer(GroupBuy groupBuy, int lastSerial, List<Item> items) {
        public GroupBuy.Terms terms() {
            return groupBuy.terms();
        }
    }

    /// The serial numbers from after `heldSerial` up to `lastSerial` are used.
    public record Sale(UUID groupBuy, int heldSerial, int lastSerial) {}

    /// Locks these group buys, in the order of their ids, so that orders of one come one after another and never
    /// deadlock. Unknown ones are absent.
    ///
    /// @param wanted the items to read
    /// @param whole the group buys of which all items are read
    public Mono<Map<UUID, Offer>> hold(Set<UUID> ids, Set<UUID> wanted, Set<UUID> whole) {
        return groupBuys.lock(ids).flatMap(held -> items.list(wanted, whole).map(offered -> toOffers(held, offered)));
    }

    /// Uses serial numbers and moves stock (by item id, negative to put back).
    public Mono<Void> store(List<Sale> sales, Map<UUID, Integer> quantities) {
        var numbered = sales.isEmpty() ? Mono.<Void>empty() : items.number(sales);
        return quantities.isEmpty() ? numbered : Mono.whenDelayError(numbered, items.move(quantities));
    }

    private static Map<UUID, Offer> toOffers(List<HeldGroupBuy> held, Map<UUID, Collection<Item>> offered) {
        return held.stream()
                .map(each -> toOffer(each, offered))
                .collect(Collectors.toMap(offer -> offer.terms().id(), Function.identity()));
    }

    private static Offer toOffer(HeldGroupBuy held, Map<UUID, Collection<Item>> offered) {
        var items = offered.getOrDefault(held.groupBuy().terms().id(), List.of());
        return new Offer(held.groupBuy(), held.lastSerial(), List.copyOf(items));
    }
}
