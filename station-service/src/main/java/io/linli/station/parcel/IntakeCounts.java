package io.linli.station.parcel;

/// How many parcels of a consignment went where.
public record IntakeCounts(int stored, int missing, int damaged, int refused, int unshelved) {}
