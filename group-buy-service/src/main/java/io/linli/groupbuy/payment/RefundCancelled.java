package io.linli.groupbuy.payment;

import io.linli.groupbuy.ordering.Order;
import io.linli.groupbuy.ordering.PayOrders;
import io.linli.groupbuy.settlement.Refund;
import io.linli.groupbuy.settlement.Refund.Reason;
import io.linli.groupbuy.settlement.RefundLines;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// A cancelled order gives back what was paid for it, once. Inside the caller's transaction.
@Service
class RefundCancelled {
    private final PayOrders payOrders;
    private final RefundLines refundLines;

    RefundCancelled(PayOrders payOrders, RefundLines refundLines) {
        this.payOrders = payOrders;
        this.refundLines = refundLines;
    }

    Mono<Void> handle(UUID order, Instant now) {
        return payOrders
                .findPaid(order)
                .filter(found -> found.amountFen() > 0)
                .flatMap(found -> refundLines.handle(List.of(toRefund(found)), now))
                .then();
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
