package io.linli.community.households;

import io.linli.kit.messaging.Event;
import java.util.UUID;

/// What the station has to know of a household; the highest `version` counts. *Shape:* `household.changed.v1`.
record HouseholdChanged(
        UUID householdId,
        long version,
        UUID buildingId,
        String buildingName,
        int floor,
        boolean doorstep,
        boolean stationConsent) {

    static Event of(Household household) {
        return new Event(
                household.community(),
                "household.changed.v1",
                household.id(),
                new HouseholdChanged(
                        household.id(),
                        household.version(),
                        household.building(),
                        household.buildingName(),
                        household.floor(),
                        household.care().doorstep(),
                        household.stationConsent()));
    }
}
