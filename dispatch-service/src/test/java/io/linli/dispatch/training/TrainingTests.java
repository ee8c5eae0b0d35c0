package io.linli.dispatch.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.training.Training.Flaw;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TrainingTests {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final Duration MAX = Duration.ofDays(100);

    private static Optional<Flaw> flaw(Duration trained, Duration until) {
        var somebody = UUID.randomUUID();
        return new Training(
                        somebody, somebody, TrainingKind.DRILL, NOW.plus(trained), NOW.plus(until), somebody, NOW, null)
                .flaw(MAX);
    }

    @Test
    void a_training_that_took_place_and_still_counts_is_recorded() {
        assertThat(flaw(Duration.ZERO, MAX)).isEmpty();
        assertThat(flaw(Duration.ofDays(-99), Duration.ofDays(1))).isEmpty();
    }

    @Test
    void a_training_does_not_lie_ahead() {
        assertThat(flaw(Duration.ofSeconds(1), MAX)).contains(Flaw.IN_FUTURE);
    }

    @Test
    void a_training_counts_for_some_time() {
        assertThat(flaw(Duration.ofDays(-1), Duration.ofDays(-1))).contains(Flaw.ORDER);
        assertThat(flaw(Duration.ofDays(-1), Duration.ZERO)).contains(Flaw.OVER);
        assertThat(flaw(Duration.ofDays(-1), MAX)).contains(Flaw.TOO_LONG);
    }
}
