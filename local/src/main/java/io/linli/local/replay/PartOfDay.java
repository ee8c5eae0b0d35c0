package io.linli.local.replay;

import java.time.LocalTime;

/// The file's seven receive slots (their hours are not published) folded into three group buys a day.
enum PartOfDay {
    MORNING("早", 8),
    NOON("午", 12),
    EVENING("晚", 18);

    final String title;
    final LocalTime startsAt;

    PartOfDay(String title, int hour) {
        this.title = title;
        this.startsAt = LocalTime.of(hour, 0);
    }

    static PartOfDay of(int slot) {
        if (slot <= 1) {
            return MORNING;
        }
        return slot <= 3 ? NOON : EVENING;
    }
}
