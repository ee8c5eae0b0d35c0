package io.linli.groupbuy.delivery;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.linli.groupbuy.allocation.Allocate;
import io.linli.groupbuy.allocation.AllocationRun;
import io.linli.groupbuy.allocation.FindAllocations;
import io.linli.groupbuy.completion.FollowDelivery;
import io.linli.groupbuy.lifecycle.ChangeGroupBuy;
import io.linli.groupbuy.lifecycle.FindGroupBuy;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.TellDelivery;
import io.linli.groupbuy.ordering.Order;
import io.linli.groupbuy.ordering.Order.Decision;
import io.linli.groupbuy.ordering.Order.State;
import io.linli.groupbuy.ordering.ShortenOrders;
import io.linli.groupbuy.ordering.ShortenedOrder;
import io.linli.groupbuy.settlement.LowerShares;
import io.linli.groupbuy.settlement.RefundLines;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Problem.FieldError;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// It is told what of a group buy came, inside the caller's transaction, which holds it: what is less than was to come
/// is shared out anew by the declared policy, and nobody types a refund. A delivery is only ever told downwards, so
/// told twice it does nothing.
@Service
class RecordDelivery {
    private final ChangeGroupBuy changeGroupBuy;
    private final FindGroupBuy findGroupBuy;
    private final FindAllocations findAllocations;
    private final Allocate allocate;
    private final ShortenOrders shortenOrders;
    private final RefundLines refundLines;
    private final LowerShares lowerShares;
    private final FollowDelivery followDelivery;

    RecordDelivery(
            ChangeGroupBuy changeGroupBuy,
            FindGroupBuy findGroupBuy,
            FindAllocations findAllocations,
            Allocate allocate,
            ShortenOrders shortenOrders,
            RefundLines refundLines,
            LowerShares lowerShares,
            FollowDelivery followDelivery) {
        this.changeGroupBuy = changeGroupBuy;
        this.findGroupBuy = findGroupBuy;
        this.findAllocations = findAllocations;
        this.allocate = allocate;
        this.shortenOrders = shortenOrders;
        this.refundLines = refundLines;
        this.lowerShares = lowerShares;
        this.followDelivery = followDelivery;
    }

    record Command(UUID groupBuy, Membership by, List<Arrival> arrivals) {}

    /// What follows from a delivery. *Units:* fen.
    ///
    /// @param made the allocation of each item of which less came
    /// @param refundedFen what of it goes back to households that paid
    record Recorded(Count count, List<AllocationRun> made, List<ShortenedOrder> shortened, long refundedFen) {}

    /// *Errors:* 404 `group-buy-unknown`, 403 `not-your-group-buy`, 409 with the reason when it is not under way, 422
    /// those of [Count], 409 `already-handed-out`, 409 `order-decided`.
    Mono<Recorded> handle(Command command, Instant now) {
        return changeGroupBuy
                .hold(command.groupBuy(), command.by())
                .flatMap(held -> changeGroupBuy.handle(held, new TellDelivery(), now))
                .then(Mono.defer(() -> count(command)))
                .flatMap(count -> count.shorts().isEmpty()
                        ? Mono.just(new Recorded(count, List.of(), List.of(), 0))
                        : shareOut(count, now).flatMap(shared -> store(shared, now)));
    }

    private Mono<Count> count(Command command) {
        var items = command.arrivals().stream().map(Arrival::item).toList();
        return findGroupBuy
                .withItems(command.groupBuy())
                .flatMap(offered ->
                        findAllocations.listNewest(items).map(newest -> Count.of(offered, command.arrivals(), newest)));
    }

    private record Shared(Count count, List<AllocationRun> made, List<ShortenedOrder> shortened) {}

    private Mono<Shared> shareOut(Count count, Instant now) {
        var shorts = count.shorts();
        var supplies = shorts.stream()
                .collect(toMap(one -> one.item().id(), one -> one.arrival().usable()));
        var concerned = shorts.stream().flatMap(one -> one.orders().stream()).collect(toSet());
        return shortenOrders
                .hold(concerned)
                .doOnNext(orders -> checkNotHandedOut(shorts, orders))
                .flatMap(orders -> allocate.atDelivery(supplies, now)
                        .map(made -> new Shared(
                                count, made, Shortfall.of(shorts, made).shorten(orders))));
    }

    /// Who has it in hand was served by what counted until now; to count anew would take from those who wait alone.
    private static void checkNotHandedOut(List<Count.Short> shorts, List<Order> orders) {
        var completed = orders.stream()
                .filter(order -> order.state() == State.COMPLETED)
                .map(Order::id)
                .collect(toSet());
        for (var one : shorts) {
            if (one.orders().stream().anyMatch(completed::contains)) {
                throw Problem.of(
                        HttpStatus.CONFLICT, "already-handed-out", one.item().name());
            }
        }
    }

    private Mono<Recorded> store(Shared shared, Instant now) {
        shared.shortened().forEach(RecordDelivery::checkShortened);
        var held = shared.count().offered().groupBuy();
        var money = new DeliveryMoney(held.terms(), shared.made(), shared.shortened());
        return allocate.keep(held.terms().community(), shared.made())
                .then(shortenOrders.handle(shared.shortened(), held.terms().title()))
                .then(lowerShares.handle(money.toTooMuch(), now))
                .then(refundLines.handle(money.toRefunds(), now))
                .flatMap(refunded -> followDelivery
                        .settleWhenFinal(held)
                        .thenReturn(new Recorded(shared.count(), shared.made(), shared.shortened(), refunded)));
    }

    private static void checkShortened(ShortenedOrder shortened) {
        if (shortened.decide() instanceof Decision.Refused) {
            throw Problem.of(HttpStatus.CONFLICT, "order-decided")
                    .errors(List.of(
                            new FieldError("orderId", shortened.order().id().toString())));
        }
    }
}
