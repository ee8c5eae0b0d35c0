package io.linli.dispatch.shift;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// A shift of every week by the clocks of a zone, from `validFrom` up to and including `validUntil`. One that ends
/// before it begins ends the next day.
record ShiftPlan(
        UUID id,
        DayOfWeek weekday,
        LocalTime startsLocal,
        LocalTime endsLocal,
        ZoneId zone,
        int places,
        LocalDate validFrom,
        LocalDate validUntil) {

    private static final int YEARS_MAX = 2;

    enum Flaw {
        TIMES,
        TOO_LONG,
        DATES
    }

    /// One shift of the plan, on the day on which it begins.
    record Occurrence(ShiftPlan plan, LocalDate day, Instant startsAt, Instant endsAt) {

        Shift toShift(UUID id, UUID member) {
            return new Shift(id, member, startsAt, endsAt);
        }
    }

    /// What speaks against making this plan today.
    Optional<Flaw> flaw(LocalDate today, Duration shiftMax) {
        if (startsLocal.equals(endsLocal)) {
            return Optional.of(Flaw.TIMES);
        }
        if (length().compareTo(shiftMax) > 0) {
            return Optional.of(Flaw.TOO_LONG);
        }
        var forward = !validFrom.isAfter(validUntil);
        var near = !validFrom.isBefore(today.minusYears(1)) && !validUntil.isAfter(today.plusYears(YEARS_MAX));
        return forward && near && !validUntil.isBefore(today) ? Optional.empty() : Optional.of(Flaw.DATES);
    }

    private Duration length() {
        var length = Duration.between(startsLocal, endsLocal);
        return length.isNegative() ? length.plusDays(1) : length;
    }

    /// The shift that begins on this day, if one does.
    Optional<Occurrence> on(LocalDate day) {
        return day.getDayOfWeek() == weekday && !day.isBefore(validFrom) && !day.isAfter(validUntil)
                ? Optional.of(occurrence(day))
                : Optional.empty();
    }

    /// Those that begin on these days, both included.
    List<Occurrence> between(LocalDate from, LocalDate to) {
        var first = from.isBefore(validFrom) ? validFrom : from;
        var last = to.isAfter(validUntil) ? validUntil : to;
        return Stream.iterate(
                        first.with(TemporalAdjusters.nextOrSame(weekday)),
                        day -> !day.isAfter(last),
                        day -> day.plusWeeks(1))
                .map(this::occurrence)
                .toList();
    }

    /// People go by their clocks: in the night in which these change, a shift is shorter or longer. A start that the
    /// clocks skip comes as much later; where that would be after the end, the shift keeps its length.
    private Occurrence occurrence(LocalDate day) {
        var lastDay = endsLocal.isBefore(startsLocal) ? day.plusDays(1) : day;
        var startsAt = day.atTime(startsLocal).atZone(zone).toInstant();
        var endsAt = lastDay.atTime(endsLocal).atZone(zone).toInstant();
        return new Occurrence(this, day, startsAt, endsAt.isAfter(startsAt) ? endsAt : startsAt.plus(length()));
    }
}
