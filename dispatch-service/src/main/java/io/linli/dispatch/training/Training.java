package io.linli.dispatch.training;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A volunteer was trained: counts from `trainedAt` up to but not including `validUntil`, unless it is revoked.
record Training(
        UUID id,
        UUID member,
        TrainingKind kind,
        Instant trainedAt,
        Instant validUntil,
        UUID recordedBy,
        Instant recordedAt,
        @Nullable Revocation revocation) {

    record Revocation(UUID by, Instant at) {}

    enum Flaw {
        IN_FUTURE,
        ORDER,
        OVER,
        TOO_LONG
    }

    /// What speaks against recording this.
    Optional<Flaw> flaw(Duration validMax) {
        if (trainedAt.isAfter(recordedAt)) {
            return Optional.of(Flaw.IN_FUTURE);
        }
        if (!trainedAt.isBefore(validUntil)) {
            return Optional.of(Flaw.ORDER);
        }
        if (!recordedAt.isBefore(validUntil)) {
            return Optional.of(Flaw.OVER);
        }
        return Duration.between(trainedAt, validUntil).compareTo(validMax) > 0
                ? Optional.of(Flaw.TOO_LONG)
                : Optional.empty();
    }
}
