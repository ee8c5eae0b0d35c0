package io.linli.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class FiguresTests {

    private static final LocalDate DAY = LocalDate.of(2024, 8, 1);

    @Test
    void the_median_and_the_99th_percentile_are_of_all_that_was_added() {
        var times = new StepTimes();
        for (int i = 1; i <= 100; i++) {
            times.add(Step.ORDER, Duration.ofMillis(101 - i));
        }

        var summary = times.summaries().getFirst();

        assertThat(summary.count()).isEqualTo(100);
        assertThat(summary.median()).isEqualTo(Duration.ofMillis(51));
        assertThat(summary.p99()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void a_metric_is_summed_over_its_labels_and_not_over_its_namesakes() {
        var metrics = """
            # TYPE linli_events_consumed_total counter
            linli_events_consumed_total{queue="a",service="x"} 12.0
            linli_events_consumed_total{queue="b",service="x"} 3.0
            linli_events_consumed_total_created{queue="b"} 1.7E9
            """;

        assertThat(Events.sum(metrics, "linli_events_consumed_total")).isEqualTo(15);
    }

    @Test
    void time_between_parts_of_a_day_shrinks_with_the_speed() {
        var morning = new DaySlot(DAY, PartOfDay.MORNING);
        var evening = new DaySlot(DAY, PartOfDay.EVENING);

        assertThat(new Pace(0).between(morning, evening)).isZero();
        assertThat(new Pace(3_600).between(morning, evening)).isEqualTo(Duration.ofSeconds(10));
        assertThat(new Pace(3_600).between(evening, new DaySlot(DAY.plusDays(1), PartOfDay.MORNING)))
                .isEqualTo(Duration.ofSeconds(14));
    }
}
