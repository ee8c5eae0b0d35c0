package io.linli.community.closure;

import io.linli.community.registry.Actor;
import java.time.Instant;
import java.util.UUID;

/// Somebody has a building closed or reopened.
record ClosureOrder(UUID community, UUID building, boolean closes, String reason, Instant effectiveAt, Actor by) {

    Closure.Command command() {
        return closes ? new Closure.Command.Close(effectiveAt) : new Closure.Command.Reopen(effectiveAt);
    }
}
