package io.linli.community.registry;

import java.time.Instant;
import java.util.UUID;

/// A residential community and the time zone its windows are meant in.
record Community(UUID id, String name, String zone, Instant createdAt) {}
