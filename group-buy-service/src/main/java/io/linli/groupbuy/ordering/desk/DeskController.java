package io.linli.groupbuy.ordering.desk;

import io.linli.groupbuy.api.ChangedLines;
import io.linli.groupbuy.api.DeskApi;
import io.linli.groupbuy.api.NewOrder;
import io.linli.groupbuy.api.OrderDetails;
import io.linli.groupbuy.ordering.Order;
import io.linli.groupbuy.ordering.Order.Buyer;
import io.linli.groupbuy.ordering.Orders;
import io.linli.groupbuy.ordering.Orders.Filed;
import io.linli.groupbuy.ordering.OrdersController;
import io.linli.groupbuy.ordering.consent.MayOrderFor;
import io.linli.groupbuy.ordering.consent.MayOrderFor.Receiver;
import io.linli.groupbuy.ordering.desk.Ask.Asker;
import io.linli.groupbuy.ordering.desk.Ask.Wish;
import io.linli.groupbuy.ordering.desk.OrderDesk.Reply;
import io.linli.groupbuy.ordering.desk.OrderDesk.Slip;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

@RestController
class DeskController implements DeskApi {
    private final OrderDesk desk;
    private final Orders orders;
    private final MayOrderFor mayOrderFor;
    private final Writes writes;
    private final Transactions transactions;
    private final JsonMapper json;
    private final Clock clock;

    DeskController(
            OrderDesk desk,
            Orders orders,
            MayOrderFor mayOrderFor,
            Writes writes,
            Transactions transactions,
            JsonMapper json,
            Clock clock) {
        this.desk = desk;
        this.orders = orders;
        this.mayOrderFor = mayOrderFor;
        this.writes = writes;
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
    }

    /// A caller of this community and the write that is asked for.
    private record Asking(ServerWebExchange exchange, Membership resident, Writes.Request request, Instant arrivedAt) {}

    private record Placing(Caller caller, NewOrder body) {}

    /// The order counts from the moment it arrives, however long it waits for its turn.
    @Override
    public Mono<OrderDetails> placeOrder(
            UUID community, UUID groupBuy, Mono<NewOrder> body, @Nullable String key, ServerWebExchange exchange) {
        var now = clock.instant();
        return Caller.current()
                .doOnNext(caller -> caller.as(community, "resident"))
                .flatMap(caller -> body.map(order -> new Placing(caller, order)))
                .flatMap(placing -> place(
                        asking(exchange, community, placing.caller(), placing.body(), now), groupBuy, placing.body()));
    }

    private Mono<OrderDetails> place(Asking asking, UUID groupBuy, NewOrder order) {
        return findReceiver(asking.resident(), order.getReceiverHouseholdId())
                .flatMap(receiver -> submit(asking, toPlace(groupBuy, asking.resident(), receiver, order)));
    }

    private Mono<Receiver> findReceiver(Membership resident, @Nullable UUID receiver) {
        if (receiver != null
                && !receiver.toString().equals(resident.attributes().get("household"))) {
            return mayOrderFor.require(resident.community(), resident.member(), receiver);
        }
        var building = resident.attributes().get("building");
        return Mono.just(new Receiver(resident.uuid("household"), building == null ? null : UUID.fromString(building)));
    }

    private static Buyer toBuyer(Membership resident, Receiver receiver) {
        var own = receiver.household().toString().equals(resident.attributes().get("household"));
        var name = resident.attributes().getOrDefault("display", "*");
        return new Buyer(receiver.household(), resident.member(), name, !own);
    }

    private static Ask.Place toPlace(UUID groupBuy, Membership resident, Receiver receiver, NewOrder order) {
        var lines = order.getLines().stream()
                .map(line -> new Wish(line.getItemId(), line.getQuantity()))
                .toList();
        return new Ask.Place(
                groupBuy,
                toBuyer(resident, receiver),
                receiver.building(),
                Boolean.TRUE.equals(order.getDoorstep()),
                lines,
                Boolean.TRUE.equals(order.getAcceptPartial()),
                Boolean.TRUE.equals(order.getWaitlist()));
    }

