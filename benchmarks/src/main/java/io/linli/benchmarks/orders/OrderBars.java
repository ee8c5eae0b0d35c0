package io.linli.benchmarks.orders;

import io.linli.benchmarks.orders.OrderTraffic.Shape;
import io.linli.benchmarks.orders.Point.Way;
import io.linli.benchmarks.report.Bar;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/// The bars of `./linli bench orders`: ratios of medians over the rounds of one run.
final class OrderBars {
    private static final String TIMES = " x";

    private final OrdersBench.Outcome outcome;
    private final List<Bar> bars = new ArrayList<>();

    private OrderBars(OrdersBench.Outcome outcome) {
        this.outcome = outcome;
    }

    static List<Bar> of(OrdersBench.Outcome outcome, OrdersBench.Plan plan) {
        var bars = new OrderBars(outcome);
        bars.compared(0, "");
        if (plan.stored() > 0) {
            bars.compared(plan.stored(), ", %,d stored".formatted(plan.stored()));
        }
        bars.stored(plan.stored());
        bars.safe();
        bars.organiser();
        return bars.bars;
    }

    private void compared(long stored, String suffix) {
        var spread = rate(stored, Way.SERVICE, Shape.SPREAD, 0);
        var hot = rate(stored, Way.SERVICE, Shape.HOT, 0);
        ratio("spread / pgbench spread" + suffix, 1.2, spread, rate(stored, Way.PGBENCH, Shape.SPREAD, 0));
        ratio("hot / pgbench hot" + suffix, 3, hot, rate(stored, Way.PGBENCH, Shape.HOT, 0));
        ratio("hot / spread" + suffix, 0.9, hot, spread);
        ratio("hot / plain handler hot" + suffix, 8, hot, rate(stored, Way.PLAIN, Shape.HOT, 0));
        ratio("gateway / direct" + suffix, 0.7, rate(stored, Way.GATEWAY, Shape.SPREAD, 0), spread);
        ratio("with 2 % sold out / without" + suffix, 0.9, rate(stored, Way.SERVICE, Shape.SPREAD, 20), spread);
        for (var shape : Shape.values()) {
            var cpu = median(stored, Way.SERVICE, shape, 0, Measured::cpuPer1000);
            bars.add(Bar.atMost("CPU per 1,000 orders, " + shape + suffix, 0.6, " s", cpu, "service and database"));
            var tail = median(stored, Way.SERVICE, shape, 0, OrderBars::tail);
            bars.add(Bar.atMost("p99 / p50 at 64, " + shape + suffix, 10, TIMES, tail, "median of the rounds"));
        }
    }

    private static double tail(Measured row) {
        return row.p50() == null || row.p99() == null ? Double.NaN : row.p99() / row.p50();
    }

    private void stored(long stored) {
        for (var shape : Shape.values()) {
            var name = shape + " with stored orders / without";
            if (stored > 0) {
                ratio(name, 0.9, rate(stored, Way.SERVICE, shape, 0), rate(0, Way.SERVICE, shape, 0));
            } else {
                bars.add(Bar.atLeast(name, 0.9, TIMES, null, "no orders were stored"));
            }
        }
    }

    private void safe() {
        bars.add(Bar.atMost("oversold", 0, "", (double) outcome.oversold(), "rows, read from the tables"));
        var findings = (double) outcome.wrong().size();
        bars.add(Bar.atMost("other findings in the tables", 0, "", findings, "serial numbers, lines, orders"));
        var failed =
                (double) outcome.measured().stream().mapToLong(Measured::failed).sum();
        bars.add(Bar.atMost("failed requests", 0, "", failed, "neither placed nor sold out"));
    }

    private void organiser() {
        var times = outcome.organiser();
        var sheets = times == null ? "" : "with %d sheets fetched".formatted(times.sheets());
        bars.add(Bar.atMost(
                "closing 3,000 orders of 10,000 lines", 5, " s", times == null ? null : times.closing(), sheets));
        bars.add(Bar.atMost(
                "report over 10,000 orders under load",
                1,
                " s",
                times == null ? null : times.report(),
                "slowest of several"));
    }

    private void ratio(String name, double limit, @Nullable Double value, @Nullable Double to) {
        if (value == null || to == null) {
            var why = outcome.pgbench() ? "a point is missing" : "pgbench is not installed";
            bars.add(Bar.atLeast(name, limit, TIMES, null, why));
        } else {
            bars.add(Bar.atLeast(name, limit, TIMES, value / to, "%,.0f/s to %,.0f/s".formatted(value, to)));
        }
    }

    private @Nullable Double rate(long stored, Way way, Shape shape, int soldOutPerMille) {
        return median(stored, way, shape, soldOutPerMille, Measured::rate);
    }

    private @Nullable Double median(
            long stored, Way way, Shape shape, int soldOutPerMille, ToDoubleFunction<Measured> figure) {
        var values = outcome.measured().stream()
                .filter(row -> row.stored() == stored && row.round() > 0)
                .filter(row -> row.point().way() == way && row.point().orders() == shape)
                .filter(row -> row.point().soldOutPerMille() == soldOutPerMille)
                .mapToDouble(figure);
        return median(values);
    }

    static @Nullable Double median(DoubleStream values) {
        var sorted = values.sorted().toArray();
        if (sorted.length == 0) {
            return null;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
