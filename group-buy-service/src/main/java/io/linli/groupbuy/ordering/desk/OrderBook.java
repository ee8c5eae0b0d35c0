package io.linli.groupbuy.ordering.desk;

import io.linli.groupbuy.lifecycle.GroupBuy;
import io.linli.groupbuy.lifecycle.Item;
import io.linli.groupbuy.lifecycle.SellItems.Offer;
import io.linli.groupbuy.ordering.Order;
import io.linli.groupbuy.ordering.Order.Line;
import io.linli.groupbuy.ordering.Order.Payment;
import io.linli.groupbuy.ordering.Order.Step;
import io.linli.groupbuy.ordering.desk.Ask.Wish;
import io.linli.groupbuy.ordering.desk.BookChanges.Take;
import io.linli.groupbuy.ordering.desk.OfferPage.Payments;
import io.linli.kit.data.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What one batch knows of its group buys, and the rules by which it decides: every ask in the order of arrival, on
/// what those before it left. No database, no clock; what it decided is taken from [#changes] and [#waitlist].
///
/// Stock that comes back goes to the waitlist, in its order, before anybody else asks.
final class OrderBook {
    private final Map<UUID, OfferPage> pages;
    private final Map<Take, Integer> taken;
    private final Map<UUID, Order> orders;
    private final Waitlist waitlist;
    private final Payments payments;
    private final BookChanges changes = new BookChanges();

    /// @param taken what households hold of items; absent is nothing
    /// @param orders those that asks name
    OrderBook(
            Collection<Offer> offers,
            Map<Take, Integer> taken,
            Collection<Order> orders,
            Waitlist waitlist,
            Payments payments) {
        this.pages =
                offers.stream().collect(Collectors.toMap(offer -> offer.terms().id(), OfferPage::new));
        this.taken = new HashMap<>(taken);
        this.orders = new HashMap<>();
        orders.forEach(order -> this.orders.put(order.id(), order));
        this.waitlist = waitlist;
        this.payments = payments;
    }

    BookChanges changes() {
        return changes;
    }

    Waitlist waitlist() {
        return waitlist;
    }

    Outcome decide(Ask ask, Instant arrivedAt) {
        var page = pages.get(ask.groupBuy());
        if (page == null) {
            return new Outcome.GroupBuyUnknown();
        }
        return switch (ask) {
            case Ask.Release release -> release(page, release, arrivedAt);
            case Ask.Place place -> ifOpen(page, arrivedAt, () -> place(page, place, arrivedAt));
            case Ask.Change change -> ifOpen(page, arrivedAt, () -> change(page, change, arrivedAt));
            case Ask.Cancel cancel -> ifOpen(page, arrivedAt, () -> cancel(page, cancel, arrivedAt));
        };
    }

    private static Outcome ifOpen(OfferPage page, Instant arrivedAt, Supplier<Outcome> decision) {
        return switch (page.decide(arrivedAt)) {
            case GroupBuy.Decision.Rejected(var reason) ->
                new Outcome.NotOpen(page.offer().groupBuy(), reason);
            case GroupBuy.Decision.Accepted _ -> decision.get();
        };
    }

    private Outcome place(OfferPage page, Ask.Place ask, Instant now) {
        if (!page.offer().terms().conditions().delivery().reaches(ask.building())) {
            return new Outcome.BuildingNotServed();
        }
        var wrong = findWrongLine(page, ask.lines());
        if (wrong.isPresent()) {
            return wrong.get();
        }
        var lines = new ArrayList<Line>();
        var shortages = new ArrayList<Outcome>();
        for (var wish : ask.lines()) {
            var allowed = allowed(page.item(wish.itemId()), ask.buyer().household());
            var granted = Math.min(wish.quantity(), Math.min(allowed, page.left(wish.itemId())));
            if (granted < wish.quantity()) {
                shortages.add(shortage(page, ask, wish, allowed));
            }
            if (granted > 0) {
                lines.add(page.toLine(wish.itemId(), granted));
            }
        }
        if (lines.isEmpty() || !shortages.isEmpty() && !ask.acceptPartial()) {
            return shortages.getFirst();
        }
        return new Outcome.Granted(accept(page, ask.buyer(), ask.doorstep(), lines, now));
    }

    private static Optional<Outcome> findWrongLine(OfferPage page, List<Wish> wishes) {
        var seen = new HashSet<UUID>();
        for (var wish : wishes) {
            if (!page.has(wish.itemId())) {
                return Optional.of(new Outcome.ItemUnknown(wish.itemId()));
            }
            if (!seen.add(wish.itemId())) {
                return Optional.of(new Outcome.LineRepeated(page.item(wish.itemId())));
            }
        }
        return Optional.empty();
    }

    private int allowed(Item item, UUID household) {
        return Math.max(0, item.limitPerHousehold() - taken.getOrDefault(new Take(item.id(), household), 0));
    }

    /// Why a wish is not granted in full; who asked for it gets a place on the waitlist for what is sold out.
    private Outcome shortage(OfferPage page, Ask.Place ask, Wish wish, int allowed) {
        var item = page.item(wish.itemId());
        if (wish.quantity() > allowed) {
            return new Outcome.OverLimit(item, allowed);
        }
        var left = page.left(item.id());
        if (!ask.waitlist()) {
            return new Outcome.SoldOut(item, left, null);
        }
        var missing = ask.acceptPartial() ? wish.quantity() - left : wish.quantity();
        var terms = page.offer().terms();
        var place = waitlist.join(new Waitlist.Entry(
                Ids.next(), terms.community(), terms.id(), item.id(), ask.buyer(), missing, ask.doorstep()));
        return new Outcome.SoldOut(item, left, place);
    }

