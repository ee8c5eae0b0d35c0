package io.linli.groupbuy.ordering.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.lifecycle.GroupBuy;
import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.linli.groupbuy.lifecycle.Item;
import io.linli.groupbuy.lifecycle.SellItems.Offer;
import io.linli.groupbuy.ordering.Order;
import io.linli.groupbuy.ordering.Order.Buyer;
import io.linli.groupbuy.ordering.Order.Line;
import io.linli.groupbuy.ordering.Order.Payment;
import io.linli.groupbuy.ordering.Order.PaymentState;
import io.linli.groupbuy.ordering.Order.State;
import io.linli.groupbuy.ordering.desk.Ask.Asker;
import io.linli.groupbuy.ordering.desk.Ask.Wish;
import io.linli.groupbuy.ordering.desk.BookChanges.Take;
import io.linli.groupbuy.ordering.desk.OfferPage.Payments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The rules by which a batch is decided.
class OrderBookTests {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final UUID GROUP_BUY = new UUID(0, 1);
    private static final UUID COMMUNITY = new UUID(0, 2);
    private static final Payments PAYMENTS = new Payments(Duration.ofMinutes(15), Duration.ofHours(12));
    private static final Buyer WANG = new Buyer(new UUID(0, 20), new UUID(0, 21), "王*", false);
    private static final Buyer LI = new Buyer(new UUID(0, 30), new UUID(0, 31), "李*", false);
    private static final Item CABBAGE = new Item(new UUID(0, 3), "青菜", "500 g", 500, 350, 10, 4, 5);
    private static final Item EGGS = new Item(new UUID(0, 4), "鸡蛋", "30", 1800, 2900, 5, 5, 2);

    @Test
    void an_order_gets_the_next_serial_number_keeps_prices_and_adds_up() {
        var order = granted(book().decide(place(WANG, wish(CABBAGE, 3)), NOW));

        assertThat(order.serialNumber()).isEqualTo(8);
        assertThat(order.state()).isEqualTo(State.PLACED);
        assertThat(order.lines()).containsExactly(new Line(CABBAGE.id(), "青菜", 3, null, 350, 500));
        assertThat(order.amountFen()).isEqualTo(1050);
        assertThat(order.weightGrams()).isEqualTo(1500);
        assertThat(order.placedAt()).isEqualTo(NOW);
    }

    @Test
    void the_first_to_arrive_gets_the_last_units_and_the_next_hears_what_is_left() {
        var book = book();

        granted(book.decide(place(WANG, wish(CABBAGE, 5)), NOW));

        assertThat(book.decide(place(LI, wish(CABBAGE, 2)), NOW)).isEqualTo(new Outcome.SoldOut(CABBAGE, 1, null));
        assertThat(granted(book.decide(place(LI, wish(CABBAGE, 1)), NOW)).serialNumber())
                .isEqualTo(9);
    }

    /// newbee-mall-api#6: several lines, only the second is short.
    @Test
    void when_only_the_second_line_is_short_nothing_is_taken() {
        var book = book();

        assertThat(book.decide(place(WANG, wish(CABBAGE, 1), wish(EGGS, 1)), NOW))
                .isEqualTo(new Outcome.SoldOut(EGGS, 0, null));
        assertThat(book.changes().placed()).isEmpty();
        assertThat(book.changes().stock()).isEmpty();
        assertThat(book.changes().takes()).isEmpty();
    }

    @Test
    void who_accepts_a_part_gets_what_is_left_and_allowed() {
        var ask = new Ask.Place(GROUP_BUY, WANG, null, false, List.of(wish(CABBAGE, 9), wish(EGGS, 1)), true, false);

        var order = granted(book().decide(ask, NOW));

        assertThat(order.lines()).extracting(Line::quantity).containsExactly(5);
    }

    @Test
    void a_part_of_nothing_is_refused() {
        var ask = new Ask.Place(GROUP_BUY, WANG, null, false, List.of(wish(EGGS, 1)), true, false);

        assertThat(book().decide(ask, NOW)).isEqualTo(new Outcome.SoldOut(EGGS, 0, null));
    }

