package io.linli.benchmarks.plain;

import io.linli.benchmarks.plain.PlainOrders.GroupBuy;
import io.linli.benchmarks.plain.PlainOrders.Item;
import io.linli.benchmarks.plain.PlainOrders.NewOrder;
import io.linli.kit.data.Ids;
import io.linli.kit.messaging.Event;
import io.linli.kit.messaging.Outbox;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Places an order the plain way: lock the group buy, then one statement for each thing read or written.
@RestController
class PlainController {
    private final PlainOrders orders;
    private final Writes writes;
    private final Outbox outbox;
    private final Clock clock;

    PlainController(PlainOrders orders, Writes writes, Outbox outbox, Clock clock) {
        this.orders = orders;
        this.writes = writes;
        this.outbox = outbox;
        this.clock = clock;
    }

    record Asked(List<Line> lines, boolean doorstep) {}

    record Line(UUID itemId, int quantity) {}

    record Sold(Item item, int quantity) {}

    record Placed(
            UUID orderId,
            UUID groupBuyId,
            UUID householdId,
            int serialNumber,
            String displayName,
            String state,
            String payment,
            boolean doorstep,
            List<PlacedLine> lines,
            long amountFen,
            long weightGrams,
            Instant placedAt) {}

    record PlacedLine(UUID itemId, String name, int quantity, long priceFen) {}

    record OrderPlaced(
            UUID orderId, UUID groupBuyId, String title, UUID householdId, int serialNumber, long amountFen) {}

    @PostMapping("/v1/communities/{community}/group-buys/{groupBuy}/orders")
    @ResponseStatus(HttpStatus.CREATED)
    Mono<Placed> place(
            @PathVariable UUID community,
            @PathVariable UUID groupBuy,
            @RequestBody Asked asked,
            ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(community, "resident"))
                .flatMap(buyer -> writes.once(
                        exchange, community, asked, Placed.class, () -> place(community, groupBuy, buyer, asked)));
    }

    private Mono<Placed> place(UUID community, UUID groupBuy, Membership buyer, Asked asked) {
        var now = clock.instant();
        return orders.lockGroupBuy(groupBuy)
                .filter(held -> held.state().equals("open") && now.isBefore(held.closesAt()))
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.CONFLICT, "window-closed")))
                .flatMap(held -> {
                    var order = new NewOrder(
                            Ids.next(),
                            community,
                            groupBuy,
                            buyer.uuid("household"),
                            buyer.member(),
                            held.lastSerial() + 1,
                            now);
                    return sellAll(order, asked).flatMap(sold -> store(order, held, sold));
                });
    }

    private Mono<List<Sold>> sellAll(NewOrder order, Asked asked) {
        return Flux.fromIterable(asked.lines())
                .concatMap(line -> sell(order, line))
                .collectList();
    }

    private Mono<Sold> sell(NewOrder order, Line line) {
        return orders.findItem(order.groupBuy(), line.itemId())
                .filterWhen(item -> orders.findTaken(order.household(), item.id())
                        .map(taken -> taken + line.quantity() <= item.limit()))
                .filter(item -> line.quantity() <= item.left())
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.CONFLICT, "sold-out", line.itemId(), 0)))
                .flatMap(item -> orders.sell(item.id(), line.quantity())
                        .then(orders.take(order, item, line.quantity()))
                        .thenReturn(new Sold(item, line.quantity())));
    }

    private Mono<Placed> store(NewOrder order, GroupBuy groupBuy, List<Sold> sold) {
        long amount = sold.stream()
                .mapToLong(line -> line.quantity() * line.item().priceFen())
                .sum();
        long weight = sold.stream()
                .mapToLong(line -> (long) line.quantity() * line.item().weightGrams())
                .sum();
        var event = new OrderPlaced(
                order.id(), order.groupBuy(), groupBuy.title(), order.household(), order.serial(), amount);
        return orders.useSerial(order.groupBuy(), order.serial())
                .then(orders.insert(order, amount, weight))
                .thenMany(Flux.range(0, sold.size()))
                .concatMap(at -> orders.insertLine(
                        order, at + 1, sold.get(at).item(), sold.get(at).quantity()))
                .then(outbox.publish(new Event(order.community(), "order.placed.v1", order.id(), event)))
                .thenReturn(toPlaced(order, sold, amount, weight));
    }

    private static Placed toPlaced(NewOrder order, List<Sold> sold, long amount, long weight) {
        var lines = sold.stream()
                .map(line -> new PlacedLine(
                        line.item().id(),
                        line.item().name(),
                        line.quantity(),
                        line.item().priceFen()))
                .toList();
        return new Placed(
                order.id(),
                order.groupBuy(),
                order.household(),
                order.serial(),
                "王*",
                "placed",
                "not-awaited",
                false,
                lines,
                amount,
                weight,
                order.now());
    }
}
