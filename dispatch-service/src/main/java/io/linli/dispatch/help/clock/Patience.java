package io.linli.dispatch.help.clock;

import java.time.Duration;

/// How long a request may wait.
///
/// @param firstAnswer until somebody has taken it up
/// @param resolution until it is answered
public record Patience(Duration firstAnswer, Duration resolution) {

    public Patience {
        if (firstAnswer.isNegative() || firstAnswer.isZero() || resolution.compareTo(firstAnswer) < 0) {
            throw new IllegalArgumentException("a resolution takes at least as long as the first answer");
        }
    }
}
