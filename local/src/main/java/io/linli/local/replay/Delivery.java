package io.linli.local.replay;

import java.time.LocalDate;

/// One delivery of the file: what a person received on a day, how heavy it was, and whether the first try failed.
record Delivery(
        long line, long seq, LocalDate date, String user, Cell cell, int slot, long grams, boolean redelivered) {

    /// A square of the published grid; every square becomes one building.
    record Cell(int x, int y) {
        String building() {
            return "G" + x + y;
        }
    }

    DaySlot daySlot() {
        return new DaySlot(date, PartOfDay.of(slot));
    }
}