    @Test
    void the_limit_counts_what_the_household_holds_already_whoever_of_it_orders() {
        var held = Map.of(new Take(CABBAGE.id(), WANG.household()), 3);
        var son = new Buyer(WANG.household(), new UUID(0, 99), "王*", true);

        assertThat(book(held).decide(place(son, wish(CABBAGE, 3)), NOW)).isEqualTo(new Outcome.OverLimit(CABBAGE, 2));
        granted(book(held).decide(place(son, wish(CABBAGE, 2)), NOW));
    }

    @Test
    void two_orders_in_one_batch_share_the_limit() {
        var book = book();

        granted(book.decide(place(WANG, wish(CABBAGE, 3)), NOW));

        assertThat(book.decide(place(WANG, wish(CABBAGE, 3)), NOW)).isEqualTo(new Outcome.OverLimit(CABBAGE, 2));
    }

    @Test
    void foreign_items_and_repeated_lines_are_refused() {
        var foreign = new UUID(0, 99);

        assertThat(book().decide(place(WANG, new Wish(foreign, 1)), NOW)).isEqualTo(new Outcome.ItemUnknown(foreign));
        assertThat(book().decide(place(WANG, wish(CABBAGE, 1), wish(CABBAGE, 1)), NOW))
                .isEqualTo(new Outcome.LineRepeated(CABBAGE));
        assertThat(book().decide(
                                new Ask.Place(
                                        new UUID(0, 77), WANG, null, false, List.of(wish(CABBAGE, 1)), false, false),
                                NOW))
                .isEqualTo(new Outcome.GroupBuyUnknown());
    }

    /// openfoodnetwork#5372: the window closes between cart and submit; what counts is the arrival.
    @Test
    void an_ask_counts_by_the_moment_it_arrived() {
        assertThat(book().decide(place(WANG, wish(CABBAGE, 1)), NOW.plusSeconds(60)))
                .isInstanceOfSatisfying(
                        Outcome.NotOpen.class,
                        refused -> assertThat(refused.reason()).isEqualTo(GroupBuy.Reason.WINDOW_CLOSED));
        granted(book().decide(place(WANG, wish(CABBAGE, 1)), NOW.plusSeconds(60).minusNanos(1000)));
    }

    @Test
    void the_waitlist_has_places_in_order_and_one_for_each_household() {
        var book = book();

        assertThat(book.decide(waiting(WANG, wish(EGGS, 1)), NOW)).isEqualTo(new Outcome.SoldOut(EGGS, 0, 1));
        assertThat(book.decide(waiting(LI, wish(EGGS, 2)), NOW)).isEqualTo(new Outcome.SoldOut(EGGS, 0, 2));
        assertThat(book.decide(waiting(WANG, wish(EGGS, 2)), NOW)).isEqualTo(new Outcome.SoldOut(EGGS, 0, 1));
        assertThat(book.waitlist().joined()).hasSize(2);
    }

    /// Cancelling after "sold out" must give the stock back.
    @Test
    void what_a_cancelled_order_gives_back_goes_to_who_waited_first() {
        var order = order(LI, State.PLACED, Payment.NOT_AWAITED, line(EGGS, 2));
        var book = book(Map.of(new Take(EGGS.id(), LI.household()), 2), order);
        book.decide(waiting(WANG, wish(EGGS, 1)), NOW);

        granted(book.decide(new Ask.Cancel(GROUP_BUY, order.id(), asker(LI)), NOW));

        assertThat(book.changes().placed())
                .singleElement()
                .satisfies(served -> assertThat(served.buyer()).isEqualTo(WANG));
        assertThat(book.changes().stock()).containsExactly(Map.entry(EGGS.id(), -1));
        assertThat(book.waitlist().joined())
                .singleElement()
                .satisfies(entry -> assertThat(entry.quantity()).isZero());
    }

