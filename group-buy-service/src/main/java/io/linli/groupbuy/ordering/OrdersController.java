package io.linli.groupbuy.ordering;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.api.ItemProgress;
import io.linli.groupbuy.api.ItemTotals;
import io.linli.groupbuy.api.LineDetails;
import io.linli.groupbuy.api.OrderCounts;
import io.linli.groupbuy.api.OrderDetails;
import io.linli.groupbuy.api.OrderList;
import io.linli.groupbuy.api.OrderState;
import io.linli.groupbuy.api.OrdersApi;
import io.linli.groupbuy.api.PaymentState;
import io.linli.groupbuy.api.Progress;
import io.linli.groupbuy.api.RunningLine;
import io.linli.groupbuy.api.RunningList;
import io.linli.groupbuy.api.RunningOrder;
import io.linli.groupbuy.api.Timeline;
import io.linli.groupbuy.api.TimelineStep;
import io.linli.groupbuy.api.Totals;
import io.linli.groupbuy.api.WaitlistPlace;
import io.linli.groupbuy.api.WaitlistPlaces;
import io.linli.groupbuy.lifecycle.LedGroupBuy;
import io.linli.groupbuy.ordering.Order.State;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RestController
public class OrdersController implements OrdersApi {
    private final ReadOrders readOrders;
    private final LedGroupBuy ledGroupBuy;
    private final OrderTotals orderTotals;
    private final Transactions transactions;
    private final OrderTimeline timeline;
    private final ReadTimeline readTimeline;
    private final OrderProgress progress;

    OrdersController(
            ReadOrders readOrders,
            LedGroupBuy ledGroupBuy,
            OrderTotals orderTotals,
            Transactions transactions,
            OrderTimeline timeline,
            ReadTimeline readTimeline,
            OrderProgress progress) {
        this.readOrders = readOrders;
        this.ledGroupBuy = ledGroupBuy;
        this.orderTotals = orderTotals;
        this.transactions = transactions;
        this.timeline = timeline;
        this.readTimeline = readTimeline;
        this.progress = progress;
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
                .flatMap(reader -> transactions.in(community, () -> readOrders.listRunning(groupBuy, reader, request)))
                .map(rows -> Page.byNumber(rows, request, Order::serialNumber))
                .map(OrdersController::toRunningList);
    }

    @Override
    public Mono<Totals> getTotals(UUID community, UUID groupBuy, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(community))
                .flatMap(reader -> transactions.in(
                        community, () -> ledGroupBuy.get(groupBuy, reader).then(orderTotals.get(groupBuy))))
                .map(OrdersController::toTotals);
    }

    @Override
    public Mono<Timeline> getTimeline(UUID community, UUID order, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(community))
                .flatMap(reader -> transactions.in(community, () -> readTimeline.handle(order, reader)))
                .map(steps -> new Timeline(
                        steps.stream().map(OrdersController::toStep).toList()));
    }

    @Override
    public Mono<WaitlistPlaces> listWaitlist(UUID community, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(community, "resident"))
                .flatMap(reader -> transactions.in(community, () -> timeline.listPlaces(reader.uuid("household"))))
                .map(places -> new WaitlistPlaces(
                        places.stream().map(OrdersController::toPlace).toList()));
    }

    @Override
    public Flux<Progress> watchProgress(UUID community, UUID groupBuy, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(community))
                .flatMapMany(viewer -> progress.watch(viewer, groupBuy))
                .map(OrdersController::toProgress);
    }

    private static TimelineStep toStep(OrderTimeline.Step step) {
        return new TimelineStep(step.at(), TimelineStep.WhatEnum.fromValue(step.what()))
                .itemName(step.itemName())
                .quantity(step.quantity())
                .amountFen(step.amountFen());
    }

    private static WaitlistPlace toPlace(OrderTimeline.Place place) {
        return new WaitlistPlace(place.groupBuy(), place.item(), place.itemName(), place.quantity(), place.place());
    }

    private static Progress toProgress(OrderTotals.Totals totals) {
        var placed =
                totals.orders().values().stream().mapToInt(Integer::intValue).sum()
                        - totals.orders().getOrDefault(State.CANCELLED, 0)
                        - totals.orders().getOrDefault(State.FAILED, 0);
        var items = totals.items().stream()
                .map(item -> new ItemProgress(item.id(), item.name(), item.sold(), item.left()))
                .toList();
        return new Progress(totals.participants(), placed, totals.amountFen(), items);
    }

    private static OrderList toList(Page<Order> page) {
        return new OrderList(
                        page.items().stream().map(OrdersController::toDetails).toList())
                .next(page.next());
    }

    /// An order as its household sees it.
    public static OrderDetails toDetails(Order order) {
        var lines = order.lines().stream().map(line -> toLine(line)).toList();
        return new OrderDetails(
                        order.id(),
                        order.groupBuyId(),
                        order.buyer().household(),
                        order.serialNumber(),
                        order.buyer().displayName(),
                        OrderState.valueOf(order.state().name()),
                        PaymentState.valueOf(order.payment().state().name()),
                        order.doorstep(),
                        lines,
                        order.amountFen(),
                        order.weightGrams(),
                        order.placedAt())
                .payBy(
                        order.payment().state() == Order.PaymentState.AWAITING
                                ? order.payment().payBy()
                                : null);
    }

    private static RunningList toRunningList(Page<Order> page) {
        return new RunningList(
                        page.items().stream().map(OrdersController::toRunning).toList())
                .next(page.next());
    }

    private static LineDetails toLine(Order.Line line) {
        return new LineDetails(line.itemId(), line.name(), line.quantity(), line.priceFen())
                .allocated(line.allocated())
                .finalPriceFen(line.finalPriceFen());
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
