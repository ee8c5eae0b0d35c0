package io.linli.groupbuy.ordering.consent;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A household lets a member order for it, until it is withdrawn. `notedBy` is a member of the household, or the floor
/// leader who was told; `building` is where that member lives, as the household does.
record OrderingConsent(
        UUID id,
        UUID community,
        UUID household,
        @Nullable UUID building,
        UUID buyerMember,
        Channel channel,
        UUID notedBy,
        Instant givenAt,
        @Nullable Instant withdrawnAt) {

    /// How the household consented.
    enum Channel {
        APP,
        VOICE,
        PAPER
    }
}
