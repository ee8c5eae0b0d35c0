package io.linli.station.household;

import java.util.UUID;

/// Heard from community-service: `household.changed.v1`.
record HouseholdChanged(
        UUID householdId, long version, UUID buildingId, int floor, boolean doorstep, boolean stationConsent) {}
