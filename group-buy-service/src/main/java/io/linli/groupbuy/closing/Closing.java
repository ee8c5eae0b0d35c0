package io.linli.groupbuy.closing;

import static java.util.stream.Collectors.toMap;

import io.linli.groupbuy.allocation.Allocate.Share;
import io.linli.groupbuy.allocation.Allocation.Grant;
import io.linli.groupbuy.allocation.AllocationInput.Claim;
import io.linli.groupbuy.allocation.AllocationRun;
import io.linli.groupbuy.lifecycle.Conditions.Kind;
import io.linli.groupbuy.lifecycle.GroupBuy.Outcome;
import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.linli.groupbuy.lifecycle.Item;
import io.linli.groupbuy.lifecycle.OfferedGroupBuy;
import io.linli.groupbuy.ordering.DecidedOrder;
import io.linli.groupbuy.ordering.DecidedOrder.DecidedLine;
import io.linli.groupbuy.ordering.Order;
import io.linli.groupbuy.ordering.PlacedOrders;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/// What a group buy comes to whose window is over, by nothing but what was offered, ordered and allocated.
///
/// A purchase buys whole cases and shares them out; a donation shares what there is. What is bought decides the price:
/// households paid the dearest when they ordered. *Units:* fen.
record Closing(OfferedGroupBuy offered, List<Order> orders, Map<UUID, Supply> supplies) {

    /// What there is of an item, who gets it, and what one costs now.
    private record Supply(Item item, long bought, Map<UUID, Long> granted) {
        private long priceFen() {
            return item.priceFor((int) Math.min(bought, Integer.MAX_VALUE));
        }

        private long cases() {
            return bought / item.packing().caseSize();
        }

        private DecidedLine decide(Order order, Order.Line line) {
            var granted = (int) (long) this.granted.getOrDefault(order.id(), 0L);
            return new DecidedLine(line, granted, Math.min(line.priceFen(), priceFen()));
        }
    }

    /// What has to be allocated before it is known what comes of the group buy.
    static List<Share> toShares(OfferedGroupBuy offered, PlacedOrders placed) {
        return offered.items().stream()
                .map(item -> toShare(
                        item,
                        placed.claims(item.id()),
                        offered.groupBuy().terms().conditions().kind()))
                .filter(share -> !share.claims().isEmpty())
                .toList();
    }

    private static Share toShare(Item item, List<Claim> claims, Kind kind) {
        var claimed = claims.stream().mapToLong(Claim::quantity).sum();
        return switch (kind) {
            case PURCHASE ->
                new Share(
                        item.id(),
                        item.packing().cases(claimed).within(item.stock()).units(),
                        claims);
            case DONATION -> new Share(item.id(), item.stock(), claims);
        };
    }

    static Closing of(OfferedGroupBuy offered, PlacedOrders placed, List<AllocationRun> runs) {
        var items = offered.items().stream().collect(toMap(Item::id, Function.identity()));
        var supplies = runs.stream()
                .map(run -> new Supply(
                        Objects.requireNonNull(items.get(run.head().item())),
                        run.head().supply(),
                        byOrder(run.grants())))
                .collect(toMap(supply -> supply.item().id(), Function.identity()));
        return new Closing(offered, placed.orders(), supplies);
    }

    private static Map<UUID, Long> byOrder(List<Grant> grants) {
        return grants.stream().collect(toMap(Grant::order, Grant::granted));
    }

    Terms terms() {
        return offered.groupBuy().terms();
    }

    /// What remains of the orders, at the price that was paid; an order with nothing granted does not take part.
    Outcome outcome() {
        var remaining = formed().stream().filter(order -> order.granted() > 0).toList();
        var households = remaining.stream()
                .map(order -> order.order().buyer().household())
                .distinct()
                .count();
        var amount = remaining.stream().mapToLong(DecidedOrder::paidFen).reduce(0, Math::addExact);
        var cases = supplies.values().stream().mapToLong(Supply::cases).sum();
        return new Outcome((int) households, amount, Math.toIntExact(cases));
    }

    /// Every order as it is when the group buy is formed.
    List<DecidedOrder> formed() {
        return orders.stream()
                .map(order -> DecidedOrder.of(order, line -> decide(order, line)))
                .toList();
    }

    /// Every order as it is when the group buy failed: nobody gets or pays anything.
    List<DecidedOrder> failed() {
        return orders.stream()
                .map(order -> DecidedOrder.of(order, line -> new DecidedLine(line, 0, line.priceFen())))
                .toList();
    }

    private DecidedLine decide(Order order, Order.Line line) {
        var supply = supplies.get(line.itemId());
        return supply == null ? new DecidedLine(line, 0, line.priceFen()) : supply.decide(order, line);
    }
}
