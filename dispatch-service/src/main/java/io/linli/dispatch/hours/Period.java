package io.linli.dispatch.hours;

import java.time.Duration;
import java.time.Instant;

/// A time that somebody asks about: from `from`, up to but not including `to`.
record Period(Instant from, Instant to) {

    private static final Duration FURTHEST = Duration.ofDays(3_660);

    /// Whether it goes forward and lies within ten years.
    boolean makesSense(Instant now) {
        return from.isBefore(to) && !from.isBefore(now.minus(FURTHEST)) && !to.isAfter(now.plus(FURTHEST));
    }
}
