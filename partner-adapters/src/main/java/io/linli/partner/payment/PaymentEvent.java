package io.linli.partner.payment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.linli.kit.messaging.Event;
import java.time.Instant;
import java.util.UUID;

/// What other services may hear of payments. *Units:* fen. *Shape:* one sample each in `src/main/events`.
sealed interface PaymentEvent {
    /// Routing key with version.
    @JsonIgnore
    String type();

    UUID paymentId();

    record PaymentSucceeded(UUID paymentId, UUID orderId, long amountFen, Instant paidAt) implements PaymentEvent {
        static PaymentSucceeded of(Charge charge, Instant paidAt) {
            return new PaymentSucceeded(charge.id(), charge.order(), charge.amountFen(), paidAt);
        }

        @Override
        public String type() {
            return "payment.succeeded.v1";
        }
    }

    /// Nobody paid in time, or the provider does not take it.
    record PaymentFailed(UUID paymentId, UUID orderId, String reason) implements PaymentEvent {
        static PaymentFailed of(Charge charge, String reason) {
            return new PaymentFailed(charge.id(), charge.order(), reason);
        }

        @Override
        public String type() {
            return "payment.failed.v1";
        }
    }

    record PaymentRefunded(UUID paymentId, UUID orderId, UUID refundId, long amountFen, Instant refundedAt)
            implements PaymentEvent {
        @Override
        public String type() {
            return "payment.refunded.v1";
        }
    }

    static Event in(UUID community, PaymentEvent event) {
        return new Event(community, event.type(), event.paymentId(), event);
    }
}
