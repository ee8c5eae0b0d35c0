package io.linli.groupbuy.allocation;

import static io.linli.groupbuy.allocation.RandomClaims.OPENED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.groupbuy.allocation.Allocation.Grant;
import io.linli.groupbuy.allocation.AllocationInput.Change;
import io.linli.groupbuy.allocation.AllocationInput.Claim;
import io.linli.groupbuy.allocation.AllocationInput.Household;
import io.linli.groupbuy.allocation.Explanation.Queued;
import io.linli.groupbuy.allocation.Explanation.Shared;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What the policies grant in cases a neighbour could check by hand; the properties are in AllocationPropertyTests.
class AllocationTests {
    private final UUID wang = UUID.randomUUID();
    private final UUID li = UUID.randomUUID();
    private final UUID zhao = UUID.randomUUID();

    @Test
    void who_came_first_is_served_first() {
        var input = AllocationInput.of(
                Policy.FIRST_COME, 5, List.of(claim(wang, 1, at(1, 3)), claim(li, 2, at(2, 3))), List.of());

        assertThat(granted(input)).containsExactly(3L, 2L);
    }

    @Test
    void an_increase_stands_behind_those_who_came_before_it() {
        var input = AllocationInput.of(
                Policy.FIRST_COME, 5, List.of(claim(wang, 1, at(1, 2), at(3, 2)), claim(li, 2, at(2, 3))), List.of());

        assertThat(granted(input)).containsExactly(2L, 3L);
    }

    @Test
    void a_decrease_eats_the_newest_increase_first() {
        var input = AllocationInput.of(
                Policy.FIRST_COME,
                5,
                List.of(claim(wang, 1, at(1, 2), at(3, 4), at(4, -3)), claim(li, 2, at(2, 3))),
                List.of());

        var explained = (Queued) Allocation.replay(input).explanations().get(wang);

        assertThat(granted(input)).containsExactly(2L, 3L);
        assertThat(explained.places())
                .extracting(place -> List.of(place.at(), place.quantity(), place.ahead(), place.granted()))
                .containsExactly(
                        List.of(OPENED.plusSeconds(1), 2L, 0L, 2L), List.of(OPENED.plusSeconds(3), 1L, 5L, 0L));
    }

    @Test
    void what_was_given_back_and_asked_for_again_stands_where_it_was_asked_again() {
        var input = AllocationInput.of(
                Policy.FIRST_COME,
                3,
                List.of(claim(wang, 1, at(1, 3), at(2, -3), at(4, 3)), claim(li, 2, at(3, 3))),
                List.of());

        assertThat(granted(input)).containsExactly(0L, 3L);
    }

    @Test
    void a_decrease_that_seems_to_come_before_its_increase_still_counts() {
        var input = AllocationInput.of(
                Policy.FIRST_COME,
                9,
                List.of(claim(wang, 1, at(1, 2), at(3, -4), at(2, 5)), claim(li, 2, at(2, 9))),
                List.of());

        assertThat(granted(input)).containsExactly(3L, 6L);
    }

    @Test
    void the_serial_number_decides_between_equal_instants() {
        var input = AllocationInput.of(
                Policy.FIRST_COME, 1, List.of(claim(li, 8, at(1, 1)), claim(wang, 7, at(1, 1))), List.of());

        assertThat(granted(input)).containsExactly(1L, 0L);
    }

    @Test
    void need_goes_before_arrival_and_arrival_decides_within_a_level() {
        var households = List.of(new Household(zhao, 1, 2), new Household(li, 4, 1));
        var input = AllocationInput.of(
                Policy.NEED_FIRST,
                5,
                List.of(claim(wang, 1, at(1, 3)), claim(li, 2, at(2, 3)), claim(zhao, 3, at(3, 3))),
                households);

        assertThat(granted(input)).containsExactly(0L, 2L, 3L);
        assertThat(Allocation.replay(input).explanations().get(li))
                .isInstanceOfSatisfying(
                        Queued.class, queued -> assertThat(queued.need()).isEqualTo(1));
    }

