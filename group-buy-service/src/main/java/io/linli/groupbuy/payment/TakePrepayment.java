package io.linli.groupbuy.payment;

import io.linli.groupbuy.ordering.Order;
import io.linli.groupbuy.ordering.PayOrders;
import io.linli.groupbuy.ordering.PayOrders.Result;
import io.linli.groupbuy.settlement.Means;
import io.linli.groupbuy.settlement.Payment;
import io.linli.groupbuy.settlement.RecordPayments;
import io.linli.groupbuy.settlement.SendBack;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// A prepayment arrived: its order is paid by it, or it goes back whole, because the order is released, paid already or
/// costs something else by now. Inside the caller's transaction; told twice it counts once.
@Service
class TakePrepayment {
    private final Prepayments prepayments;
    private final PayOrders payOrders;
    private final RecordPayments recordPayments;
    private final SendBack sendBack;

    TakePrepayment(Prepayments prepayments, PayOrders payOrders, RecordPayments recordPayments, SendBack sendBack) {
        this.prepayments = prepayments;
        this.payOrders = payOrders;
        this.recordPayments = recordPayments;
        this.sendBack = sendBack;
    }

    /// *Units:* fen.
    record Arrived(UUID community, UUID payment, UUID order, long fen, Instant paidAt) {}

    /// *Errors:* `IllegalStateException` when nobody knows the order: an operator has to look.
    Mono<Void> handle(Arrived arrived, Instant now) {
        return prepayments
                .addKept(arrived.community(), arrived.payment(), arrived.order(), arrived.fen(), now)
                .filter(news -> news)
                .flatMap(_ -> payOrders.paid(arrived.order(), arrived.fen()))
                .flatMap(result -> settle(arrived, result, now));
    }

    private Mono<Void> settle(Arrived arrived, Result result, Instant now) {
        return switch (result) {
            case Result.Paid(var order) -> keep(arrived, order, now);
            case Result.AlreadyPaid(var order) -> giveBack(arrived, order, now);
            case Result.TooLate(var order) -> giveBack(arrived, order, now);
            case Result.AmountDiffers(var order) -> giveBack(arrived, order, now);
            case Result.NotAwaited(var order) -> giveBack(arrived, order, now);
            case Result.Unknown _ ->
                Mono.error(new IllegalStateException("a payment for the unknown order " + arrived.order()));
        };
    }

    private Mono<Void> keep(Arrived arrived, Order order, Instant now) {
        return recordPayments
                .handle(List.of(toPayment(arrived, order)))
                .filter(paid -> !paid.contains(order.id()))
                .flatMap(_ -> giveBack(arrived, order, now));
    }

    private Mono<Void> giveBack(Arrived arrived, Order order, Instant now) {
        return prepayments.markSentBack(arrived.payment()).then(sendBack.handle(toPayment(arrived, order), now));
    }

    private static Payment toPayment(Arrived arrived, Order order) {
        return new Payment(
                order.community(),
                order.groupBuyId(),
                order.id(),
                order.buyer().household(),
                arrived.fen(),
                new Means.Prepaid(arrived.payment()),
                arrived.paidAt());
    }
}
