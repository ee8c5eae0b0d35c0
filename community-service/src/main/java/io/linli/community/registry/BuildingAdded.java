package io.linli.community.registry;

import io.linli.kit.messaging.Event;
import java.util.UUID;

/// A building was added. *Shape:* `building.added.v1`; metres from the gate.
record BuildingAdded(UUID buildingId, String name, int x, int y, int floors, boolean lift) {
    static Event of(UUID community, Building building) {
        return new Event(
                community,
                "building.added.v1",
                building.id(),
                new BuildingAdded(
                        building.id(),
                        building.name(),
                        building.x(),
                        building.y(),
                        building.floors(),
                        building.lift()));
    }
}
