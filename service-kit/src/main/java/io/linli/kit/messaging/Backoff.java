package io.linli.kit.messaging;

import java.time.Duration;

/// The wait before attempt `attempts + 1`: doubles from the first up to the longest.
record Backoff(Duration first, Duration longest) {
    Duration after(int attempts) {
        var doubled = first.multipliedBy(1L << Math.min(20, Math.max(0, attempts - 1)));
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }
}
