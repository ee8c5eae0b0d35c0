package io.linli.dispatch.hours;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One line of the ledger: of a task, or a correction by a coordinator. *Units*: seconds, below zero in a correction
/// that takes away.
record Entry(
        UUID id,
        UUID member,
        long seconds,
        Instant countsAt,
        Instant recordedAt,
        @Nullable UUID task,
        @Nullable Correction correction) {

    record Correction(UUID by, String reason) {}
}
