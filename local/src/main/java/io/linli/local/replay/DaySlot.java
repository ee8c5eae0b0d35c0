package io.linli.local.replay;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;

/// A part of one day: the deliveries of it are one group buy.
record DaySlot(LocalDate date, PartOfDay part) implements Comparable<DaySlot> {

    private static final Comparator<DaySlot> ORDER =
            Comparator.comparing(DaySlot::date).thenComparing(DaySlot::part);

    /// The title of its group buy, by which a later run finds it again.
    String title() {
        return date + " " + part.title;
    }

    LocalDateTime startsAt() {
        return date.atTime(part.startsAt);
    }

    @Override
    public int compareTo(DaySlot other) {
        return ORDER.compare(this, other);
    }
}
