package io.linli.station.household;

import java.util.UUID;

/// What the station has to know of a household: where it lives, whether it comes down, whether it consents to deposits.
///
/// @param closed whether its building is closed
public record Household(
        UUID id, UUID buildingId, int floor, boolean doorstep, boolean stationConsent, boolean closed) {}
