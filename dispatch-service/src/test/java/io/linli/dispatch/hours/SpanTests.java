package io.linli.dispatch.hours;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpanTests {

    private static final Instant DONE = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration MAX = Duration.ofHours(4);

    @Test
    void a_short_task_counts_as_long_as_it_took() {
        var from = DONE.minusSeconds(600);

        assertThat(Span.bounded(from, DONE, MAX)).isEqualTo(new Span(from, DONE));
    }

    @Test
    void of_a_task_that_stayed_open_only_the_last_hours_count() {
        assertThat(Span.bounded(DONE.minus(Duration.ofDays(2)), DONE, MAX)).isEqualTo(new Span(DONE.minus(MAX), DONE));
    }

    @Test
    void a_task_done_before_it_was_taken_up_counts_nothing() {
        assertThat(Span.bounded(DONE.plusSeconds(5), DONE, MAX)).isEqualTo(new Span(DONE, DONE));
    }
}
