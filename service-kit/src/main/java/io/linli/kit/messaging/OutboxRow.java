package io.linli.kit.messaging;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event that waits to be published.
record OutboxRow(
        UUID id,
        UUID community,
        String type,
        UUID subject,
        String body,
        @Nullable String traceparent,
        Instant occurredAt,
        int attempts) {}
