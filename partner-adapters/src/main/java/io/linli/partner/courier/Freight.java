package io.linli.partner.courier;

import java.time.Instant;
import java.util.UUID;

/// What is to be carried, fixed when the group buy forms. The id is also the booking reference at the courier, so that
/// a booking tried again is the same booking.
///
/// *Units:* grams; one piece per household.
record Freight(
        UUID id,
        UUID community,
        UUID groupBuy,
        String title,
        String carrier,
        String sender,
        int pieces,
        long weightGrams,
        Instant createdAt) {}
