package io.linli.benchmarks.orders;

import io.linli.benchmarks.report.Table;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a point came to.
///
/// *Units:* per second, milliseconds, processor seconds of service and database (of the database alone for pgbench).
///
/// @param stored orders stored before the phase began
/// @param round 0 for a point of the grid, else the round it was measured in
/// @param rate answers that are no failure, per second
/// @param accepted orders placed, warm-up included
/// @param refused answers 409, as sold-out items deserve, warm-up included
/// @param failed every other answer, and requests that got none
/// @param eventsLeft events not yet published when the load ended
record Measured(
        long stored,
        int round,
        Point point,
        double rate,
        @Nullable Double p50,
        @Nullable Double p99,
        @Nullable Double longest,
        double cpuPer1000,
        long accepted,
        long refused,
        long failed,
        long eventsLeft) {

    Measured as(long storedBefore, int inRound) {
        return new Measured(
                storedBefore,
                inRound,
                point,
                rate,
                p50,
                p99,
                longest,
                cpuPer1000,
                accepted,
                refused,
                failed,
                eventsLeft);
    }

    static String table(List<Measured> rows) {
        var table = new Table(
                "through",
                "orders",
                "conn",
                "sold out",
                "orders/s",
                "p50 ms",
                "p99 ms",
                "max ms",
                "CPU s/1,000",
                "refused",
                "failed",
                "events left");
        for (var row : rows) {
            var point = row.point();
            table.row(
                    point.way(),
                    point.orders(),
                    point.connections(),
                    point.soldOutPerMille() / 10 + " %",
                    String.format(Locale.ROOT, "%,.0f", row.rate()),
                    millis(row.p50()),
                    millis(row.p99()),
                    millis(row.longest()),
                    String.format(Locale.ROOT, "%.2f", row.cpuPer1000()),
                    row.refused(),
                    row.failed(),
                    row.eventsLeft());
        }
        return table.toString();
    }

    private static String millis(@Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.1f", value);
    }
}
