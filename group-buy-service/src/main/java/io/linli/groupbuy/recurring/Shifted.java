package io.linli.groupbuy.recurring;

import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A group buy's window and day of delivery, moved to another opening by the clocks of its zone: what closed at six the
/// next day closes at six the next day, also when the clocks change in between.
record Shifted(Instant opensAt, Instant closesAt, @Nullable LocalDate deliveryDay) {

    static Shifted to(Instant opensAt, Terms source) {
        var zone = source.zone();
        var opened = source.opensAt().atZone(zone).toLocalDateTime();
        var closed = source.closesAt().atZone(zone).toLocalDateTime();
        var opens = opensAt.atZone(zone).toLocalDateTime();
        var closesAt = opens.plus(Duration.between(opened, closed)).atZone(zone).toInstant();
        var day = source.conditions().delivery().day();
        var delivered =
                day == null ? null : opens.toLocalDate().plusDays(ChronoUnit.DAYS.between(opened.toLocalDate(), day));
        return new Shifted(opensAt, closesAt.isAfter(opensAt) ? closesAt : opensAt.plus(length(source)), delivered);
    }

    /// A window shorter than the hour that the clocks skip keeps its true length.
    private static Duration length(Terms source) {
        return Duration.between(source.opensAt(), source.closesAt());
    }
}
