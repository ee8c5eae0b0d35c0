package io.linli.groupbuy.ordering.desk;

import io.linli.groupbuy.GroupBuySettings;
import io.linli.groupbuy.lifecycle.SellItems;
import io.linli.groupbuy.lifecycle.SellItems.Offer;
import io.linli.groupbuy.ordering.Order;
import io.linli.groupbuy.ordering.Orders;
import io.linli.groupbuy.ordering.desk.BookChanges.Take;
import io.linli.groupbuy.ordering.desk.OfferPage.Payments;
import io.linli.groupbuy.ordering.desk.Waitlist.Entry;
import io.linli.kit.messaging.Outbox;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Loads what a batch needs to know and stores what it decided, set by set, inside the caller's transaction. Statements
/// that do not wait for one another's answers are sent together (pipelined on the transaction's connection).
@Component
class OrderBooks {
    private final SellItems sellItems;
    private final Orders orders;
    private final HouseholdTakes takes;
    private final Waitlists waitlists;
    private final LineChanges lineChanges;
    private final Outbox outbox;
    private final Payments payments;

    OrderBooks(
            SellItems sellItems,
            Orders orders,
            HouseholdTakes takes,
            Waitlists waitlists,
            LineChanges lineChanges,
            Outbox outbox,
            GroupBuySettings settings) {
        this.sellItems = sellItems;
        this.orders = orders;
        this.takes = takes;
        this.waitlists = waitlists;
        this.lineChanges = lineChanges;
        this.outbox = outbox;
        this.payments =
                new Payments(settings.desk().prepayMax(), settings.desk().cashAfterCloseMax());
    }

    private record Known(Map<UUID, Offer> offers, List<Order> orders, List<Entry> waiting) {}

    /// Locks the group buys asked about and reads what the asks are decided on.
    Mono<OrderBook> load(List<Ask> asks) {
        var whole = asks.stream()
                .filter(OrderBooks::mayFreeStock)
                .map(Ask::groupBuy)
                .collect(Collectors.toUnmodifiableSet());
        var groupBuys = asks.stream().map(Ask::groupBuy).collect(Collectors.toUnmodifiableSet());
        return sellItems
                .hold(groupBuys, items(asks), whole)
                .flatMap(offers -> know(asks, offers, whole))
                .flatMap(known -> takes.find(pairs(asks, known)).map(taken -> toBook(known, taken)));
    }

    private static boolean mayFreeStock(Ask ask) {
        return switch (ask) {
            case Ask.Place place -> place.waitlist();
            case Ask.Change _, Ask.Cancel _, Ask.Release _ -> true;
        };
    }

    private Mono<Known> know(List<Ask> asks, Map<UUID, Offer> offers, Set<UUID> whole) {
        if (whole.isEmpty()) {
            return Mono.just(new Known(offers, List.of(), List.of()));
        }
        return Mono.zip(
                orders.lock(named(asks)).collectList(),
                waitlists.find(whole),
                (found, waiting) -> new Known(offers, found, waiting));
    }

    private OrderBook toBook(Known known, Map<Take, Integer> taken) {
        return new OrderBook(known.offers().values(), taken, known.orders(), new Waitlist(known.waiting()), payments);
    }

    private static Set<UUID> items(List<Ask> asks) {
        return asks.stream().flatMap(OrderBooks::items).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<UUID> items(Ask ask) {
        return switch (ask) {
            case Ask.Place place -> place.lines().stream().map(Ask.Wish::itemId);
            case Ask.Change change -> change.lines().stream().map(Ask.Wish::itemId);
            case Ask.Cancel _, Ask.Release _ -> Stream.of();
        };
    }

    private static Set<UUID> named(List<Ask> asks) {
        var named = new HashSet<UUID>();
        for (var ask : asks) {
            switch (ask) {
                case Ask.Place _ -> {}
                case Ask.Change change -> named.add(change.order());
                case Ask.Cancel cancel -> named.add(cancel.order());
                case Ask.Release release -> named.add(release.order());
            }
        }
        return named;
    }

    /// Whose holdings decide: who orders, whose order changes, who waits.
    private static Set<Take> pairs(List<Ask> asks, Known known) {
        var pairs = new HashSet<Take>();
        for (var ask : asks) {
            if (ask instanceof Ask.Place place) {
                place.lines()
                        .forEach(line ->
                                pairs.add(new Take(line.itemId(), place.buyer().household())));
            }
        }
        for (var order : known.orders()) {
            var offer = known.offers().get(order.groupBuyId());
            if (offer != null) {
                offer.items()
                        .forEach(item ->
                                pairs.add(new Take(item.id(), order.buyer().household())));
            }
        }
        known.waiting()
                .forEach(entry -> pairs.add(new Take(entry.item(), entry.buyer().household())));
        return pairs;
    }

    /// Stores everything the book decided.
    /// *Errors:* `OptimisticLockingFailureException` when something was not as read; nothing is kept then.
    Mono<Void> store(OrderBook book) {
        var changes = book.changes();
        var waitlist = book.waitlist();
        return Mono.whenDelayError(
                sellItems.store(changes.sales(), changes.stock()),
                takes.store(changes.takes()),
                orders.insert(changes.placed()),
                orders.changeLines(changes.changed()),
                orders.update(changes.moves()),
                lineChanges.insert(changes.lineChanges()),
                waitlists.insert(waitlist.joined()),
                waitlists.update(waitlist.served()),
                outbox.publish(changes.events()));
    }
}