    @Test
    void a_change_moves_stock_and_limit_by_the_difference_and_is_remembered() {
        var order = order(WANG, State.PLACED, Payment.NOT_AWAITED, line(CABBAGE, 3));
        var book = book(Map.of(new Take(CABBAGE.id(), WANG.household()), 3), order);

        var more = granted(book.decide(change(order, WANG, wish(CABBAGE, 5)), NOW));
        var less = granted(book.decide(change(order, WANG, wish(CABBAGE, 1)), NOW));

        assertThat(more.amountFen()).isEqualTo(1750);
        assertThat(less.lines()).extracting(Line::quantity).containsExactly(1);
        assertThat(book.changes().lineChanges())
                .extracting(BookChanges.LineChange::difference)
                .containsExactly(2, -4);
        assertThat(book.changes().stock()).containsExactly(Map.entry(CABBAGE.id(), -2));
    }

    @Test
    void a_change_beyond_stock_or_limit_or_to_nothing_is_refused() {
        var order = order(WANG, State.PLACED, Payment.NOT_AWAITED, line(CABBAGE, 3));
        var held = Map.of(new Take(CABBAGE.id(), WANG.household()), 3);

        assertThat(book(held, order).decide(change(order, WANG, wish(CABBAGE, 6)), NOW))
                .isEqualTo(new Outcome.OverLimit(CABBAGE, 2));
        assertThat(book(held, order).decide(change(order, WANG, wish(EGGS, 1)), NOW))
                .isEqualTo(new Outcome.SoldOut(EGGS, 0, null));
        assertThat(book(held, order).decide(change(order, WANG, wish(CABBAGE, 0)), NOW))
                .isEqualTo(new Outcome.NothingLeft());
    }

    /// newbee-mall#100: someone else's order id.
    @Test
    void a_strangers_order_is_unknown() {
        var order = order(WANG, State.PLACED, Payment.NOT_AWAITED, line(CABBAGE, 3));

        assertThat(book(Map.of(), order).decide(new Ask.Cancel(GROUP_BUY, order.id(), asker(LI)), NOW))
                .isEqualTo(new Outcome.OrderUnknown());
        assertThat(book(Map.of(), order).decide(change(order, LI, wish(CABBAGE, 1)), NOW))
                .isEqualTo(new Outcome.OrderUnknown());
    }

    @Test
    void an_order_is_cancelled_once_and_not_after_it_was_decided() {
        var order = order(WANG, State.PLACED, Payment.NOT_AWAITED, line(CABBAGE, 3));
        var book = book(Map.of(), order);
        var cancel = new Ask.Cancel(GROUP_BUY, order.id(), asker(WANG));

        granted(book.decide(cancel, NOW));

        assertThat(book.decide(cancel, NOW)).isEqualTo(new Outcome.AlreadyCancelled());
        assertThat(book(Map.of(), order.in(State.CONFIRMED)).decide(cancel, NOW))
                .isEqualTo(new Outcome.Decided());
    }

    @Test
    void only_an_unpaid_order_is_released_also_after_the_window() {
        var unpaid = order(WANG, State.PLACED, new Payment(PaymentState.AWAITING, NOW), line(CABBAGE, 3));
        var paid = order(WANG, State.PLACED, new Payment(PaymentState.PAID, NOW), line(CABBAGE, 3));

        assertThat(granted(book(Map.of(), unpaid).decide(new Ask.Release(GROUP_BUY, unpaid.id()), NOW.plusSeconds(90)))
                        .state())
                .isEqualTo(State.CANCELLED);
        assertThat(book(Map.of(), paid).decide(new Ask.Release(GROUP_BUY, paid.id()), NOW))
                .isEqualTo(new Outcome.Unchanged());
    }

