package io.linli.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.linli.local.client.Dispatch.Hours;
import io.linli.local.client.Dispatch.Profile;
import io.linli.local.client.Dispatch.Task;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RealDayTests {

    private static final UUID BUILDING = new UUID(0, 1);
    private static final UUID PARCEL = new UUID(0, 2);
    private static final UUID ONE = new UUID(1, 1);
    private static final UUID OTHER = new UUID(1, 2);

    private final List<Task> tasks = List.of(task(1, 1, "failed", ONE), task(2, 2, "delivered", OTHER));
    private final List<Profile> profiles = List.of(profile(ONE, 0, 60), profile(OTHER, 0, null));
    private final Map<UUID, Hours> hours = Map.of(ONE, new Hours(20, 0), OTHER, new Hours(40, 1));

    @Test
    void a_day_that_went_well_has_figures_and_no_finding() {
        var day = of(tasks, profiles, hours);

        assertThat(day.findings()).isEmpty();
        assertThat(day.tasks()).isEqualTo(2);
        assertThat(day.delivered()).isEqualTo(1);
        assertThat(day.failed()).isEqualTo(1);
        assertThat(day.later()).isEqualTo(1);
        assertThat(day.minutes().range()).isEqualTo(20);
        assertThat(day.carried().mean()).isEqualTo(0.5);
    }

    @Test
    void a_task_left_open_is_found() {
        var open = List.of(task(1, 1, "accepted", ONE), tasks.get(1));

        assertThat(of(open, profiles, hours).findings()).anyMatch(text -> text.contains("is accepted, not final"));
    }

    @Test
    void a_parcel_delivered_twice_is_found() {
        var twice = List.of(task(1, 1, "delivered", OTHER), tasks.get(1));
        var credited = Map.of(ONE, new Hours(20, 0), OTHER, new Hours(40, 2));

        assertThat(of(twice, profiles, credited).findings())
                .singleElement()
                .asString()
                .contains("delivered 2 times");
    }

    @Test
    void minutes_above_the_limit_and_a_load_that_stays_are_found() {
        var over = List.of(profile(ONE, 0, 19), profile(OTHER, 5, null));

        assertThat(of(tasks, over, hours).findings())
                .anyMatch(text -> text.contains("gave 20 minutes, the limit is 19"))
                .anyMatch(text -> text.contains("still holds 5 g"))
                .hasSize(2);
    }

    @Test
    void a_credit_too_few_and_a_credit_too_many_are_found() {
        var wrong = Map.of(ONE, new Hours(20, 1), OTHER, new Hours(40, 0));

        assertThat(of(tasks, profiles, wrong).findings())
                .anyMatch(text -> text.contains("carried 0 tasks out, credited are 1"))
                .anyMatch(text -> text.contains("carried 1 tasks out, credited are 0"));
    }

    @Test
    void what_was_seen_on_the_way_is_a_finding_too() {
        var seen = new DayBook.Seen(3, 2, List.of("somebody climbed"));

        assertThat(RealDay.of(tasks, profiles, hours, seen).findings()).containsExactly("somebody climbed");
    }

    @Test
    void a_gini_of_0_is_the_same_for_all_and_towards_1_all_for_one() {
        assertThat(Spread.of(List.of(7, 7, 7)).gini()).isZero();
        assertThat(Spread.of(List.of(0, 0, 0)).gini()).isZero();
        assertThat(Spread.of(List.of(0, 0, 0, 12)).gini()).isEqualTo(0.75, within(1e-9));
        assertThat(Spread.of(List.of(1, 2, 3)).gini()).isEqualTo(2.0 / 9, within(1e-9));
        assertThat(Spread.of(List.of()).mean()).isZero();
    }

    @Test
    void a_round_is_walked_up_each_stairs_and_back_to_the_gate() {
        var stairs = new Walk.Door(BUILDING, 120, 0, false, 3);
        var above = new Walk.Door(BUILDING, 120, 0, false, 5);
        var lift = new Walk.Door(new UUID(0, 9), 120, 60, true, 3);

        assertThat(Walk.seconds(List.of())).isZero();
        assertThat(Walk.seconds(List.of(stairs))).isEqualTo(100 + 48 + 60 + 48 + 100);
        assertThat(Walk.seconds(List.of(stairs, above))).isEqualTo(100 + 48 + 60 + 48 + 60 + 96 + 100);
        assertThat(Walk.seconds(List.of(stairs, lift))).isEqualTo(100 + 48 + 60 + 48 + 50 + 12 + 60 + 12 + 150);
    }

    @Test
    void of_the_fewest_volunteers_two_take_anything_anywhere_and_some_have_each_limit() {
        var roster = Roster.realDay(Roster.FEWEST);
        var limits = java.util.stream.IntStream.range(0, roster.volunteers())
                .mapToObj(roster::limits)
                .toList();

        assertThat(limits).filteredOn(roster.limits(0)::equals).hasSizeGreaterThanOrEqualTo(2);
        assertThat(roster.limits(0).floorsOrNone()).isNull();
        assertThat(roster.limits(0).minutesOrNone()).isNull();
        assertThat(limits).anyMatch(one -> one.floorsOrNone() != null);
        assertThat(limits).anyMatch(one -> one.minutesOrNone() != null);
        assertThat(limits).anyMatch(one -> one.loadGrams() < ReplayPlan.HEAVIEST_CARRIED_GRAMS);
        assertThat(Roster.PLAIN.limits(5).floorsOrNone()).isNull();
    }

    private static RealDay of(List<Task> tasks, List<Profile> profiles, Map<UUID, Hours> hours) {
        return RealDay.of(tasks, profiles, hours, new DayBook.Seen(1, 1, List.of()));
    }

    private static Task task(long id, int attempt, String state, UUID volunteer) {
        return new Task(
                new UUID(9, id),
                PARCEL,
                "1-1-1",
                BUILDING,
                "G00",
                3,
                900,
                attempt,
                state,
                Instant.EPOCH,
                volunteer,
                null);
    }

    private static Profile profile(UUID member, long load, @Nullable Integer minutes) {
        return new Profile(member, 30_000, load, null, minutes);
    }
}
