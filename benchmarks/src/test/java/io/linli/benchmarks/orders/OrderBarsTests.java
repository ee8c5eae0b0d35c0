package io.linli.benchmarks.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.benchmarks.orders.OrderTraffic.Shape;
import io.linli.benchmarks.orders.Point.Way;
import io.linli.benchmarks.report.Bar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class OrderBarsTests {
    private static final OrdersBench.Plan PLAN =
            new OrdersBench.Plan(List.of(64), Duration.ofSeconds(1), Duration.ofSeconds(1), 3, 0);

    private final List<Measured> measured = new ArrayList<>();

    private void rounds(Way way, Shape shape, int soldOut, double... rates) {
        for (int round = 1; round <= rates.length; round++) {
            var point = new Point(way, shape, 64, soldOut);
            measured.add(new Measured(0, round, point, rates[round - 1], 8.0, 40.0, 90.0, 0.3, 1000, 0, 0, 0));
        }
    }

    private Bar bar(String name, OrdersBench.Outcome outcome) {
        return OrderBars.of(outcome, PLAN).stream()
                .filter(bar -> bar.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private OrdersBench.Outcome outcome(long oversold) {
        return new OrdersBench.Outcome(measured, oversold, List.of(), new Organiser.Times(4, 3, 0.5), true);
    }

    @Test
    void ratios_are_of_the_medians_of_the_rounds() {
        rounds(Way.SERVICE, Shape.SPREAD, 0, 1000, 6000, 9000);
        rounds(Way.PGBENCH, Shape.SPREAD, 0, 3000, 2000, 8000);
        rounds(Way.SERVICE, Shape.HOT, 0, 5000, 5100, 5200);

        assertThat(bar("spread / pgbench spread", outcome(0)).value()).isEqualTo(2.0);
        assertThat(bar("hot / spread", outcome(0)).verdict()).isEqualTo(Bar.Verdict.SHORT);
        assertThat(bar("p99 / p50 at 64, spread", outcome(0)).value()).isEqualTo(5.0);
        assertThat(bar("CPU per 1,000 orders, hot", outcome(0)).verdict()).isEqualTo(Bar.Verdict.MET);
    }

    @Test
    void points_of_the_grid_count_for_no_ratio() {
        rounds(Way.SERVICE, Shape.SPREAD, 0, 6000);
        measured.add(measured.getFirst().as(0, 0));
        measured.add(new Measured(0, 0, Point.of(Way.SERVICE, Shape.SPREAD, 1), 10, 1.0, 1.0, 1.0, 1, 1, 0, 0, 0));
        rounds(Way.GATEWAY, Shape.SPREAD, 0, 4800);

        assertThat(bar("gateway / direct", outcome(0)).value()).isEqualTo(0.8);
    }

    @Test
    void a_single_oversold_row_is_short_and_without_stored_orders_nothing_is_said_of_them() {
        assertThat(bar("oversold", outcome(0)).verdict()).isEqualTo(Bar.Verdict.MET);
        assertThat(bar("oversold", outcome(1)).verdict()).isEqualTo(Bar.Verdict.SHORT);
        assertThat(bar("hot with stored orders / without", outcome(0)).verdict())
                .isEqualTo(Bar.Verdict.NOT_MEASURED);
    }

    @Test
    void the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
        assertThat(OrderBars.median(DoubleStream.of(4, 1, 3, 2))).isEqualTo(2.5);
        assertThat(OrderBars.median(DoubleStream.empty())).isNull();
    }

    @Test
    void the_figures_of_pgbench_are_read_from_what_it_prints() {
        var outcome = Pgbench.parse("""
                number of transactions actually processed: 23004
                latency average = 4.172 ms
                tps = 3834.517222 (without initial connection time)
                """);
        assertThat(outcome).isEqualTo(new Pgbench.Outcome(3834.517222, 23004));
    }
}
