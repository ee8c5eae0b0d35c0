package io.linli.partner.payment;

import io.linli.kit.messaging.ComesEarly;
import io.linli.kit.messaging.Received;
import io.linli.kit.messaging.Subscription;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/// Hears from group-buy-service what is to be paid and what is to go back; nothing here calls the provider.
@Configuration(proxyBeanMethods = false)
class HearPayments {

    /// What is read of `payment.requested.v1`.
    record PaymentRequested(
            UUID paymentId,
            UUID orderId,
            UUID groupBuyId,
            UUID householdId,
            String title,
            long amountFen,
            Instant payBy) {}

    /// What is read of `refund.requested.v1`.
    record RefundRequested(UUID refundId, UUID paymentId, UUID orderId, long amountFen) {}

    @Bean
    Subscription requestedPayments(Prepayments prepayments, PaymentRefunds refunds, Clock clock) {
        return Subscription.queue("partner.payments")
                .on("payment.requested.v1", PaymentRequested.class, heard -> charge(heard, prepayments, clock))
                .on("refund.requested.v1", RefundRequested.class, heard -> refund(heard, prepayments, refunds, clock));
    }

    private static Mono<Void> charge(Received<PaymentRequested> heard, Prepayments prepayments, Clock clock) {
        var requested = heard.data();
        return prepayments.add(new Charge(
                requested.paymentId(),
                heard.community(),
                requested.orderId(),
                requested.groupBuyId(),
                requested.householdId(),
                requested.title(),
                requested.amountFen(),
                requested.payBy(),
                clock.instant()));
    }

    private static Mono<Void> refund(
            Received<RefundRequested> heard, Prepayments prepayments, PaymentRefunds refunds, Clock clock) {
        var requested = heard.data();
        var refund = new PaymentRefunds.Refund(
                requested.refundId(),
                heard.community(),
                requested.paymentId(),
                requested.orderId(),
                requested.amountFen());
        return prepayments
                .find(requested.paymentId())
                .switchIfEmpty(Mono.error(() -> new ComesEarly("payment " + requested.paymentId())))
                .flatMap(_ -> refunds.add(refund, clock.instant()));
    }
}
