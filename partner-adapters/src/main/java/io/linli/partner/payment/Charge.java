package io.linli.partner.payment;

import java.time.Instant;
import java.util.UUID;

/// What one household is asked to pay for one order, until when. *Units:* fen.
///
/// @param id of the payment as group-buy-service and the provider know it, so asking twice is the same payment
record Charge(
        UUID id,
        UUID community,
        UUID order,
        UUID groupBuy,
        UUID household,
        String title,
        long amountFen,
        Instant payBy,
        Instant createdAt) {}
