package io.linli.groupbuy.ordering;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.api.ItemTotals;
import io.linli.groupbuy.api.LineDetails;
import io.linli.groupbuy.api.NewOrder;
import io.linli.groupbuy.api.OrderCounts;
import io.linli.groupbuy.api.OrderDetails;
import io.linli.groupbuy.api.OrderList;
import io.linli.groupbuy.api.OrderState;
import io.linli.groupbuy.api.OrdersApi;
import io.linli.groupbuy.api.RunningLine;
import io.linli.groupbuy.api.RunningList;
import io.linli.groupbuy.api.RunningOrder;
import io.linli.groupbuy.api.Totals;
import io.linli.groupbuy.ordering.Order.Buyer;
import io.linli.groupbuy.ordering.Order.State;
import io.linli.groupbuy.ordering.Order.Wish;
import io.linli.groupbuy.ordering.Order.WishedLine;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Writes;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class OrdersController implements OrdersApi {
    private final PlaceOrder placeOrder;
    private final CancelOrder cancelOrder;
    private final ReadOrders readOrders;
    private final OrderTotals orderTotals;
    private final Writes writes;
    private final Transactions transactions;
    private final Clock clock;

    OrdersController(
            PlaceOrder placeOrder,
            CancelOrder cancelOrder,
            ReadOrders readOrders,
            OrderTotals orderTotals,
            Writes writes,
            Transactions transactions,
            Clock clock) {
        this.placeOrder = placeOrder;
        this.cancelOrder = cancelOrder;
        this.readOrders = readOrders;
        this.orderTotals = orderTotals;
        this.writes = writes;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Asked(Buyer buyer, NewOrder body) {}

    /// The order counts from the moment it arrives, however long it waits for its turn.
    @Override
    public Mono<OrderDetails> placeOrder(
            UUID community, UUID groupBuy, Mono<NewOrder> body, @Nullable String key, ServerWebExchange exchange) {
        var now = clock.instant();
        return Caller.current()
                .map(caller -> toBuyer(caller.as(community, "resident")))
                .flatMap(buyer -> body.map(order -> new Asked(buyer, order)))
                .flatMap(asked -> writes.once(
                        exchange,
                        community,
                        asked.body(),
                        OrderDetails.class,
                        () -> placeOrder.handle(groupBuy, toWish(asked), now).map(OrdersController::toDetails)));
    }

    @Override
    public Mono<OrderDetails> cancelOrder(
            UUID community, UUID order, @Nullable String key, ServerWebExchange exchange) {
        var now = clock.instant();
        return Caller.current()
                .map(caller -> toBuyer(caller.as(community, "resident")))
                .flatMap(buyer -> writes.once(
                        exchange,
                        community,
                        "",
                        OrderDetails.class,
                        () -> cancelOrder.handle(order, buyer.household(), now).map(OrdersController::toDetails)));
    }

    @Override
    public Mono<OrderDetails> getOrder(UUID community, UUID order, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(community))
                .flatMap(reader -> transactions.in(community, () -> readOrders.get(order, reader)))
                .map(OrdersController::toDetails);
    }

    @Override
    public Mono<OrderList> listOrders(
            UUID community,
            @Nullable UUID groupBuy,
            Integer limit,
            @Nullable String cursor,
            ServerWebExchange exchange) {
        var request = new Page.Request(limit, cursor);
        return Caller.current()
                .map(caller -> caller.in(community))
                .flatMap(reader -> transactions.in(
                        community,
                        () -> groupBuy == null
                                ? readOrders.list(reader, request)
                                : readOrders.list(groupBuy, reader, request)))
                .map(rows -> Page.byId(rows, request, Order::id))
                .map(OrdersController::toList);
    }

    @Override
    public Mono<RunningList> listRunningOrders(
            UUID community, UUID groupBuy, Integer limit, @Nullable String cursor, ServerWebExchange exchange) {
        var request = new Page.Request(limit, cursor);
        return Caller.current()
                .map(caller -> caller.in(community))
                .then(transactions.in(community, () -> readOrders.listRunning(groupBuy, request)))
                .map(rows -> Page.byNumber(rows, request, Order::serialNumber))
                .map(OrdersController::toRunningList);
    }

    @Override
    public Mono<Totals> getTotals(UUID community, UUID groupBuy, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(community, "leader", "coordinator"))
                .then(transactions.in(community, () -> orderTotals.get(groupBuy)))
                .map(OrdersController::toTotals);
    }

    private static Buyer toBuyer(Membership resident) {
        var displayName = resident.attributes().getOrDefault("display", "*");
        return new Buyer(resident.uuid("household"), resident.member(), displayName);
    }

    private static Wish toWish(Asked asked) {
        var lines = asked.body().getLines().stream()
                .map(line -> new WishedLine(line.getItemId(), line.getQuantity()))
                .toList();
        return new Wish(asked.buyer(), Boolean.TRUE.equals(asked.body().getDoorstep()), lines);
    }

    private static OrderList toList(Page<Order> page) {
        return new OrderList(
                        page.items().stream().map(OrdersController::toDetails).toList())
                .next(page.next());
    }

    private static OrderDetails toDetails(Order order) {
        var lines = order.lines().stream()
                .map(line -> new LineDetails(line.itemId(), line.name(), line.quantity(), line.priceFen()))
                .toList();
        return new OrderDetails(
                order.id(),
                order.groupBuyId(),
                order.buyer().household(),
                order.serialNumber(),
                order.buyer().displayName(),
                OrderState.valueOf(order.state().name()),
                order.doorstep(),
                lines,
                order.amountFen(),
                order.weightGrams(),
                order.placedAt());
    }

    private static RunningList toRunningList(Page<Order> page) {
        return new RunningList(
                        page.items().stream().map(OrdersController::toRunning).toList())
                .next(page.next());
    }

    private static RunningOrder toRunning(Order order) {
        var lines = order.lines().stream()
                .map(line -> new RunningLine(line.name(), line.quantity()))
                .toList();
        return new RunningOrder(
                order.serialNumber(),
                order.buyer().displayName(),
                OrderState.valueOf(order.state().name()),
                lines,
                order.placedAt());
    }

    private static Totals toTotals(OrderTotals.Totals totals) {
        var counts = totals.orders();
        var orders = new OrderCounts(
                counts.getOrDefault(State.PLACED, 0),
                counts.getOrDefault(State.CONFIRMED, 0),
                counts.getOrDefault(State.COMPLETED, 0),
                counts.getOrDefault(State.CANCELLED, 0),
                counts.getOrDefault(State.FAILED, 0));
        var items = totals.items().stream()
                .map(item -> new ItemTotals(item.id(), item.name(), item.stock(), item.sold(), item.left()))
                .toList();
        return new Totals(totals.groupBuy(), totals.participants(), totals.amountFen(), orders, items);
    }
}
