package io.linli.station.pickup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuessLimitsTests {
    private static final Instant LAST = Instant.parse("2026-11-22T08:00:00Z");
    private static final GuessLimits LIMITS =
            new GuessLimits(5, Duration.ofSeconds(60), Duration.ofHours(1), 30, Duration.ofMinutes(10));

    @ParameterizedTest
    @CsvSource({"0,0", "4,0", "5,60", "6,120", "7,240", "10,1920", "11,3600", "500,3600"})
    void a_label_pauses_after_five_and_longer_each_time(int wrong, long seconds) {
        assertThat(LIMITS.pauseLeft(wrong, LAST, LAST)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void a_pause_ends() {
        assertThat(LIMITS.pauseLeft(5, LAST, LAST.plusSeconds(59))).isEqualTo(Duration.ofSeconds(1));
        assertThat(LIMITS.pauseLeft(5, LAST, LAST.plusSeconds(60))).isZero();
        assertThat(LIMITS.pauseLeft(5, LAST, LAST.plusSeconds(600))).isZero();
    }

    @Test
    void tries_left_never_go_below_zero() {
        assertThat(LIMITS.triesLeft(1)).isEqualTo(4);
        assertThat(LIMITS.triesLeft(5)).isZero();
        assertThat(LIMITS.triesLeft(9)).isZero();
    }

    @Test
    void a_keeper_pauses_until_the_oldest_wrong_code_leaves_the_window() {
        assertThat(LIMITS.keeperPauseLeft(29, LAST, LAST)).isZero();
        assertThat(LIMITS.keeperPauseLeft(30, LAST, LAST.plusSeconds(540))).isEqualTo(Duration.ofSeconds(60));
    }
}
