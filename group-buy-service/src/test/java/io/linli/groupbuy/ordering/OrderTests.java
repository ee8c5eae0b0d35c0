package io.linli.groupbuy.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.linli.groupbuy.lifecycle.Item;
import io.linli.groupbuy.lifecycle.SellItems.Offer;
import io.linli.groupbuy.ordering.Order.Buyer;
import io.linli.groupbuy.ordering.Order.Decision;
import io.linli.groupbuy.ordering.Order.Decision.Moved;
import io.linli.groupbuy.ordering.Order.Decision.Refused;
import io.linli.groupbuy.ordering.Order.Line;
import io.linli.groupbuy.ordering.Order.Placement;
import io.linli.groupbuy.ordering.Order.Reason;
import io.linli.groupbuy.ordering.Order.State;
import io.linli.groupbuy.ordering.Order.Step;
import io.linli.groupbuy.ordering.Order.Wish;
import io.linli.groupbuy.ordering.Order.WishedLine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OrderTests {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Buyer WANG = new Buyer(new UUID(0, 20), new UUID(0, 21), "王*");
    private static final Item CABBAGE = new Item(new UUID(0, 3), "青菜", "500 g", 500, 350, 10, 4, 5);
    private static final Item EGGS = new Item(new UUID(0, 4), "鸡蛋", "30", 1800, 2900, 5, 5, 2);
    private static final Offer OFFER = new Offer(
            new Terms(
                    new UUID(0, 1),
                    new UUID(0, 2),
                    new UUID(0, 5),
                    "合作社",
                    "蔬菜",
                    new UUID(0, 6),
                    NOW.minusSeconds(60),
                    NOW.plusSeconds(60),
                    1),
            7,
            List.of(CABBAGE, EGGS));

    static Stream<Arguments> every_state_and_step() {
        return Stream.of(
                Arguments.of(State.PLACED, Step.CANCEL, new Moved(State.CANCELLED)),
                Arguments.of(State.PLACED, Step.GROUP_BUY_FORMED, new Moved(State.CONFIRMED)),
                Arguments.of(State.PLACED, Step.GROUP_BUY_FAILED, new Moved(State.FAILED)),
                Arguments.of(State.PLACED, Step.PARCEL_RECEIVED, new Refused(Reason.NOT_CONFIRMED)),
                Arguments.of(State.PLACED, Step.PARCEL_FAILED, new Refused(Reason.NOT_CONFIRMED)),
                Arguments.of(State.CONFIRMED, Step.CANCEL, new Refused(Reason.DECIDED)),
                Arguments.of(State.CONFIRMED, Step.GROUP_BUY_FORMED, new Refused(Reason.DECIDED)),
                Arguments.of(State.CONFIRMED, Step.GROUP_BUY_FAILED, new Refused(Reason.DECIDED)),
                Arguments.of(State.CONFIRMED, Step.PARCEL_RECEIVED, new Moved(State.COMPLETED)),
                Arguments.of(State.CONFIRMED, Step.PARCEL_FAILED, new Moved(State.FAILED)),
                Arguments.of(State.COMPLETED, Step.CANCEL, new Refused(Reason.DECIDED)),
                Arguments.of(State.COMPLETED, Step.GROUP_BUY_FORMED, new Refused(Reason.DECIDED)),
                Arguments.of(State.COMPLETED, Step.GROUP_BUY_FAILED, new Refused(Reason.DECIDED)),
                Arguments.of(State.COMPLETED, Step.PARCEL_RECEIVED, new Refused(Reason.DECIDED)),
                Arguments.of(State.COMPLETED, Step.PARCEL_FAILED, new Refused(Reason.DECIDED)),
                Arguments.of(State.CANCELLED, Step.CANCEL, new Refused(Reason.ALREADY_CANCELLED)),
                Arguments.of(State.CANCELLED, Step.GROUP_BUY_FORMED, new Refused(Reason.DECIDED)),
                Arguments.of(State.CANCELLED, Step.GROUP_BUY_FAILED, new Refused(Reason.DECIDED)),
                Arguments.of(State.CANCELLED, Step.PARCEL_RECEIVED, new Refused(Reason.DECIDED)),
                Arguments.of(State.CANCELLED, Step.PARCEL_FAILED, new Refused(Reason.DECIDED)),
                Arguments.of(State.FAILED, Step.CANCEL, new Refused(Reason.DECIDED)),
                Arguments.of(State.FAILED, Step.GROUP_BUY_FORMED, new Refused(Reason.DECIDED)),
                Arguments.of(State.FAILED, Step.GROUP_BUY_FAILED, new Refused(Reason.DECIDED)),
                Arguments.of(State.FAILED, Step.PARCEL_RECEIVED, new Refused(Reason.DECIDED)),
                Arguments.of(State.FAILED, Step.PARCEL_FAILED, new Refused(Reason.DECIDED)));
    }

    @ParameterizedTest
    @MethodSource("every_state_and_step")
    void decides_every_step_in_every_state(State state, Step step, Decision expected) {
        assertThat(Order.decide(state, step)).isEqualTo(expected);
    }

    @Test
    void the_table_above_leaves_nothing_out() {
        assertThat(every_state_and_step().map(row -> List.of(row.get()[0], row.get()[1])))
                .doesNotHaveDuplicates()
                .hasSize(State.values().length * Step.values().length);
    }

    @Test
    void a_granted_order_keeps_prices_and_adds_up() {
        var order = granted(Order.place(wish(line(CABBAGE, 3)), OFFER, Map.of(), NOW));

        assertThat(order.serialNumber()).isEqualTo(7);
        assertThat(order.state()).isEqualTo(State.PLACED);
        assertThat(order.lines()).containsExactly(new Line(CABBAGE.id(), "青菜", 3, 350, 500));
        assertThat(order.amountFen()).isEqualTo(1050);
        assertThat(order.weightGrams()).isEqualTo(1500);
        assertThat(order.placedAt()).isEqualTo(NOW);
    }

    @Test
    void amounts_and_weights_do_not_overflow() {
        var gold = new Item(new UUID(0, 9), "金", "1", 1_000_000, 100_000_000, 10_000_000, 0, 10_000);
        var offer = new Offer(OFFER.terms(), 1, List.of(gold));

        var order = granted(Order.place(wish(line(gold, 10_000)), offer, Map.of(), NOW));

        assertThat(order.amountFen()).isEqualTo(1_000_000_000_000L);
        assertThat(order.weightGrams()).isEqualTo(10_000_000_000L);
    }

    @Test
    void when_only_the_second_line_is_short_nothing_is_granted() {
        assertThat(Order.place(wish(line(CABBAGE, 1), line(EGGS, 1)), OFFER, Map.of(), NOW))
                .isEqualTo(new Placement.SoldOut(EGGS));
    }

    @Test
    void exactly_what_is_left_can_be_had_and_not_one_more() {
        var plenty = new Item(CABBAGE.id(), "青菜", "500 g", 500, 350, 10, 7, 100);
        var offer = new Offer(OFFER.terms(), 1, List.of(plenty));

        assertThat(Order.place(wish(line(plenty, 3)), offer, Map.of(), NOW)).isInstanceOf(Placement.Granted.class);
        assertThat(Order.place(wish(line(plenty, 4)), offer, Map.of(), NOW)).isEqualTo(new Placement.SoldOut(plenty));
    }

    @Test
    void the_limit_counts_what_the_household_holds_already() {
        var held = Map.of(CABBAGE.id(), 3);

        assertThat(Order.place(wish(line(CABBAGE, 2)), OFFER, held, NOW)).isInstanceOf(Placement.Granted.class);
        assertThat(Order.place(wish(line(CABBAGE, 3)), OFFER, held, NOW))
                .isEqualTo(new Placement.OverLimit(CABBAGE, 2));
    }

    @Test
    void an_item_of_another_group_buy_is_unknown() {
        var foreign = new UUID(0, 99);

        assertThat(Order.place(wish(new WishedLine(foreign, 1)), OFFER, Map.of(), NOW))
                .isEqualTo(new Placement.ItemUnknown(foreign));
    }

    @Test
    void the_same_item_on_two_lines_is_refused() {
        assertThat(Order.place(wish(line(CABBAGE, 1), line(CABBAGE, 1)), OFFER, Map.of(), NOW))
                .isEqualTo(new Placement.LineRepeated(CABBAGE));
    }

    @Test
    void negative_and_zero_quantities_are_no_lines() {
        for (var quantity : List.of(0, -1, Integer.MIN_VALUE)) {
            assertThatThrownBy(() -> new Line(CABBAGE.id(), "青菜", quantity, 350, 500))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void random_wishes_never_get_more_than_is_left_or_allowed() {
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            var stock = random.nextInt(20);
            var item = new Item(CABBAGE.id(), "青菜", "1", 1, 1, stock, random.nextInt(stock + 1), 1 + random.nextInt(9));
            var taken = random.nextInt(item.limitPerHousehold() + 1);
            var quantity = 1 + random.nextInt(12);
            var offer = new Offer(OFFER.terms(), 1, List.of(item));

            var placement = Order.place(wish(line(item, quantity)), offer, Map.of(item.id(), taken), NOW);

            assertThat(placement instanceof Placement.Granted)
                    .as("seed %d", seed)
                    .isEqualTo(quantity <= item.left() && taken + quantity <= item.limitPerHousehold());
        }
    }

    private static Wish wish(WishedLine... lines) {
        return new Wish(WANG, false, List.of(lines));
    }

    private static WishedLine line(Item item, int quantity) {
        return new WishedLine(item.id(), quantity);
    }

    private static Order granted(Placement placement) {
        assertThat(placement).isInstanceOf(Placement.Granted.class);
        return ((Placement.Granted) placement).order();
    }
}
