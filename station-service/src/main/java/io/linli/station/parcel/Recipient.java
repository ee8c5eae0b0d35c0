package io.linli.station.parcel;

import java.util.UUID;

/// Where the household lives and whether it wants its parcels at the door, or cannot come down from a closed building.
public record Recipient(UUID buildingId, int floor, boolean doorstep, boolean closed) {}
