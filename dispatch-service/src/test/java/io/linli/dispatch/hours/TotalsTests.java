package io.linli.dispatch.hours;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.hours.CorrectHours.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TotalsTests {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final Duration MAX_AGE = Duration.ofDays(30);
    private static final HoursSettings SETTINGS = new HoursSettings(Duration.ofHours(4), MAX_AGE, 6, 1);

    @Test
    void points_count_time_and_tasks() {
        assertThat(new Totals(3_600, 0, 0).points(SETTINGS)).isEqualTo(6);
        assertThat(new Totals(599, 3, 0).points(SETTINGS)).isEqualTo(3);
        assertThat(new Totals(600, 3, 0).points(SETTINGS)).isEqualTo(4);
        assertThat(new Totals(-7_200, 3, 0).points(SETTINGS)).isZero();
    }

    @Test
    void a_correction_is_of_somebody_else_of_something_and_of_the_last_year() {
        var member = UUID.randomUUID();
        var other = UUID.randomUUID();
        assertThat(refusal(member, other, 5, NOW)).isNull();
        assertThat(refusal(member, member, 5, NOW)).isEqualTo(Refusal.OWN);
        assertThat(refusal(member, other, 0, NOW)).isEqualTo(Refusal.NOTHING);
        assertThat(refusal(member, other, 5, NOW.plusSeconds(1))).isEqualTo(Refusal.TIME);
        assertThat(refusal(member, other, 5, NOW.minus(MAX_AGE).minusSeconds(1)))
                .isEqualTo(Refusal.TIME);
    }

    private static Refusal refusal(UUID member, UUID by, int minutes, Instant at) {
        var command = new CorrectHours.Command(UUID.randomUUID(), member, by, minutes, "drill", at);
        return CorrectHours.refusal(command, MAX_AGE, NOW).orElse(null);
    }
}
