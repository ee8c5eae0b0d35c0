package io.linli.community.households;

import java.util.UUID;

/// A household as it is now; `version` grows with every change that other services hear of.
public record Household(
        UUID id,
        UUID community,
        long version,
        UUID building,
        String buildingName,
        UUID unit,
        String unitName,
        int floor,
        String room,
        int size,
        CareNeeds care,
        boolean stationConsent) {

    /// Says nothing of the room, so that no log does.
    @Override
    public String toString() {
        return "Household[" + id + " version " + version + "]";
    }
}
