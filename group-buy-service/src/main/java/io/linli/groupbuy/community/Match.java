package io.linli.groupbuy.community;

import java.util.UUID;

/// A household that lives at an address.
public record Match(UUID householdId, UUID buildingId) {}