    private Order accept(OfferPage page, Order.Buyer buyer, boolean doorstep, List<Line> lines, Instant now) {
        var terms = page.offer().terms();
        var amountFen = lines.stream()
                .mapToLong(line -> line.quantity() * line.priceFen())
                .reduce(0, Math::addExact);
        var order = new Order(
                Ids.next(),
                terms.community(),
                terms.id(),
                buyer,
                page.nextSerial(),
                Order.State.PLACED,
                page.payment(amountFen, now, payments),
                doorstep,
                List.copyOf(lines),
                now);
        lines.forEach(line -> move(page, line.itemId(), buyer.household(), line.quantity()));
        changes.place(order, page.offer());
        return order;
    }

    private void move(OfferPage page, UUID item, UUID household, int quantity) {
        page.take(item, quantity);
        taken.merge(new Take(item, household), quantity, Integer::sum);
        if (!page.isGiven()) {
            changes.move(item, quantity);
        }
        changes.take(page.item(item), household, quantity, page.offer().terms().community());
    }

    private Outcome change(OfferPage page, Ask.Change ask, Instant now) {
        var order = orders.get(ask.order());
        if (order == null || !ask.asker().owns(order)) {
            return new Outcome.OrderUnknown();
        }
        return refuseDecided(order)
                .or(() -> refusePaid(order))
                .or(() -> findWrongLine(page, ask.lines()))
                .or(() -> findShortage(page, order, ask.lines()))
                .orElseGet(() -> apply(page, order, ask.lines(), now));
    }

    /// What was paid stays what it is: more is another order, and less is a cancellation with its refund.
    private static Optional<Outcome> refusePaid(Order order) {
        return order.payment().state() == Order.PaymentState.PAID ? Optional.of(new Outcome.Paid()) : Optional.empty();
    }

    private Optional<Outcome> findShortage(OfferPage page, Order order, List<Wish> wishes) {
        for (var wish : wishes) {
            var item = page.item(wish.itemId());
            var more = wish.quantity() - order.quantities().getOrDefault(item.id(), 0);
            var allowed = allowed(item, order.buyer().household());
            if (more > 0 && more > allowed) {
                return Optional.of(new Outcome.OverLimit(item, allowed));
            }
            if (more > 0 && more > page.left(item.id())) {
                return Optional.of(new Outcome.SoldOut(item, page.left(item.id()), null));
            }
        }
        return Optional.empty();
    }

    private Outcome apply(OfferPage page, Order order, List<Wish> wishes, Instant now) {
        var lines = new LinkedHashMap<UUID, Line>();
        order.lines().forEach(line -> lines.put(line.itemId(), line));
        for (var wish : wishes) {
            lines.compute(
                    wish.itemId(),
                    (item, kept) -> wish.quantity() == 0
                            ? null
                            : kept == null ? page.toLine(item, wish.quantity()) : kept.with(wish.quantity()));
        }
        if (lines.isEmpty()) {
            return new Outcome.NothingLeft();
        }
        var reordered = order.with(List.copyOf(lines.values()));
        var changed = reordered.awaiting(payment(page, reordered, now));
        orders.put(order.id(), changed);
        changes.change(order, changed, page.offer(), now);
        var differences = changed.differenceTo(order);
        differences.forEach((item, more) -> move(page, item, order.buyer().household(), more));
        differences.keySet().forEach(item -> serve(page, item, now));
        return new Outcome.Granted(changed);
    }

    /// What is awaited already stays awaited as long as anything is due.
    private Payment payment(OfferPage page, Order changed, Instant now) {
        return changed.isUnpaid() && changed.amountFen() > 0
                ? changed.payment()
                : page.payment(changed.amountFen(), now, payments);
    }

    private Outcome cancel(OfferPage page, Ask.Cancel ask, Instant now) {
        var order = orders.get(ask.order());
        if (order == null || !ask.asker().owns(order)) {
            return new Outcome.OrderUnknown();
        }
        return refuseDecided(order).orElseGet(() -> takeBack(page, order, now));
    }

    private static Optional<Outcome> refuseDecided(Order order) {
        return switch (Order.decide(order.state(), Step.CANCEL)) {
            case Order.Decision.Moved _ -> Optional.empty();
            case Order.Decision.Refused(var reason) ->
                Optional.of(
                        reason == Order.Reason.ALREADY_CANCELLED
                                ? new Outcome.AlreadyCancelled()
                                : new Outcome.Decided());
        };
    }

    private Outcome release(OfferPage page, Ask.Release ask, Instant now) {
        var order = orders.get(ask.order());
        return order != null && order.isUnpaid() ? takeBack(page, order, now) : new Outcome.Unchanged();
    }

    private Outcome takeBack(OfferPage page, Order order, Instant now) {
        var cancelled = order.in(Order.State.CANCELLED);
        orders.put(order.id(), cancelled);
        changes.cancel(order, page.offer());
        order.lines().forEach(line -> move(page, line.itemId(), order.buyer().household(), -line.quantity()));
        order.lines().forEach(line -> serve(page, line.itemId(), now));
        return new Outcome.Granted(cancelled);
    }

    /// Gives what came back to who waited for it, as long as the window is open.
    private void serve(OfferPage page, UUID item, Instant now) {
        var open = page.decide(now) instanceof GroupBuy.Decision.Accepted;
        while (open && page.left(item) > 0 && waitlist.hasEntry(item)) {
            var entry = waitlist.first(item);
            var allowed = allowed(page.item(item), entry.buyer().household());
            var granted = Math.min(entry.quantity(), Math.min(allowed, page.left(item)));
            waitlist.serve(entry, granted);
            if (granted > 0) {
                accept(page, entry.buyer(), entry.doorstep(), List.of(page.toLine(item, granted)), now);
            }
        }
    }
}
