package io.linli.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.local.replay.Delivery.Cell;
import io.linli.local.replay.ReplayPlan.Choice;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplayPlanTests {

    private static final LocalDate FIRST = LocalDate.of(2024, 8, 1);
    private static final Choice ALL = new Choice(null, 100, 20_000);

    @Test
    void deliveries_of_one_user_in_a_part_of_a_day_are_one_order() {
        var plan = ReplayPlan.of(
                List.of(
                        row(1, 0, "a", 0, 300),
                        row(2, 0, "a", 1, 400),
                        row(3, 0, "a", 1, 7_000),
                        row(4, 0, "b", 4, 90)),
                ALL,
                "c");

        assertThat(plan.groupBuys())
                .extracting(groupBuy -> groupBuy.slot().title())
                .containsExactly("2024-08-01 早", "2024-08-01 晚");
        assertThat(plan.groupBuys().getFirst().orders())
                .singleElement()
                .satisfies(order ->
                        assertThat(order.lines()).isEqualTo(Map.of(WeightClass.LETTER, 2, WeightClass.LARGE, 1)));
    }

    @Test
    void an_item_weighs_the_mean_of_its_deliveries_and_has_units_to_spare() {
        var plan = ReplayPlan.of(
                List.of(row(1, 0, "a", 0, 300), row(2, 0, "a", 0, 400), row(3, 0, "b", 0, 500)), ALL, "c");

        var item = plan.groupBuys().getFirst().items().getFirst();
        assertThat(item.grams()).isEqualTo(400);
        assertThat(item.demand()).isEqualTo(3);
        assertThat(item.limitPerHousehold()).isEqualTo(2);
        assertThat(item.stock()).isEqualTo(3 + ReplayPlan.SPARE_UNITS);
    }

    @Test
    void the_heavy_and_the_redelivered_go_to_the_door_unless_nobody_can_carry_them() {
        var redelivered = new Delivery(9, 9, FIRST, "again", new Cell(0, 0), 0, 100, true);
        var plan = ReplayPlan.of(
                List.of(
                        row(1, 0, "light", 0, 20_000),
                        row(2, 0, "heavy", 0, 20_001),
                        row(3, 0, "freight", 0, 250_000),
                        redelivered),
                ALL,
                "c");

        assertThat(plan.groupBuys().getFirst().orders())
                .filteredOn(ReplayPlan.Order::doorstep)
                .extracting(ReplayPlan.Order::user)
                .containsExactly("again", "heavy");
        assertThat(plan.groupBuys().getFirst().orders())
                .filteredOn(ReplayPlan.Order::redelivered)
                .extracting(ReplayPlan.Order::user)
                .containsExactly("again");
    }

    @Test
    void only_the_chosen_days_are_played_by_whoever_orders_on_them() {
        var rows = List.of(row(1, 0, "a", 0, 1), row(2, 1, "b", 0, 1), row(3, 2, "c", 0, 1), row(4, 3, "d", 0, 1));

        var plan = ReplayPlan.of(rows, new Choice(FIRST.plusDays(1), 2, 20_000), "c");

        assertThat(plan.groupBuys())
                .extracting(groupBuy -> groupBuy.slot().date())
                .containsExactly(FIRST.plusDays(1), FIRST.plusDays(2));
        assertThat(plan.households()).extracting(ReplayPlan.Household::user).containsExactly("b", "c");
        assertThat(plan.deliveries()).isEqualTo(2);
    }

    @Test
    void playing_more_days_later_moves_nobody() {
        var rows = randomRows(400);

        var oneDay = ReplayPlan.of(rows, new Choice(null, 1, 20_000), "c");
        var allDays = ReplayPlan.of(rows, ALL, "c");

        assertThat(allDays.households()).containsAll(oneDay.households());
        assertThat(allDays.groupBuys()).containsAll(oneDay.groupBuys());
    }

    @Test
    void every_unit_ordered_is_a_row_and_every_row_a_unit() {
        for (long seed = 1; seed <= 20; seed++) {
            var rows = randomRows(200 + (int) seed);
            var plan = ReplayPlan.of(rows, ALL, "c");

            assertThat(plan.groupBuys().stream()
                            .flatMap(groupBuy -> groupBuy.orders().stream())
                            .mapToInt(ReplayPlan.Order::units)
                            .sum())
                    .isEqualTo(rows.size());
            assertThat(plan.groupBuys().stream()
                            .flatMap(groupBuy -> groupBuy.items().stream())
                            .mapToInt(ReplayPlan.Item::demand)
                            .sum())
                    .isEqualTo(rows.size());
        }
    }

    @Test
    void no_two_households_share_a_flat_or_a_phone() {
        var rows = new ArrayList<Delivery>();
        for (int i = 1; i <= 3_000; i++) {
            rows.add(row(i, 0, "user" + i, 0, 1));
        }

        var households = ReplayPlan.of(rows, ALL, "c").households();

        assertThat(new HashSet<>(
                        households.stream().map(ReplayPlan.Household::flat).toList()))
                .hasSize(3_000);
        assertThat(new HashSet<>(
                        households.stream().map(ReplayPlan.Household::phone).toList()))
                .hasSize(3_000);
        assertThat(households)
                .allSatisfy(household -> assertThat(household.phone()).matches("1[5-9][0-9]{9}"));
        assertThat(households)
                .allSatisfy(household -> assertThat(household.flat().floor()).isBetween(1, Homes.FLOORS));
    }

    @Test
    void a_user_seen_in_two_cells_lives_in_the_first() {
        var moved = new Delivery(3, 2, FIRST, "a", new Cell(5, 5), 0, 1, false);

        assertThat(ReplayPlan.of(List.of(row(1, 0, "a", 0, 1), moved), ALL, "c").households())
                .singleElement()
                .satisfies(household -> assertThat(household.cell().building()).isEqualTo("G00"));
    }

    @Test
    void another_community_has_other_phones() {
        var rows = List.of(row(1, 0, "a", 0, 1));

        assertThat(ReplayPlan.of(rows, ALL, "one").households().getFirst().phone())
                .isNotEqualTo(
                        ReplayPlan.of(rows, ALL, "two").households().getFirst().phone());
    }

    private static List<Delivery> randomRows(int count) {
        var random = new Random(count);
        var rows = new ArrayList<Delivery>();
        for (int i = 1; i <= count; i++) {
            rows.add(row(
                    i, random.nextInt(4), "user" + random.nextInt(60), random.nextInt(7), 1 + random.nextInt(60_000)));
        }
        return rows;
    }

    private static Delivery row(long seq, int day, String user, int slot, long grams) {
        return new Delivery(seq + 1, seq, FIRST.plusDays(day), user, new Cell(0, 0), slot, grams, false);
    }
}
