package io.linli.station.parcel;

import java.util.List;
import java.util.UUID;

/// A household's share of a group buy before it is here. *Units:* grams.
public record ExpectedParcel(UUID householdId, List<UUID> orderIds, long weightGrams, boolean doorstep) {}
