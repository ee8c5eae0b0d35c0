package io.linli.groupbuy.closing;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.allocation.Allocation.Grant;
import io.linli.groupbuy.allocation.AllocationRun;
import io.linli.groupbuy.allocation.Explanation;
import io.linli.groupbuy.allocation.FindAllocations;
import io.linli.groupbuy.lifecycle.LedGroupBuy;
import io.linli.groupbuy.ordering.Order;
import io.linli.groupbuy.ordering.ReadOrders;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Who may see how something was allocated, inside the caller's transaction: the leader of a group buy and coordinators
/// all of it, a household why it gets what it gets.
@Service
class ReadAllocations {
    private final FindAllocations findAllocations;
    private final LedGroupBuy ledGroupBuy;
    private final ReadOrders readOrders;

    ReadAllocations(FindAllocations findAllocations, LedGroupBuy ledGroupBuy, ReadOrders readOrders) {
        this.findAllocations = findAllocations;
        this.ledGroupBuy = ledGroupBuy;
        this.readOrders = readOrders;
    }

    /// What came of one line of an order, and why its household got what it got of the item.
    record Explained(Order.Line line, AllocationRun.Head head, Grant grant, Explanation why, boolean replayed) {}

    record ExplainedOrder(Order order, List<Explained> lines) {}

    /// *Errors:* 404 `group-buy-unknown`, 403 `not-your-group-buy`.
    Mono<List<AllocationRun.Head>> list(UUID groupBuy, Membership reader, Page.Request page) {
        return ledGroupBuy.get(groupBuy, reader).then(findAllocations.list(groupBuy, page));
    }

    /// *Errors:* 404 `group-buy-unknown`, 403 `not-your-group-buy`, 404 `allocation-unknown`.
    Mono<AllocationRun> get(UUID groupBuy, UUID allocation, Membership reader) {
        return ledGroupBuy.get(groupBuy, reader).then(findAllocations.get(groupBuy, allocation));
    }

    /// Members and need of a household are for nobody else, so only itself is answered.
    /// *Errors:* 404 `order-unknown` for the order of another household, 404 `allocation-unknown` before the close.
    Mono<ExplainedOrder> explain(UUID id, Membership reader) {
        return readOrders
                .get(id, reader)
                .filter(order -> order.buyer().household().equals(reader.uuid("household")))
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "order-unknown")))
                .flatMap(order -> findAllocations
                        .listNewest(
                                order.lines().stream().map(Order.Line::itemId).toList())
                        .map(runs -> explain(order, runs)))
                .filter(explained -> !explained.lines().isEmpty())
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "allocation-unknown")));
    }

    private static ExplainedOrder explain(Order order, List<AllocationRun> runs) {
        var lines = order.lines().stream()
                .flatMap(line -> runs.stream()
                        .filter(run -> run.head().item().equals(line.itemId()))
                        .flatMap(run -> explain(order, line, run)))
                .toList();
        return new ExplainedOrder(order, lines);
    }

    /// The explanation is the decision made again; whether that gives what is stored is told with it.
    private static Stream<Explained> explain(Order order, Order.Line line, AllocationRun run) {
        var again = run.replay();
        var replayed = again.grants().equals(run.grants());
        return run.grants().stream()
                .filter(grant -> grant.order().equals(order.id()))
                .flatMap(grant -> Stream.ofNullable(again.explanations().get(grant.household()))
                        .map(why -> new Explained(line, run.head(), grant, why, replayed)));
    }
}