    @Override
    public Mono<OrderDetails> changeOrder(
            UUID community, UUID order, Mono<ChangedLines> body, @Nullable String key, ServerWebExchange exchange) {
        var now = clock.instant();
        return Caller.current()
                .doOnNext(caller -> caller.as(community, "resident"))
                .flatMap(caller -> body.flatMap(lines -> onOrder(
                        asking(exchange, community, caller, lines, now),
                        order,
                        filed -> requireConsent(caller.in(community), filed)
                                .thenReturn(toChange(filed.groupBuy(), order, caller.in(community), lines)))));
    }

    /// Who ordered for another household and may not any more can still cancel, but not order more under its name.
    private Mono<Void> requireConsent(Membership resident, Filed filed) {
        var own = filed.household().toString().equals(resident.attributes().get("household"));
        return own || !filed.member().equals(resident.member())
                ? Mono.empty()
                : mayOrderFor
                        .require(resident.community(), resident.member(), filed.household())
                        .then();
    }

    private static Ask.Change toChange(UUID groupBuy, UUID order, Membership resident, ChangedLines body) {
        var lines = body.getLines().stream()
                .map(line -> new Wish(line.getItemId(), line.getQuantity()))
                .toList();
        return new Ask.Change(groupBuy, order, toAsker(resident), lines);
    }

    /// Who lives elsewhere has no household here and asks only for what they ordered for others.
    private static Asker toAsker(Membership resident) {
        var household = resident.attributes().get("household");
        return new Asker(household == null ? null : UUID.fromString(household), resident.member());
    }

    @Override
    public Mono<OrderDetails> cancelOrder(
            UUID community, UUID order, @Nullable String key, ServerWebExchange exchange) {
        var now = clock.instant();
        return Caller.current()
                .doOnNext(caller -> caller.as(community, "resident"))
                .flatMap(caller -> onOrder(
                        asking(exchange, community, caller, "", now),
                        order,
                        filed -> Mono.just(new Ask.Cancel(filed.groupBuy(), order, toAsker(caller.in(community))))));
    }

    private Asking asking(ServerWebExchange exchange, UUID community, Caller caller, Object body, Instant arrivedAt) {
        var request = writes.identify(exchange, community, caller, body);
        return new Asking(exchange, caller.in(community), request, arrivedAt);
    }

    /// The lane is that of the order's group buy. For an unknown order only the key is looked at.
    private Mono<OrderDetails> onOrder(Asking asking, UUID order, Function<Filed, Mono<Ask>> toAsk) {
        var community = asking.resident().community();
        return transactions
                .in(
                        community,
                        () -> orders.findFiled(order)
                                .switchIfEmpty(writes.claim(java.util.List.of(asking.request()))
                                        .flatMap(claims -> unknown(claims.getFirst(), asking))))
                .flatMap(toAsk)
                .flatMap(ask -> submit(asking, ask));
    }

    private static Mono<Filed> unknown(Writes.Claim claim, Asking asking) {
        return claim.decide(asking.request())
                .map(_ -> Mono.<Filed>empty())
                .orElseGet(() -> Mono.error(Problem.of(HttpStatus.NOT_FOUND, "order-unknown")));
    }

    private Mono<OrderDetails> submit(Asking asking, Ask ask) {
        var slip = new Slip(asking.resident().community(), asking.request(), ask, asking.arrivedAt(), this::toJson);
        return desk.submit(slip).flatMap(reply -> toDetails(asking.exchange(), reply));
    }

    private String toJson(Order order) {
        return json.writeValueAsString(OrdersController.toDetails(order));
    }

    private Mono<OrderDetails> toDetails(ServerWebExchange exchange, Reply reply) {
        return reply.order() == null
                ? Mono.justOrEmpty(writes.read(exchange, reply.answer(), OrderDetails.class))
                : Mono.just(OrdersController.toDetails(reply.order()));
    }
}
