package io.linli.community.consent;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A household's word on whether its parcels may be left at the station: who said it, when and how.
///
/// @param channel `app`, `paper` or `voice`
/// @param member who recorded it; absent for an operator who is no member
/// @param onBehalf recorded by somebody outside the household
record StationConsent(
        UUID id,
        UUID household,
        boolean granted,
        String channel,
        UUID account,
        @Nullable UUID member,
        boolean onBehalf,
        Instant at) {}
