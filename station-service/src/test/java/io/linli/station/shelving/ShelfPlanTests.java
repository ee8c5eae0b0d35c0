package io.linli.station.shelving;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.station.shelving.ShelfPlan.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ShelfPlanTests {
    private static final UUID HOUSEHOLD = new UUID(9, 1);

    private static List<Slot> shelf(int number, int levels, int positions, boolean chilled) {
        var slots = new ArrayList<Slot>();
        for (var level = 1; level <= levels; level++) {
            for (var position = 1; position <= positions; position++) {
                slots.add(new Slot(number, level, position, chilled));
            }
        }
        return slots;
    }

    private static Load load(int number, long grams) {
        return new Load(new UUID(1, number), new UUID(9, 100 + number), grams);
    }

    @Test
    void heavy_parcels_take_the_lowest_levels_and_light_ones_leave_them_free() {
        var placed = ShelfPlan.place(
                List.of(load(1, 500), load(2, 12_000), load(3, 10_001), load(4, 10_000)),
                shelf(1, 3, 2, false),
                Map.of());

        assertThat(placed.get(new UUID(1, 2)).level()).isEqualTo(1);
        assertThat(placed.get(new UUID(1, 3)).level()).isEqualTo(1);
        assertThat(placed.get(new UUID(1, 1)).level()).isGreaterThan(1);
        assertThat(placed.get(new UUID(1, 4)).level()).isGreaterThan(1);
    }

    @Test
    void light_parcels_use_the_lowest_level_when_nothing_else_is_free() {
        var placed = ShelfPlan.place(List.of(load(1, 500), load(2, 500)), shelf(1, 1, 2, false), Map.of());

        assertThat(placed).hasSize(2);
    }

    @Test
    void parcels_of_one_household_lie_side_by_side() {
        var loads = List.of(
                new Load(new UUID(1, 1), HOUSEHOLD, 900),
                load(2, 800),
                load(3, 700),
                new Load(new UUID(1, 4), HOUSEHOLD, 600));

        var placed = ShelfPlan.place(loads, shelf(1, 4, 10, false), Map.of());

        assertThat(placed.get(new UUID(1, 1)).distance(placed.get(new UUID(1, 4))))
                .isLessThanOrEqualTo(3);
    }

    @Test
    void a_parcel_joins_what_its_household_has_on_another_shelf() {
        var free = new ArrayList<>(shelf(1, 3, 5, false));
        free.addAll(shelf(7, 3, 5, false));

        var placed = ShelfPlan.place(
                List.of(new Load(new UUID(1, 1), HOUSEHOLD, 900)), free, Map.of(HOUSEHOLD, new Slot(7, 2, 6, false)));

        assertThat(placed.get(new UUID(1, 1))).isEqualTo(new Slot(7, 2, 5, false));
    }

    @Test
    void chilled_shelves_are_used_last() {
        var free = new ArrayList<>(shelf(1, 3, 5, true));
        free.addAll(shelf(2, 1, 1, false));

        var placed = ShelfPlan.place(List.of(load(1, 900), load(2, 100)), free, Map.of());

        assertThat(placed.get(new UUID(1, 1)).chilled()).isFalse();
        assertThat(placed.get(new UUID(1, 2)).chilled()).isTrue();
    }

    @Test
    void no_slot_is_given_twice_and_none_is_left_while_something_waits() {
        for (var seed = 0; seed < 100; seed++) {
            var random = new Random(seed);
            var free = shelf(1, 1 + random.nextInt(5), 1 + random.nextInt(10), false);
            var loads = random.ints(1 + random.nextInt(60), 1, 20_000)
                    .mapToObj(grams -> new Load(new UUID(1, random.nextInt()), new UUID(9, random.nextInt(8)), grams))
                    .toList();

            var placed = ShelfPlan.place(loads, free, Map.of());

            assertThat(placed.values()).as("seed %d", seed).doesNotHaveDuplicates();
            assertThat(placed).as("seed %d", seed).hasSize(Math.min(free.size(), loads.size()));
        }
    }
}