    @Test
    void equal_share_goes_by_the_members_of_a_household() {
        var households = List.of(new Household(wang, 4, 0), new Household(li, 2, 0));
        var input = AllocationInput.of(
                Policy.EQUAL_SHARE,
                15,
                List.of(claim(zhao, 1, at(1, 100)), claim(wang, 2, at(2, 100)), claim(li, 3, at(3, 100))),
                households);

        assertThat(granted(input)).containsExactly(3L, 8L, 4L);
        assertThat(Allocation.replay(input).explanations())
                .containsEntry(wang, new Shared(100, 8, 4, 2, 0))
                .containsEntry(zhao, new Shared(100, 3, 1, 2, 1));
    }

    @Test
    void what_a_household_does_not_want_of_its_share_goes_to_the_others() {
        var input = AllocationInput.of(
                Policy.EQUAL_SHARE, 9, List.of(claim(wang, 1, at(1, 1)), claim(li, 2, at(2, 30))), List.of());

        assertThat(granted(input)).containsExactly(1L, 8L);
    }

    @Test
    void a_share_goes_to_the_earlier_wish_of_a_household_first() {
        var claims = List.of(claim(wang, 1, at(1, 2)), claim(li, 2, at(2, 4)), claim(wang, 3, at(3, 9)));
        var input = AllocationInput.of(Policy.EQUAL_SHARE, 7, claims, List.of());

        assertThat(granted(input)).containsExactly(2L, 3L, 2L);
    }

    @Test
    void a_short_delivery_of_170_of_200_takes_30_from_those_who_came_last() {
        var claims = new ArrayList<Claim>();
        for (var serial = 1; serial <= 100; serial++) {
            claims.add(claim(UUID.randomUUID(), serial, at(serial, 2)));
        }
        var ordered = AllocationInput.of(Policy.FIRST_COME, 200, claims, List.of());

        var delivered = granted(ordered.withSupply(170));

        assertThat(delivered.subList(0, 85)).containsOnly(2L);
        assertThat(delivered.subList(85, 100)).containsOnly(0L);
    }

    @Test
    void the_input_survives_its_way_through_json() {
        var json = JsonMapper.builder().build();
        for (var seed = 0; seed < 200; seed++) {
            var input = new RandomClaims(seed).input(Policy.values()[seed % 3]);

            var stored = json.readValue(json.writeValueAsString(input), AllocationInput.class);

            assertThat(stored).isEqualTo(input);
            assertThat(Allocation.replay(stored)).isEqualTo(Allocation.replay(input));
        }
    }

    @Test
    void rules_of_another_version_are_not_guessed() {
        var input = new AllocationInput(AllocationInput.VERSION + 1, Policy.FIRST_COME, 1, List.of(), List.of());

        assertThatThrownBy(() -> Allocation.replay(input)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nobody_gives_back_what_was_not_asked_for() {
        assertThatThrownBy(() -> claim(wang, 1, at(1, 2), at(2, -3))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void three_thousand_claims_of_a_million_pieces_are_shared_at_once() {
        var claims = new ArrayList<Claim>();
        var households = new ArrayList<Household>();
        for (var serial = 1; serial <= 3_000; serial++) {
            var household = new Household(UUID.randomUUID(), 1 + serial % 6, serial % 3);
            households.add(household);
            claims.add(claim(household.id(), serial, at(serial, Integer.MAX_VALUE)));
        }
        Collections.shuffle(claims);

        for (var policy : Policy.values()) {
            var allocation = Allocation.replay(AllocationInput.of(policy, 1L << 40, claims, households));

            assertThat(allocation.grants().stream().mapToLong(Grant::granted).sum())
                    .isEqualTo(1L << 40);
        }
    }

    private static List<Long> granted(AllocationInput input) {
        return Allocation.replay(input).grants().stream().map(Grant::granted).toList();
    }

    private static Claim claim(UUID household, int serial, Change... changes) {
        return new Claim(UUID.randomUUID(), household, serial, List.of(changes));
    }

    private static Change at(int second, int quantity) {
        return new Change(OPENED.plusSeconds(second), quantity);
    }
}
