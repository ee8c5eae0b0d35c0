package io.linli.dispatch.volunteer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a volunteer wants tasks now: not while busy, and not before `pausedUntil`.
record Availability(boolean busy, @Nullable Instant pausedUntil) {

    enum Flaw {
        OVER,
        TOO_LONG
    }

    /// What speaks against this pause now.
    Optional<Flaw> flaw(Instant now, Duration pauseMax) {
        if (pausedUntil == null) {
            return Optional.empty();
        }
        if (!pausedUntil.isAfter(now)) {
            return Optional.of(Flaw.OVER);
        }
        return pausedUntil.isAfter(now.plus(pauseMax)) ? Optional.of(Flaw.TOO_LONG) : Optional.empty();
    }

    /// From when tasks may be offered again, if that is known.
    Optional<Instant> availableFrom(Instant now) {
        if (busy) {
            return Optional.empty();
        }
        return Optional.of(pausedUntil == null ? now : pausedUntil);
    }
}
