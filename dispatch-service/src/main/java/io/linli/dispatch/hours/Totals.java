package io.linli.dispatch.hours;

import java.time.Duration;

/// What a volunteer gave in a period, and ever; *Units*: seconds.
record Totals(long seconds, long tasks, long secondsEver) {

    long minutes() {
        return Duration.ofSeconds(seconds).toMinutes();
    }

    long minutesEver() {
        return Duration.ofSeconds(secondsEver).toMinutes();
    }

    /// The declared rule: so many points for an hour, in proportion for a part of one, and so many for a task. A
    /// period in which more was taken away than given has none.
    long points(HoursSettings settings) {
        var forTime = Math.floorDiv(
                seconds * settings.pointsPerHour(), Duration.ofHours(1).toSeconds());
        return Math.max(0, forTime + tasks * settings.pointsPerTask());
    }
}
