package io.linli.groupbuy.delivery;

import static java.util.stream.Collectors.toMap;

import io.linli.groupbuy.allocation.Allocation;
import io.linli.groupbuy.allocation.Allocation.Grant;
import io.linli.groupbuy.allocation.AllocationRun;
import io.linli.groupbuy.allocation.AllocationRun.Occasion;
import io.linli.groupbuy.ordering.Order;
import io.linli.groupbuy.ordering.ShortenedOrder;
import io.linli.groupbuy.ordering.ShortenedOrder.ShortenedLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// What orders lose of the items of which less came, by nothing but the declared policy.
///
/// Missing is what an order would lose if all that arrived were whole, damaged what it loses on top of that. A smaller
/// supply never gives anybody more, so neither is ever negative.
record Shortfall(Map<LineKey, Loss> losses) {

    /// A line is known by its order and item.
    record LineKey(UUID order, UUID item) {}

    /// So many pieces of one line.
    record Loss(int missing, int damaged) {
        private boolean isNone() {
            return missing + damaged == 0;
        }
    }

    /// @param made what counts from now on of each of these items
    static Shortfall of(List<Count.Short> shorts, List<AllocationRun> made) {
        var losses = new HashMap<LineKey, Loss>();
        for (var one : shorts) {
            made.stream()
                    .filter(run -> run.head().item().equals(one.item().id()))
                    .forEach(run -> losses.putAll(compare(one, run)));
        }
        return new Shortfall(losses);
    }

    private static Map<LineKey, Loss> compare(Count.Short one, AllocationRun made) {
        var last = one.last();
        var whole = Math.min(one.arrival().arrived(), last.head().supply());
        var ifWhole = byOrder(Allocation.replay(last.input().withSupply(whole)).grants());
        var granted = byOrder(made.grants());
        return last.grants().stream()
                .collect(toMap(
                        grant -> new LineKey(grant.order(), one.item().id()),
                        grant -> toLoss(
                                grant.granted(),
                                ifWhole.getOrDefault(grant.order(), 0L),
                                granted.getOrDefault(grant.order(), 0L))));
    }

    private static Loss toLoss(long before, long ifWhole, long after) {
        return new Loss(Math.toIntExact(before - ifWhole), Math.toIntExact(ifWhole - after));
    }

    private static Map<UUID, Long> byOrder(List<Grant> grants) {
        return grants.stream().collect(toMap(Grant::order, Grant::granted));
    }

    /// Those of the orders that lose something.
    List<ShortenedOrder> shorten(List<Order> orders) {
        return orders.stream()
                .map(order -> new ShortenedOrder(order, Occasion.DELIVERY, toLines(order)))
                .filter(order -> !order.lines().isEmpty())
                .toList();
    }

    private List<ShortenedLine> toLines(Order order) {
        return order.lines().stream()
                .flatMap(line -> Stream.ofNullable(losses.get(new LineKey(order.id(), line.itemId())))
                        .filter(loss -> !loss.isNone())
                        .map(loss -> ShortenedLine.atDelivery(line, loss.missing(), loss.damaged())))
                .toList();
    }
}
