package io.linli.groupbuy.statements;

import io.linli.kit.web.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.springframework.http.HttpStatus;

/// Whole days of a community, both ends included, as the clocks there count them.
record Period(LocalDate from, LocalDate to, ZoneId zone) {
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2999, 12, 31);

    /// *Errors:* 422 `period-invalid` when it is longer than `daysMax`, or ends before it begins.
    static Period of(LocalDate from, LocalDate to, ZoneId zone, int daysMax) {
        if (from.isBefore(EARLIEST)
                || to.isAfter(LATEST)
                || to.isBefore(from)
                || ChronoUnit.DAYS.between(from, to) >= daysMax) {
            throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "period-invalid", daysMax);
        }
        return new Period(from, to, zone);
    }

    Instant begins() {
        return from.atStartOfDay(zone).toInstant();
    }

    /// The first instant that is not in it any more.
    Instant ends() {
        return to.plusDays(1).atStartOfDay(zone).toInstant();
    }
}
