package io.linli.groupbuy.payment;

import io.linli.groupbuy.payment.TakePrepayment.Arrived;
import io.linli.groupbuy.settlement.ConfirmRefunds;
import io.linli.kit.messaging.Received;
import io.linli.kit.messaging.Subscription;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Hears what became of prepayments and refunds from partner-adapters, and of cancelled orders from the order desk.
@Configuration(proxyBeanMethods = false)
class HearPayments {

    /// What is read of `payment.succeeded.v1`.
    record PaymentSucceeded(UUID paymentId, UUID orderId, long amountFen, Instant paidAt) {}

    /// What is read of `payment.failed.v1`.
    record PaymentFailed(UUID paymentId, UUID orderId) {}

    /// What is read of `payment.refunded.v1`.
    record PaymentRefunded(UUID refundId, Instant refundedAt) {}

    /// What is read of `order.cancelled.v1`.
    record OrderCancelled(UUID orderId) {}

    @Bean
    Subscription payments(
            TakePrepayment takePrepayment,
            Prepayments prepayments,
            ConfirmRefunds confirmRefunds,
            RefundCancelled refundCancelled,
            Clock clock) {
        return Subscription.queue("group-buy.payments")
                .on(
                        "payment.succeeded.v1",
                        PaymentSucceeded.class,
                        heard -> takePrepayment.handle(toArrived(heard), clock.instant()))
                .on(
                        "payment.failed.v1",
                        PaymentFailed.class,
                        heard -> prepayments.addFailed(
                                heard.community(),
                                heard.data().paymentId(),
                                heard.data().orderId(),
                                clock.instant()))
                .on(
                        "payment.refunded.v1",
                        PaymentRefunded.class,
                        heard -> confirmRefunds.byProvider(
                                heard.data().refundId(), heard.data().refundedAt()))
                .on(
                        "order.cancelled.v1",
                        OrderCancelled.class,
                        heard -> refundCancelled.handle(heard.data().orderId(), clock.instant()));
    }

    private static Arrived toArrived(Received<PaymentSucceeded> heard) {
        var payment = heard.data();
        return new Arrived(
                heard.community(), payment.paymentId(), payment.orderId(), payment.amountFen(), payment.paidAt());
    }
}
