package io.linli.station.parcel;

import java.util.UUID;

/// Where the household lives and whether it wants its parcels at the door.
public record Recipient(UUID buildingId, int floor, boolean doorstep) {}
