package io.linli.benchmarks.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a figure of a run is held against.
///
/// @param value what was measured, null when it was not
/// @param note how the value came about, or why there is none
public record Bar(String name, @Nullable Double value, Sense sense, double limit, String unit, String note) {

    /// On which side of its limit a value is good.
    public enum Sense {
        AT_LEAST,
        AT_MOST
    }

    /// How a value stands to its limit.
    public enum Verdict {
        MET("met"),
        SHORT("short"),
        NOT_MEASURED("not measured");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public static Bar atLeast(String name, double limit, String unit, @Nullable Double value, String note) {
        return new Bar(name, value, Sense.AT_LEAST, limit, unit, note);
    }

    public static Bar atMost(String name, double limit, String unit, @Nullable Double value, String note) {
        return new Bar(name, value, Sense.AT_MOST, limit, unit, note);
    }

    /// A value that is no number was measured and came to nothing: short.
    public Verdict verdict() {
        if (value == null) {
            return Verdict.NOT_MEASURED;
        }
        boolean met = switch (sense) {
            case AT_LEAST -> value >= limit;
            case AT_MOST -> value <= limit;
        };
        return met ? Verdict.MET : Verdict.SHORT;
    }

    String valueText() {
        return value == null ? "-" : number(value) + unit;
    }

    String limitText() {
        return (sense == Sense.AT_LEAST ? ">= " : "<= ") + number(limit) + unit;
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
