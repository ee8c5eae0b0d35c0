package io.linli.dispatch.shift;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.shift.ShiftPlan.Flaw;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ShiftPlanTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final Duration MAX = Duration.ofHours(12);

    private static ShiftPlan plan(String zone, String starts, String ends, LocalDate from, LocalDate until) {
        return new ShiftPlan(
                UUID.randomUUID(),
                DayOfWeek.SUNDAY,
                LocalTime.parse(starts),
                LocalTime.parse(ends),
                ZoneId.of(zone),
                2,
                from,
                until);
    }

    private static ShiftPlan sunday(String starts, String ends) {
        return plan("Asia/Shanghai", starts, ends, TODAY, TODAY.plusWeeks(3));
    }

    @Test
    void a_plan_takes_place_on_its_weekday_while_it_is_valid() {
        var plan = sunday("18:30", "20:30");

        var first = plan.on(TODAY).orElseThrow();
        assertThat(first.startsAt()).isEqualTo(Instant.parse("2026-11-22T10:30:00Z"));
        assertThat(first.endsAt()).isEqualTo(Instant.parse("2026-11-22T12:30:00Z"));
        assertThat(plan.on(TODAY.plusDays(1))).isEmpty();
        assertThat(plan.on(TODAY.minusWeeks(1))).isEmpty();
        assertThat(plan.on(TODAY.plusWeeks(4))).isEmpty();
        assertThat(plan.between(TODAY.minusDays(30), TODAY.plusDays(60)))
                .extracting(ShiftPlan.Occurrence::day)
                .containsExactly(TODAY, TODAY.plusWeeks(1), TODAY.plusWeeks(2), TODAY.plusWeeks(3));
        assertThat(plan.between(TODAY.plusDays(1), TODAY.plusDays(6))).isEmpty();
    }

    @Test
    void a_shift_that_ends_before_it_begins_ends_the_next_day() {
        var night = sunday("22:00", "02:00").on(TODAY).orElseThrow();

        assertThat(Duration.between(night.startsAt(), night.endsAt())).isEqualTo(Duration.ofHours(4));
    }

    @Test
    void clocks_that_change_make_a_night_shorter_or_longer() {
        var spring = LocalDate.of(2026, 3, 29);
        var autumn = LocalDate.of(2026, 10, 25);
        var plan = plan("Europe/Berlin", "01:00", "05:00", spring, autumn);

        assertThat(length(plan, spring)).isEqualTo(Duration.ofHours(3));
        assertThat(length(plan, spring.plusWeeks(1))).isEqualTo(Duration.ofHours(4));
        assertThat(length(plan, autumn)).isEqualTo(Duration.ofHours(5));
    }

    @Test
    void a_start_that_the_clocks_skip_comes_later_and_the_shift_still_ends_after_it() {
        var spring = LocalDate.of(2026, 3, 29);

        var plan = plan("Europe/Berlin", "02:30", "03:00", spring, spring);
        var occurrence = plan.on(spring).orElseThrow();

        assertThat(occurrence.startsAt()).isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
        assertThat(length(plan, spring)).isEqualTo(Duration.ofMinutes(30));
    }

    private static Duration length(ShiftPlan plan, LocalDate day) {
        var occurrence = plan.on(day).orElseThrow();
        return Duration.between(occurrence.startsAt(), occurrence.endsAt());
    }

    @Test
    void a_plan_has_a_length_and_lies_ahead() {
        assertThat(sunday("08:00", "20:00").flaw(TODAY, MAX)).isEmpty();
        assertThat(sunday("08:00", "08:00").flaw(TODAY, MAX)).contains(Flaw.TIMES);
        assertThat(sunday("08:00", "20:01").flaw(TODAY, MAX)).contains(Flaw.TOO_LONG);
        assertThat(sunday("20:00", "09:00").flaw(TODAY, MAX)).contains(Flaw.TOO_LONG);
    }

    @Test
    void a_plan_is_valid_in_days_to_come() {
        assertThat(valid(TODAY, TODAY)).isEmpty();
        assertThat(valid(TODAY.plusDays(1), TODAY)).contains(Flaw.DATES);
        assertThat(valid(TODAY.minusDays(2), TODAY.minusDays(1))).contains(Flaw.DATES);
        assertThat(valid(LocalDate.MIN, TODAY)).contains(Flaw.DATES);
        assertThat(valid(TODAY, LocalDate.MAX)).contains(Flaw.DATES);
    }

    private static Optional<Flaw> valid(LocalDate from, LocalDate until) {
        return plan("Asia/Shanghai", "08:00", "09:00", from, until).flaw(TODAY, MAX);
    }
}
