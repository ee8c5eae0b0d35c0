package io.linli.community.households;

import io.linli.kit.messaging.Event;
import java.util.UUID;

/// What the station and the sharing of scarce goods have to know of a household; the highest `version` counts.
/// *Shape:* `household.changed.v1`.
record HouseholdChanged(
        UUID householdId,
        long version,
        UUID buildingId,
        String buildingName,
        int floor,
        boolean doorstep,
        boolean stationConsent,
        int members,
        int need) {

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
                        household.stationConsent(),
                        household.size(),
                        household.care().level()));
    }
}
