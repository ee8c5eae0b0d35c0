package io.linli.local.replay;

import io.linli.local.replay.Delivery.Cell;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;

/// Reads one row by the header's names, strictly: every published column is checked, also those the replay
/// does not use.
///
/// *Units*: weights are grams, rounded, at least 1. The measured weight counts; when it is blank the declared one does.
/// A row with neither has no weight to carry, so it is a bad row and not one with a made-up weight.
final class DeliveryRow {

    static final List<String> COLUMNS = List.of(
            "seq",
            "date",
            "user_id",
            "receive_weekday",
            "receive_slot",
            "grid_x",
            "grid_y",
            "declared_weight",
            "declared_volume",
            "measured_weight",
            "measured_volume",
            "wait_slots",
            "autonomous_vehicle",
            "redelivered");

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern INTEGER = Pattern.compile("\\d{1,15}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,12}(\\.\\d{1,30})?([eE][+-]?\\d{1,2})?");
    private static final Pattern USER = Pattern.compile("[\\p{L}\\p{N}_.:@-]{1,64}");
    private static final double HEAVIEST_GRAMS = 1_000_000;

    /// Why a row is not taken.
    static final class Bad extends RuntimeException {
        Bad(String reason) {
            super(reason, null, false, false);
        }

        @Override
        public String getMessage() {
            return java.util.Objects.requireNonNull(super.getMessage());
        }
    }

    private final Map<String, Integer> positions = new HashMap<>();
    private final int width;

    DeliveryRow(CSVRecord header) {
        for (int i = 0; i < header.size(); i++) {
            positions.putIfAbsent(header.get(i), i);
        }
        this.width = header.size();
    }

    Delivery read(long line, CSVRecord fields) {
        if (fields.size() != width) {
            throw new Bad("has " + fields.size() + " fields instead of " + width);
        }
        checkUnused(fields);
        return new Delivery(
                line,
                integer(fields, "seq", 1, Long.MAX_VALUE),
                date(fields),
                user(fields),
                new Cell((int) integer(fields, "grid_x", 0, 9), (int) integer(fields, "grid_y", 0, 9)),
                (int) integer(fields, "receive_slot", 0, 6),
                grams(fields),
                integer(fields, "redelivered", 0, 1) == 1);
    }

    private void checkUnused(CSVRecord fields) {
        integer(fields, "receive_weekday", 1, 7);
        integer(fields, "wait_slots", 0, 1_000);
        integer(fields, "autonomous_vehicle", 0, 1);
        optionalNumber(fields, "declared_volume");
        optionalNumber(fields, "measured_volume");
    }

    private long grams(CSVRecord fields) {
        double declared = optionalNumber(fields, "declared_weight");
        double measured = optionalNumber(fields, "measured_weight");
        double weight = measured >= 0 ? measured : declared;
        if (weight < 0) {
            throw new Bad("has neither a measured nor a declared weight");
        }
        if (weight > HEAVIEST_GRAMS) {
            throw new Bad("weighs more than a tonne: " + weight + " g");
        }
        return Math.max(1, Math.round(weight));
    }

    private LocalDate date(CSVRecord fields) {
        var text = text(fields, "date");
        try {
            if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeParseException impossible) {
            // 2024-02-30 looks like a date and is none: the same answer as for any other text.
        }
        throw new Bad("date is not a date: " + shown(text));
    }

    private String user(CSVRecord fields) {
        var text = text(fields, "user_id");
        if (!USER.matcher(text).matches()) {
            throw new Bad("user_id is not an id: " + shown(text));
        }
        return text;
    }

    private long integer(CSVRecord fields, String column, long least, long most) {
        var text = text(fields, column);
        if (INTEGER.matcher(text).matches()) {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw new Bad(
                column + " is not an integer" + (most < 10 ? " of " + least + " to " + most : "") + ": " + shown(text));
    }

    /// The number, or -1 when the field is blank.
    private double optionalNumber(CSVRecord fields, String column) {
        var text = text(fields, column);
        if (text.isEmpty()) {
            return -1;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw new Bad(column + " is not a number of zero or more: " + shown(text));
        }
        return Double.parseDouble(text);
    }

    private String text(CSVRecord fields, String column) {
        return fields.get(java.util.Objects.requireNonNull(positions.get(column)));
    }

    private static String shown(String text) {
        var plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.isEmpty() ? "blank" : "\"" + (plain.length() > 40 ? plain.substring(0, 40) + "…" : plain) + "\"";
    }
}
