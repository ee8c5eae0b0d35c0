package io.linli.dispatch.hours;

import java.time.Duration;
import java.time.Instant;

/// The time a task took: from `from`, up to but not including `to`.
record Span(Instant from, Instant to) {

    /// What may be credited of a task taken up at `from` and done at `to`: never less than nothing, and never more than
    /// its last `max`, which is when it was really worked on.
    static Span bounded(Instant from, Instant to, Duration max) {
        var earliest = to.minus(max);
        if (from.isAfter(to)) {
            return new Span(to, to);
        }
        return new Span(from.isBefore(earliest) ? earliest : from, to);
    }
}
