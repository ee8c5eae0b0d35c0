package io.linli.dispatch.shift;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.DispatchSettings;
import io.linli.dispatch.shift.Shift.Flaw;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ShiftTests {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final DispatchSettings SETTINGS = new DispatchSettings(
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(24),
            Duration.ofHours(12),
            Duration.ofDays(30),
            Duration.ofSeconds(30),
            10,
            10);

    private static Optional<Flaw> flaw(Duration start, Duration end) {
        return new Shift(UUID.randomUUID(), UUID.randomUUID(), NOW.plus(start), NOW.plus(end)).flaw(NOW, SETTINGS);
    }

    @Test
    void a_shift_may_have_begun_already() {
        assertThat(flaw(Duration.ofHours(-1), Duration.ofHours(1))).isEmpty();
    }

    @Test
    void a_shift_ends_after_it_starts() {
        assertThat(flaw(Duration.ofHours(1), Duration.ofHours(1))).contains(Flaw.ORDER);
        assertThat(flaw(Duration.ofHours(2), Duration.ofHours(1))).contains(Flaw.ORDER);
    }

    @Test
    void a_shift_that_is_over_is_not_taken() {
        assertThat(flaw(Duration.ofHours(-2), Duration.ZERO)).contains(Flaw.OVER);
    }

    @Test
    void a_shift_has_a_longest_length() {
        assertThat(flaw(Duration.ZERO, Duration.ofHours(12))).isEmpty();
        assertThat(flaw(Duration.ZERO, Duration.ofHours(12).plusSeconds(1))).contains(Flaw.TOO_LONG);
    }

    @Test
    void a_shift_is_not_taken_too_far_ahead() {
        assertThat(flaw(Duration.ofDays(30), Duration.ofDays(30).plusHours(1))).isEmpty();
        assertThat(flaw(Duration.ofDays(31), Duration.ofDays(31).plusHours(1))).contains(Flaw.TOO_FAR);
    }
}
