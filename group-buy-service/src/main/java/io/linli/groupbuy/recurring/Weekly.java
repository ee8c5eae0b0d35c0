package io.linli.groupbuy.recurring;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/// A time of every week by the clocks of a zone.
///
/// Every week has it exactly once: a time that the clocks skip comes as much later as they skip, of a time that they
/// show twice the first counts.
record Weekly(DayOfWeek weekday, LocalTime time, ZoneId zone) {

    Instant on(LocalDate day) {
        return day.atTime(time).atZone(zone).toInstant();
    }

    /// The first such day whose time is not over.
    LocalDate firstFrom(Instant now) {
        var today = now.atZone(zone).toLocalDate();
        var day = today.with(TemporalAdjusters.nextOrSame(weekday));
        return on(day).isBefore(now) ? after(day) : day;
    }

    LocalDate after(LocalDate day) {
        return day.plusWeeks(1);
    }
}
