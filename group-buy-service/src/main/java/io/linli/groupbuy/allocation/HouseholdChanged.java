package io.linli.groupbuy.allocation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Heard from community-service: `household.changed.v1`. The last three are absent in what was told before they
/// were.
record HouseholdChanged(
        UUID householdId,
        long version,
        @Nullable Integer members,
        @Nullable Integer need,
        @Nullable UUID buildingId) {}
