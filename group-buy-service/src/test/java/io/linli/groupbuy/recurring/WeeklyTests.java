package io.linli.groupbuy.recurring;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.lifecycle.Conditions;
import io.linli.groupbuy.lifecycle.Conditions.Delivery;
import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Zone and daylight boundaries: openfoodnetwork#6108, foodsoft#436.
class WeeklyTests {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "2026-10-20, 2026-10-20T16:00:00Z",
        "2026-10-27, 2026-10-27T17:00:00Z",
        "2027-03-23, 2027-03-23T17:00:00Z",
        "2027-03-30, 2027-03-30T16:00:00Z"
    })
    void tuesday_at_six_is_at_six_before_and_after_the_clocks_change(LocalDate day, Instant expected) {
        var weekly = new Weekly(DayOfWeek.TUESDAY, LocalTime.of(18, 0), BERLIN);

        assertThat(weekly.on(day)).isEqualTo(expected);
    }

    @Test
    void a_time_that_the_clocks_skip_comes_as_much_later() {
        var weekly = new Weekly(DayOfWeek.SUNDAY, LocalTime.of(2, 30), BERLIN);

        assertThat(weekly.on(LocalDate.of(2027, 3, 28)).atZone(BERLIN))
                .isEqualTo(ZonedDateTime.of(2027, 3, 28, 3, 30, 0, 0, BERLIN));
    }

    @Test
    void of_a_time_that_the_clocks_show_twice_the_first_counts() {
        var weekly = new Weekly(DayOfWeek.SUNDAY, LocalTime.of(2, 30), BERLIN);

        assertThat(weekly.on(LocalDate.of(2026, 10, 25))).isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T04:00:00Z, 2026-11-24",
        "2026-11-24T09:59:59Z, 2026-11-24",
        "2026-11-24T10:00:00Z, 2026-11-24",
        "2026-11-24T10:00:01Z, 2026-12-01",
        "2026-11-23T16:00:01Z, 2026-11-24"
    })
    void begins_with_the_first_time_that_is_not_over(Instant now, LocalDate first) {
        var weekly = new Weekly(DayOfWeek.TUESDAY, LocalTime.of(18, 0), ZoneId.of("Asia/Shanghai"));

        assertThat(weekly.firstFrom(now)).isEqualTo(first);
    }

    @Test
    void comes_once_a_week_at_its_time_in_every_zone() {
        var zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var weekly = new Weekly(
                    DayOfWeek.of(1 + random.nextInt(7)),
                    LocalTime.of(random.nextInt(24), random.nextInt(60)),
                    ZoneId.of(zones.get(random.nextInt(zones.size()))));
            var day = weekly.firstFrom(Instant.parse("2026-01-01T00:00:00Z"));
            for (var week = 0; week < 60; week++) {
                var next = weekly.after(day);
                var apart = Duration.between(weekly.on(day), weekly.on(next));
                assertThat(day.getDayOfWeek()).as("seed %d", seed).isEqualTo(weekly.weekday());
                assertThat(apart)
                        .as("seed %d, %s", seed, day)
                        .isBetween(Duration.ofHours(7 * 24 - 2), Duration.ofHours(7 * 24 + 2));
                day = next;
            }
        }
    }

    @Test
    void a_window_and_its_delivery_move_by_the_clocks() {
        var opens = ZonedDateTime.of(2026, 10, 20, 18, 0, 0, 0, BERLIN);
        var source = terms(opens, opens.plusDays(1), LocalDate.of(2026, 10, 22));
        var shifted = Shifted.to(opens.plusDays(4).toInstant(), source);

        assertThat(shifted.closesAt().atZone(BERLIN)).isEqualTo(ZonedDateTime.of(2026, 10, 25, 18, 0, 0, 0, BERLIN));
        assertThat(Duration.between(shifted.opensAt(), shifted.closesAt())).isEqualTo(Duration.ofHours(25));
        assertThat(shifted.deliveryDay()).isEqualTo(LocalDate.of(2026, 10, 26));
    }

    @Test
    void a_window_that_the_clocks_would_swallow_keeps_its_length() {
        var opens = ZonedDateTime.of(2026, 10, 18, 2, 10, 0, 0, BERLIN);
        var source = terms(opens, opens.plusMinutes(30), null);
        var second = ZonedDateTime.of(2026, 10, 25, 2, 50, 0, 0, BERLIN).withLaterOffsetAtOverlap();

        var shifted = Shifted.to(second.toInstant(), source);

        assertThat(shifted.closesAt()).isAfter(shifted.opensAt());
        assertThat(shifted.deliveryDay()).isNull();
    }

    private static Terms terms(ZonedDateTime opens, ZonedDateTime closes, LocalDate day) {
        var id = new UUID(0, 1);
        var plain = Conditions.PLAIN;
        var conditions = new Conditions(
                new Delivery(null, day, Set.of()),
                plain.payment(),
                plain.fee(),
                plain.shares(),
                plain.kind(),
                plain.policy(),
                0,
                0);
        return new Terms(
                id,
                id,
                id,
                "合作社",
                "蔬菜",
                id,
                opens.toInstant(),
                closes.toInstant(),
                1,
                conditions,
                Set.of(),
                BERLIN,
                true,
                0);
    }
}
