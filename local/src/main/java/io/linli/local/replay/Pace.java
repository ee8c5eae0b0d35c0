package io.linli.local.replay;

import java.time.Duration;

/// How fast the parts of the days follow each other: 0 at once, else so many times faster than they really did.
record Pace(double speed) {

    Duration between(DaySlot earlier, DaySlot later) {
        if (speed == 0) {
            return Duration.ZERO;
        }
        var real = Duration.between(earlier.startsAt(), later.startsAt());
        return Duration.ofMillis((long) (real.toMillis() / speed));
    }
}
