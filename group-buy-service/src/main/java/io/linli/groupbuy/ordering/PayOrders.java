package io.linli.groupbuy.ordering;

import io.linli.groupbuy.ordering.Order.PaymentState;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// A payment came in for an order, inside the caller's transaction.
@Service
public class PayOrders {
    private final Orders orders;

    PayOrders(Orders orders) {
        this.orders = orders;
    }

    /// What comes of a payment.
    public sealed interface Result {
        /// The order is paid by it.
        record Paid(Order order) implements Result {}

        /// It was paid before; nothing changes.
        record AlreadyPaid(Order order) implements Result {}

        /// The order is not what the payment was for any more: released, cancelled or failed.
        record TooLate(Order order) implements Result {}

        /// Another sum is due.
        record AmountDiffers(Order order) implements Result {}

        /// Nothing is awaited for it.
        record NotAwaited(Order order) implements Result {}

        record Unknown() implements Result {}
    }

    /// Counts a payment of this many fen. The order's row is locked, so the desk and a payment come one after the
    /// other.
    public Mono<Result> paid(UUID order, long fen) {
        return orders.lock(List.of(order))
                .next()
                .flatMap(found -> pay(found, fen))
                .defaultIfEmpty(new Result.Unknown());
    }

    /// The order, where it is paid; empty otherwise.
    public Mono<Order> findPaid(UUID order) {
        return orders.find(order).filter(found -> found.payment().state() == PaymentState.PAID);
    }

    private Mono<Result> pay(Order order, long fen) {
        return switch (order.payment().state()) {
            case NOT_AWAITED -> Mono.just(new Result.NotAwaited(order));
            case PAID -> Mono.just(new Result.AlreadyPaid(order));
            case AWAITING -> payAwaited(order, fen);
        };
    }

    private Mono<Result> payAwaited(Order order, long fen) {
        if (order.state() != Order.State.PLACED) {
            return Mono.just(new Result.TooLate(order));
        }
        if (order.amountFen() != fen) {
            return Mono.just(new Result.AmountDiffers(order));
        }
        return orders.updatePayment(order.id(), PaymentState.PAID).thenReturn(new Result.Paid(order));
    }
}
