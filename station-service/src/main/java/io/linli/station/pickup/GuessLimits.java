package io.linli.station.pickup;

import io.linli.station.StationSettings;
import java.time.Duration;
import java.time.Instant;

/// How many wrong codes are borne: per label a few, then pauses that double; per keeper a number in a sliding window.
record GuessLimits(
        int triesPerLabel, Duration firstPause, Duration pauseMax, int wrongPerKeeper, Duration keeperWindow) {

    static GuessLimits of(StationSettings settings) {
        return new GuessLimits(
                settings.triesPerLabel(),
                settings.firstPause(),
                settings.pauseMax(),
                settings.wrongCodesPerKeeper(),
                settings.keeperWindow());
    }

    /// How long the label still pauses; zero when it may be tried.
    Duration pauseLeft(int wrong, Instant lastWrongAt, Instant now) {
        if (wrong < triesPerLabel) {
            return Duration.ZERO;
        }
        return notNegative(Duration.between(now, lastWrongAt.plus(pause(wrong))));
    }

    private Duration pause(int wrong) {
        var doublings = Math.min(wrong - triesPerLabel, 20);
        var pause = firstPause.multipliedBy(1L << doublings);
        return pause.compareTo(pauseMax) > 0 ? pauseMax : pause;
    }

    int triesLeft(int wrong) {
        return Math.max(0, triesPerLabel - wrong);
    }

    /// How long the keeper still pauses, given how many wrong codes the window holds and when the oldest of them was.
    Duration keeperPauseLeft(int wrongInWindow, Instant oldest, Instant now) {
        if (wrongInWindow < wrongPerKeeper) {
            return Duration.ZERO;
        }
        return notNegative(Duration.between(now, oldest.plus(keeperWindow)));
    }

    private static Duration notNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
