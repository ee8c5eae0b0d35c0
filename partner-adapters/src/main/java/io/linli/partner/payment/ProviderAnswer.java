package io.linli.partner.payment;

import java.time.Instant;

/// What the payment provider answers when asked for a prepayment or a refund.
sealed interface ProviderAnswer {
    /// Households can pay at this address.
    record Prepared(String prepayId, String payUrl) implements ProviderAnswer {}

    /// The refund is under way.
    record Taken() implements ProviderAnswer {}

    record Refunded(Instant at) implements ProviderAnswer {}

    /// It will not do that, however often it is asked.
    record Refused(String reason) implements ProviderAnswer {}

    record Unavailable(String problem) implements ProviderAnswer {}
}