    @Test
    void amounts_and_weights_do_not_overflow() {
        var gold = new Item(new UUID(0, 9), "金", "1", 1_000_000, 100_000_000, 10_000_000, 0, 10_000);
        var book = new OrderBook(List.of(offer(gold)), Map.of(), List.of(), new Waitlist(List.of()), PAYMENTS);

        var order = granted(book.decide(place(WANG, wish(gold, 10_000)), NOW));

        assertThat(order.amountFen()).isEqualTo(1_000_000_000_000L);
        assertThat(order.weightGrams()).isEqualTo(10_000_000_000L);
    }

    /// Whatever is asked in whatever order: stock, limits and serial numbers hold, and the changes add up.
    @Test
    void random_batches_never_break_stock_limit_or_numbering() {
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            var item = new Item(CABBAGE.id(), "青菜", "1", 1, 1, random.nextInt(20), 0, 1 + random.nextInt(5));
            var book = new OrderBook(List.of(offer(item)), Map.of(), List.of(), new Waitlist(List.of()), PAYMENTS);
            var held = new HashMap<UUID, Integer>();
            var orders = new ArrayList<Order>();
            for (var ask = 0; ask < 30; ask++) {
                var buyer = new Buyer(new UUID(1, random.nextInt(6)), new UUID(2, ask), "*", false);
                var wish = new Ask.Place(
                        GROUP_BUY,
                        buyer,
                        null,
                        false,
                        List.of(wish(item, 1 + random.nextInt(4))),
                        random.nextBoolean(),
                        random.nextBoolean());
                book.decide(wish, NOW);
            }
            orders.addAll(book.changes().placed());
            orders.forEach(order -> held.merge(
                    order.buyer().household(), order.lines().getFirst().quantity(), Integer::sum));

            assertThat(held.values()).as("seed %d", seed).allMatch(quantity -> quantity <= item.limitPerHousehold());
            assertThat(held.values().stream().mapToInt(Integer::intValue).sum())
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(item.stock())
                    .isEqualTo(book.changes().stock().getOrDefault(item.id(), 0));
            assertThat(orders)
                    .extracting(Order::serialNumber)
                    .isEqualTo(IntStream.range(8, 8 + orders.size()).boxed().toList());
        }
    }

    private static OrderBook book() {
        return book(Map.of());
    }

    private static OrderBook book(Map<Take, Integer> taken, Order... orders) {
        return new OrderBook(List.of(offer(CABBAGE, EGGS)), taken, List.of(orders), new Waitlist(List.of()), PAYMENTS);
    }

    private static Offer offer(Item... items) {
        var terms = new Terms(
                GROUP_BUY,
                COMMUNITY,
                new UUID(0, 5),
                "合作社",
                "蔬菜",
                new UUID(0, 6),
                NOW.minusSeconds(60),
                NOW.plusSeconds(60),
                1);
        return new Offer(new GroupBuy.Open(terms), 7, List.of(items));
    }

    private static Order order(Buyer buyer, State state, Payment payment, Line... lines) {
        return new Order(UUID.randomUUID(), COMMUNITY, GROUP_BUY, buyer, 3, state, payment, false, List.of(lines), NOW);
    }

    private static Line line(Item item, int quantity) {
        return new Line(item.id(), item.name(), quantity, null, item.priceFen(), item.weightGrams());
    }

    private static Wish wish(Item item, int quantity) {
        return new Wish(item.id(), quantity);
    }

    private static Asker asker(Buyer buyer) {
        return new Asker(buyer.household(), buyer.member());
    }

    private static Ask.Place place(Buyer buyer, Wish... wishes) {
        return new Ask.Place(GROUP_BUY, buyer, null, false, List.of(wishes), false, false);
    }

    private static Ask.Place waiting(Buyer buyer, Wish... wishes) {
        return new Ask.Place(GROUP_BUY, buyer, null, false, List.of(wishes), false, true);
    }

    private static Ask.Change change(Order order, Buyer buyer, Wish... wishes) {
        return new Ask.Change(GROUP_BUY, order.id(), asker(buyer), List.of(wishes));
    }

    private static Order granted(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Granted.class);
        return ((Outcome.Granted) outcome).order();
    }
}
