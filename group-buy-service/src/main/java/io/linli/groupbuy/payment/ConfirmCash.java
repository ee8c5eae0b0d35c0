package io.linli.groupbuy.payment;

import io.linli.groupbuy.lifecycle.LedGroupBuy;
import io.linli.groupbuy.ordering.Order;
import io.linli.groupbuy.ordering.PayOrders;
import io.linli.groupbuy.ordering.PayOrders.Result;
import io.linli.groupbuy.settlement.Balance;
import io.linli.groupbuy.settlement.Means;
import io.linli.groupbuy.settlement.Payment;
import io.linli.groupbuy.settlement.ReadMoney;
import io.linli.groupbuy.settlement.RecordPayments;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Problem.FieldError;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// A leader or co-leader took cash for orders: for all of them or, when one is refused, for none. Who paid before is
/// not charged again. What is collected on hand-over is what the order was charged when its group buy formed.
@Service
class ConfirmCash {
    private final LedGroupBuy ledGroupBuy;
    private final PayOrders payOrders;
    private final ReadMoney readMoney;
    private final RecordPayments recordPayments;

    ConfirmCash(LedGroupBuy ledGroupBuy, PayOrders payOrders, ReadMoney readMoney, RecordPayments recordPayments) {
        this.ledGroupBuy = ledGroupBuy;
        this.payOrders = payOrders;
        this.readMoney = readMoney;
        this.recordPayments = recordPayments;
    }

    /// *Units:* fen.
    record Collected(UUID order, long fen) {}

    record Command(UUID groupBuy, Membership collector, List<Collected> collected) {}

    /// *Errors:* 404 `group-buy-unknown`, 403 `not-your-group-buy`, 404 `order-unknown`, 409 `payment-too-late`,
    /// 409 `amount-differs`, 409 `nothing-due`.
    ///
    /// @return the orders whose payment is confirmed now; the others were paid before
    Mono<Set<UUID>> handle(Command command, Instant now) {
        return ledGroupBuy
                .getForCash(command.groupBuy(), command.collector())
                .thenMany(Flux.fromIterable(inLockingOrder(command.collected())))
                .concatMap(collected -> collect(command, collected, now))
                .collectList()
                .flatMap(recordPayments::handle);
    }

    private static List<Collected> inLockingOrder(List<Collected> collected) {
        return collected.stream().sorted(Comparator.comparing(Collected::order)).toList();
    }

    /// Empty when it was paid before.
    private Mono<Payment> collect(Command command, Collected collected, Instant now) {
        return payOrders
                .paid(collected.order(), collected.fen())
                .flatMap(result -> toDue(command.groupBuy(), collected, result))
                .map(order -> toPayment(order, collected, command.collector(), now));
    }

    private Mono<Order> toDue(UUID groupBuy, Collected collected, Result result) {
        return switch (result) {
            case Result.Paid(var order) -> of(groupBuy, order);
            case Result.AlreadyPaid(var order) -> of(groupBuy, order).then(Mono.empty());
            case Result.NotAwaited(var order) -> of(groupBuy, order).flatMap(_ -> onHandOver(order, collected));
            case Result.TooLate(var order) -> of(groupBuy, order).then(refuse("payment-too-late", collected));
            case Result.AmountDiffers(var order) -> of(groupBuy, order).then(refuse("amount-differs", collected));
            case Result.Unknown _ -> unknown();
        };
    }

    private Mono<Order> onHandOver(Order order, Collected collected) {
        return readMoney.findBalance(order.id()).flatMap(balance -> {
            if (balance.isPresent() && balance.get().paid() > 0) {
                return Mono.empty();
            }
            var due = balance.map(Balance::charged).orElse(0L);
            if (due == 0) {
                return refuse("nothing-due", collected);
            }
            return due == collected.fen() ? Mono.just(order) : refuse("amount-differs", collected);
        });
    }

    private static Mono<Order> of(UUID groupBuy, Order order) {
        return order.groupBuyId().equals(groupBuy) ? Mono.just(order) : unknown();
    }

    private static <T> Mono<T> unknown() {
        return Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "order-unknown"));
    }

    private static <T> Mono<T> refuse(String slug, Collected collected) {
        var which = List.of(new FieldError("orderId", collected.order().toString()));
        return Mono.error(() -> Problem.of(HttpStatus.CONFLICT, slug).errors(which));
    }

    private static Payment toPayment(Order order, Collected collected, Membership collector, Instant now) {
        return new Payment(
                order.community(),
                order.groupBuyId(),
                order.id(),
                order.buyer().household(),
                collected.fen(),
                new Means.Cash(collector.member()),
                now);
    }
}
