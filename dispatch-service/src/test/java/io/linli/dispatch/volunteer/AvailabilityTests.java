package io.linli.dispatch.volunteer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AvailabilityTests {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final Duration MAX = Duration.ofDays(30);

    @Test
    void a_pause_lies_ahead_and_has_an_end() {
        assertThat(new Availability(false, null).flaw(NOW, MAX)).isEmpty();
        assertThat(new Availability(false, NOW.plusSeconds(1)).flaw(NOW, MAX)).isEmpty();
        assertThat(new Availability(false, NOW.plus(MAX)).flaw(NOW, MAX)).isEmpty();
        assertThat(new Availability(true, NOW).flaw(NOW, MAX)).contains(Availability.Flaw.OVER);
        assertThat(new Availability(false, NOW.plus(MAX).plusSeconds(1)).flaw(NOW, MAX))
                .contains(Availability.Flaw.TOO_LONG);
    }

    @Test
    void who_is_neither_busy_nor_away_is_available_now() {
        var tomorrow = NOW.plus(Duration.ofDays(1));

        assertThat(new Availability(false, null).availableFrom(NOW)).contains(NOW);
        assertThat(new Availability(false, tomorrow).availableFrom(NOW)).contains(tomorrow);
        assertThat(new Availability(true, tomorrow).availableFrom(NOW)).isEmpty();
    }
}
