package io.linli.station.shelving;

import java.util.UUID;

/// Something that needs a slot. *Units:* grams.
public record Load(UUID parcelId, UUID householdId, long weightGrams) {}
