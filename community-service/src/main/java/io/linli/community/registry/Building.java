package io.linli.community.registry;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A building; `x` and `y` say where its door is. *Units:* metres east and north of the gate.
///
/// @param changesAt when it closes or, closed, reopens; absent when nothing is planned
record Building(
        UUID id,
        String name,
        int x,
        int y,
        int floors,
        boolean lift,
        boolean closed,
        @Nullable Instant changesAt) {}
