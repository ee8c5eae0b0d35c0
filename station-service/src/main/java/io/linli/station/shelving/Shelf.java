package io.linli.station.shelving;

/// A shelf as it stands in the tent; `free` counts its slots without a parcel.
record Shelf(int shelf, boolean chilled, int levels, int positions, int free) {}
