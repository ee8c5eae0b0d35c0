package io.linli.groupbuy.allocation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.allocation.Allocation.Grant;
import io.linli.groupbuy.allocation.AllocationInput.Claim;
import io.linli.groupbuy.allocation.AllocationInput.Household;
import io.linli.groupbuy.allocation.Explanation.Place;
import io.linli.groupbuy.allocation.Explanation.Queued;
import io.linli.groupbuy.allocation.Explanation.Shared;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Properties over thousands of seeded random cases; the seed is in the message of a failure.
class AllocationPropertyTests {
    private static final int CASES = 3_000;

    @ParameterizedTest
    @EnumSource
    void nothing_is_granted_over_the_supply_and_nothing_is_kept_back(Policy policy) {
        each(
                policy,
                input -> assertThat(total(Allocation.replay(input)))
                        .isEqualTo(Math.min(input.supply(), input.claimed())));
    }

    @ParameterizedTest
    @EnumSource
    void nobody_gets_more_than_the_claim(Policy policy) {
        each(
                policy,
                input -> assertThat(Allocation.replay(input).grants())
                        .allMatch(grant -> grant.granted() >= 0 && grant.granted() <= grant.claimed())
                        .extracting(Grant::order)
                        .containsExactlyElementsOf(
                                input.claims().stream().map(Claim::order).toList()));
    }

    @ParameterizedTest
    @EnumSource
    void the_order_in_which_the_input_was_written_does_not_matter(Policy policy) {
        each(policy, input -> {
            var claims = new ArrayList<>(input.claims());
            var households = new ArrayList<>(input.households());
            Collections.shuffle(claims, new Random(1));
            Collections.shuffle(households, new Random(2));

            var shuffled = AllocationInput.of(policy, input.supply(), claims, households);

            assertThat(Allocation.replay(shuffled)).isEqualTo(Allocation.replay(input));
        });
    }

    @ParameterizedTest
    @EnumSource
    void less_supply_never_gives_anybody_more(Policy policy) {
        each(policy, input -> {
            var less = input.withSupply(input.supply() / 2);
            var before = byOrder(Allocation.replay(input));

            assertThat(Allocation.replay(less).grants())
                    .allMatch(grant -> grant.granted() <= before.get(grant.order()));
        });
    }

    @ParameterizedTest
    @EnumSource
    void an_explanation_tells_what_the_orders_of_its_household_got(Policy policy) {
        each(policy, input -> {
            var allocation = Allocation.replay(input);
            var granted = allocation.grants().stream()
                    .filter(grant -> grant.claimed() > 0)
                    .collect(groupingBy(Grant::household, summingLong(Grant::granted)));

            assertThat(allocation.explanations()).hasSameSizeAs(granted);
            allocation
                    .explanations()
                    .forEach((household, told) -> assertThat(told.granted()).isEqualTo(granted.get(household)));
        });
    }

    @Test
    void the_order_of_arrival_is_never_inverted() {
        each(Policy.FIRST_COME, input -> assertServedInOrder(places(input), Comparator.comparing(Place::at)));
    }

    @Test
    void nobody_with_less_need_is_served_while_somebody_with_more_waits() {
        each(Policy.NEED_FIRST, input -> {
            var need = input.households().stream().collect(toMap(Household::id, Household::need));
            var household = input.claims().stream().collect(toMap(Claim::order, Claim::household));
            assertServedInOrder(
                    places(input),
                    Comparator.comparing((Place place) -> -need.getOrDefault(household.get(place.order()), 0))
                            .thenComparing(Place::at));
        });
    }

    @Test
    void an_equal_share_is_at_most_one_piece_ahead_of_who_still_wants_more() {
        each(Policy.EQUAL_SHARE, input -> {
            var shares = Allocation.replay(input).explanations().values().stream()
                    .map(Shared.class::cast)
                    .toList();
            for (var waiting : shares.stream()
                    .filter(share -> share.granted() < share.claimed())
                    .toList()) {
                assertThat(shares)
                        .allMatch(other ->
                                (other.granted() - 1) * waiting.members() <= waiting.granted() * other.members());
            }
        });
    }

    @Test
    void an_equal_share_is_what_handing_out_piece_by_piece_gives() {
        each(Policy.EQUAL_SHARE, input -> {
            var told = Allocation.replay(input).explanations();

            handOut(input)
                    .forEach((household, granted) ->
                            assertThat(told.get(household).granted()).isEqualTo(granted));
        });
    }

    /// Whoever got anything stands before everybody who did not get all.
    private static void assertServedInOrder(List<Place> places, Comparator<Place> order) {
        var waiting = places.stream()
                .filter(place -> place.granted() < place.quantity())
                .min(order);
        waiting.ifPresent(first -> assertThat(places)
                .filteredOn(place -> place.granted() > 0)
                .allMatch(place -> order.compare(place, first) <= 0));
    }

    private static List<Place> places(AllocationInput input) {
        return Allocation.replay(input).explanations().values().stream()
                .flatMap(told -> ((Queued) told).places().stream())
                .toList();
    }

    private static Map<UUID, Long> handOut(AllocationInput input) {
        var members = input.households().stream().collect(toMap(Household::id, Household::members));
        var wanted = new LinkedHashMap<UUID, Long>();
        input.claims().stream()
                .flatMap(claim -> Portion.of(claim).stream())
                .sorted(Portion.BY_ARRIVAL)
                .forEach(portion -> wanted.merge(portion.household(), portion.quantity(), Long::sum));
        var granted = new LinkedHashMap<UUID, Long>();
        wanted.keySet().forEach(household -> granted.put(household, 0L));
        for (var left = Math.min(input.supply(), input.claimed()); left > 0; left--) {
            var poorest = granted.keySet().stream()
                    .filter(household -> granted.get(household) < wanted.get(household))
                    .min(Comparator.comparing(
                            household -> (double) granted.get(household) / members.getOrDefault(household, 1)))
                    .orElseThrow();
            granted.merge(poorest, 1L, Long::sum);
        }
        return granted;
    }

    private static long total(Allocation allocation) {
        return allocation.grants().stream().mapToLong(Grant::granted).sum();
    }

    private static Map<UUID, Long> byOrder(Allocation allocation) {
        return allocation.grants().stream().collect(toMap(Grant::order, Grant::granted));
    }

    private static void each(Policy policy, Consumer<AllocationInput> property) {
        for (var seed = 0; seed < CASES; seed++) {
            try {
                property.accept(new RandomClaims(seed).input(policy));
            } catch (Throwable broken) {
                throw new AssertionError("seed " + seed, broken);
            }
        }
    }
}
