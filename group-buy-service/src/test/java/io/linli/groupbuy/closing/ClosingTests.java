package io.linli.groupbuy.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.linli.groupbuy.allocation.Allocate.Share;
import io.linli.groupbuy.allocation.Allocation;
import io.linli.groupbuy.allocation.AllocationInput;
import io.linli.groupbuy.allocation.AllocationInput.Change;
import io.linli.groupbuy.allocation.AllocationRun;
import io.linli.groupbuy.allocation.AllocationRun.Occasion;
import io.linli.groupbuy.allocation.Policy;
import io.linli.groupbuy.lifecycle.Conditions;
import io.linli.groupbuy.lifecycle.Conditions.Fee;
import io.linli.groupbuy.lifecycle.Conditions.Kind;
import io.linli.groupbuy.lifecycle.Conditions.Shares;
import io.linli.groupbuy.lifecycle.GroupBuy.Closed;
import io.linli.groupbuy.lifecycle.GroupBuy.Outcome;
import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.linli.groupbuy.lifecycle.Item;
import io.linli.groupbuy.lifecycle.Item.Packing;
import io.linli.groupbuy.lifecycle.Item.Temperature;
import io.linli.groupbuy.lifecycle.Item.Tier;
import io.linli.groupbuy.lifecycle.OfferedGroupBuy;
import io.linli.groupbuy.ordering.DecidedOrder;
import io.linli.groupbuy.ordering.Order;
import io.linli.groupbuy.ordering.Order.Buyer;
import io.linli.groupbuy.ordering.Order.Line;
import io.linli.groupbuy.ordering.Order.State;
import io.linli.groupbuy.ordering.PlacedOrders;
import io.linli.groupbuy.ordering.PlacedOrders.LineKey;
import io.linli.groupbuy.settlement.Refund;
import io.linli.groupbuy.settlement.Refund.Reason;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What a closed group buy comes to: cases, thresholds, prices and refunds.
class ClosingTests {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final UUID ID = UUID.randomUUID();
    private static final UUID COMMUNITY = UUID.randomUUID();

    private final Item eggs = item(500, 30, 16);
    private final List<Order> orders = new ArrayList<>();

    @Test
    void a_case_holds_30_the_building_wants_14_nobody_gets_an_unpaid_case() {
        var tight = item(500, 30, 15);
        order(tight, 10);
        order(tight, 4);

        var closing = close(Kind.PURCHASE, tight);

        assertThat(closing.outcome()).isEqualTo(new Outcome(0, 0, 0));
        assertThat(closing.formed()).extracting(DecidedOrder::state).containsOnly(State.FAILED);
    }

    @Test
    void a_case_that_lacks_no_more_than_the_tolerance_is_bought() {
        order(eggs, 10);
        order(eggs, 4);

        var closing = close(Kind.PURCHASE, eggs);

        assertThat(closing.outcome()).isEqualTo(new Outcome(2, 14 * 100, 1));
        assertThat(closing.formed()).extracting(DecidedOrder::granted).containsExactly(10L, 4L);
    }

    @Test
    void what_no_case_holds_is_cut_from_those_who_came_last_and_given_back() {
        var tight = item(500, 30, 0);
        order(tight, 28);
        order(tight, 5);
        order(tight, 1);

        var closing = close(Kind.PURCHASE, tight);

        assertThat(closing.formed()).extracting(DecidedOrder::granted).containsExactly(28L, 2L, 0L);
        assertThat(closing.formed())
                .extracting(DecidedOrder::state)
                .containsExactly(State.CONFIRMED, State.CONFIRMED, State.FAILED);
        assertThat(closing.outcome()).isEqualTo(new Outcome(2, 30 * 100, 1));
        assertThat(ClosingMoney.toRefunds(closing.formed()))
                .extracting(Refund::quantity, Refund::fen, Refund::reason)
                .containsExactly(tuple(3, 300L, Reason.SHORT), tuple(1, 100L, Reason.SHORT));
    }

    @Test
    void an_increase_loses_against_who_ordered_before_it() {
        var tight = item(500, 10, 0);
        var first = order(tight, 6);
        order(tight, 6);
        var raised = Map.of(new LineKey(first.id(), tight.id()), List.of(new Change(NOW.plusSeconds(60), 4)));

        var closing = close(Kind.PURCHASE, raised, tight);

        assertThat(closing.formed()).extracting(DecidedOrder::granted).containsExactly(6L, 4L);
    }

    @Test
    void everybody_pays_the_tier_that_all_reach_together_and_gets_the_difference_back() {
        var tiered =
                new Item(UUID.randomUUID(), "鸡蛋", "盒", 500, 100, 500, 0, 50, packing(1, 0), List.of(new Tier(10, 80)));
        order(tiered, 6);
        order(tiered, 4);

        var closing = close(Kind.PURCHASE, tiered);

        assertThat(closing.formed()).extracting(DecidedOrder::amountFen).containsExactly(480L, 320L);
        assertThat(closing.outcome().amountFen()).isEqualTo(1000);
        assertThat(ClosingMoney.toRefunds(closing.formed()))
                .extracting(Refund::fen, Refund::reason)
                .containsExactly(tuple(120L, Reason.TIER_DIFFERENCE), tuple(80L, Reason.TIER_DIFFERENCE));
    }

