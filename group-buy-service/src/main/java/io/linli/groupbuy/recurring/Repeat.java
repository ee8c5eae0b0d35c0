package io.linli.groupbuy.recurring;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A group buy that comes again every week, as its source was offered.
///
/// @param nextDay the day whose group buy has not been created
/// @param endedAt since when no more are created
/// @param last what became of the day before `nextDay`
record Repeat(
        UUID id,
        UUID community,
        UUID groupBuyId,
        UUID leaderId,
        Weekly weekly,
        LocalDate nextDay,
        @Nullable Instant endedAt,
        Last last) {

    /// The group buy created last and why the last one was refused, if it was.
    record Last(@Nullable UUID groupBuyId, @Nullable String refusal) {
        static final Last NONE = new Last(null, null);
    }

    Instant nextOpensAt() {
        return weekly.on(nextDay);
    }
}
