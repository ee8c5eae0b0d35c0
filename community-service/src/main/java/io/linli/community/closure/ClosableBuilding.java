package io.linli.community.closure;

import io.linli.kit.messaging.Event;
import java.util.UUID;

/// A building and its closure; `reason` is why it was last closed or reopened.
record ClosableBuilding(UUID community, UUID id, String name, String reason, Closure closure) {

    /// The news that its closure, or its reopening, is in force. *Shape:* `building.closed.v1`, `building.reopened.v1`.
    record ClosureChanged(UUID buildingId, long version, String name, String reason) {}

    ClosableBuilding with(Closure next, String why) {
        return new ClosableBuilding(community, id, name, why, next);
    }

    Event toEvent() {
        return new Event(
                community,
                closure.isClosed() ? "building.closed.v1" : "building.reopened.v1",
                id,
                new ClosureChanged(id, closure.version(), name, reason));
    }
}