    @Test
    void a_donation_shares_what_there_is_among_more_claims_than_it_covers() {
        var masks = new Item(UUID.randomUUID(), "口罩", "只", 5, 0, 10, 10, 50, packing(1, 0), List.of());
        order(masks, 8);
        order(masks, 8);

        var closing = close(Kind.DONATION, masks);

        assertThat(closing.formed()).extracting(DecidedOrder::granted).containsExactly(8L, 2L);
        assertThat(ClosingMoney.toRefunds(closing.formed())).isEmpty();
    }

    @Test
    void a_failed_group_buy_gives_everything_back_and_charges_nothing() {
        order(eggs, 10);
        order(eggs, 4);

        var failed = close(Kind.PURCHASE, eggs).failed();

        assertThat(failed).extracting(DecidedOrder::state).containsOnly(State.FAILED);
        assertThat(failed).extracting(DecidedOrder::amountFen).containsOnly(0L);
        assertThat(ClosingMoney.toFailedRefunds(failed)).extracting(Refund::fen).containsExactly(1000L, 400L);
    }

    @Test
    void charges_less_refunds_is_what_the_orders_cost() {
        for (var seed = 0; seed < 2_000; seed++) {
            orders.clear();
            var random = new Random(seed);
            var size = 1 + random.nextInt(40);
            var price = 1 + random.nextInt(500);
            var tiers = List.of(new Tier(2 + random.nextInt(60), random.nextInt(price)));
            var item = new Item(
                    UUID.randomUUID(), "鸡蛋", "盒", 500, price, 400, 0, 50, packing(size, random.nextInt(size)), tiers);
            for (var count = 1 + random.nextInt(12); count > 0; count--) {
                order(item, 1 + random.nextInt(20));
            }

            var decided = close(Kind.PURCHASE, item).formed();
            var charges = ClosingMoney.toCharges(terms(Kind.PURCHASE), decided, NOW);
            var charged =
                    charges.orders().stream().mapToLong(charge -> charge.fen()).sum();
            var refunded = ClosingMoney.toRefunds(decided).stream()
                    .mapToLong(Refund::fen)
                    .sum();
            var cost = decided.stream().mapToLong(DecidedOrder::amountFen).sum();

            assertThat(charged - refunded).as("seed " + seed).isEqualTo(cost);
            var shares = charges.shares();
            assertThat(shares.leaderFeeFen() + shares.fundFen() + shares.courierFen())
                    .isLessThanOrEqualTo(cost);
            assertThat(shares.courierFen()).isLessThanOrEqualTo(300);
        }
    }

    private Order order(Item item, int quantity) {
        var line = new Line(item.id(), item.name(), quantity, null, item.priceFen(), item.weightGrams());
        var order = new Order(
                UUID.randomUUID(),
                COMMUNITY,
                ID,
                new Buyer(UUID.randomUUID(), UUID.randomUUID(), "王*", false),
                orders.size() + 1,
                State.PLACED,
                Order.Payment.NOT_AWAITED,
                false,
                List.of(line),
                NOW.plusSeconds(orders.size()));
        orders.add(order);
        return order;
    }

    private Closing close(Kind kind, Item... items) {
        return close(kind, Map.of(), items);
    }

    private Closing close(Kind kind, Map<LineKey, List<Change>> changes, Item... items) {
        var offered = new OfferedGroupBuy(new Closed(terms(kind), NOW), List.of(items));
        var placed = new PlacedOrders(
                orders.stream().map(order -> raised(order, changes)).toList(), new HashMap<>(changes));
        var runs = Closing.toShares(offered, placed).stream()
                .map(ClosingTests::allocate)
                .toList();
        return Closing.of(offered, placed, runs);
    }

    private static Order raised(Order order, Map<LineKey, List<Change>> changes) {
        return order.with(order.lines().stream()
                .map(line -> line.with(line.quantity()
                        + changes.getOrDefault(new LineKey(order.id(), line.itemId()), List.of()).stream()
                                .mapToInt(Change::quantity)
                                .sum()))
                .toList());
    }

    private static AllocationRun allocate(Share share) {
        var input = AllocationInput.of(Policy.FIRST_COME, share.supply(), share.claims(), List.of());
        var head = new AllocationRun.Head(
                UUID.randomUUID(), ID, share.item(), 1, Occasion.CLOSE, input.policy(), share.supply(), 0, 0, NOW);
        return new AllocationRun(head, input, Allocation.replay(input).grants());
    }

    private static Terms terms(Kind kind) {
        var plain = Conditions.PLAIN;
        var conditions = new Conditions(
                plain.delivery(), plain.payment(), new Fee(0, 50), new Shares(300, 20), kind, Policy.FIRST_COME, 0, 0);
        return new Terms(
                ID,
                COMMUNITY,
                UUID.randomUUID(),
                "崇明绿叶合作社",
                "周二蔬菜",
                UUID.randomUUID(),
                NOW.minusSeconds(60),
                NOW,
                1,
                conditions,
                Set.of(),
                ZoneId.of("Asia/Shanghai"),
                false,
                0);
    }

    private static Item item(int stock, int caseSize, int tolerance) {
        return new Item(UUID.randomUUID(), "鸡蛋", "盒", 500, 100, stock, 0, 50, packing(caseSize, tolerance), List.of());
    }

    private static Packing packing(int caseSize, int tolerance) {
        return new Packing(Temperature.AMBIENT, 500, caseSize, tolerance);
    }
}
