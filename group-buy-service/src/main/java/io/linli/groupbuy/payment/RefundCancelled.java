package io.linli.groupbuy.payment;

import io.linli.groupbuy.ordering.Order;
import io.linli.groupbuy.ordering.Order.PaymentState;
import io.linli.groupbuy.ordering.PayOrders;
import io.linli.groupbuy.settlement.Refund;
import io.linli.groupbuy.settlement.Refund.Reason;
import io.linli.groupbuy.settlement.RefundLines;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Cancelled orders give back what was paid for them: each once, whether it was cancelled by itself or with its group
/// buy. Inside the caller's transaction.
@Service
public class RefundCancelled {
    private final PayOrders payOrders;
    private final RefundLines refundLines;

    RefundCancelled(PayOrders payOrders, RefundLines refundLines) {
        this.payOrders = payOrders;
        this.refundLines = refundLines;
    }

    Mono<Void> handle(UUID order, Instant now) {
        return payOrders
                .findPaid(order)
                .flatMap(found -> handle(List.of(found), now))
                .then();
    }

    /// Answers how many fen go back.
    public Mono<Long> handle(List<Order> cancelled, Instant now) {
        var refunds = cancelled.stream()
                .filter(order -> order.payment().state() == PaymentState.PAID && order.amountFen() > 0)
                .map(RefundCancelled::toRefund)
                .toList();
        return refundLines.handle(refunds, now);
    }

    private static Refund toRefund(Order order) {
        return new Refund(
                "cancelled:" + order.id(),
                order.community(),
                order.groupBuyId(),
                order.id(),
                order.buyer().household(),
                null,
                null,
                order.amountFen(),
                Reason.CANCELLED);
    }
}
