package io.linli.kit.messaging;

import java.time.Instant;
import java.util.UUID;

/// An event as a consumer hears it; `data` is the consumer's own record with only the fields it reads.
public record Received<T>(UUID id, UUID community, String type, UUID subject, Instant occurredAt, T data) {}
