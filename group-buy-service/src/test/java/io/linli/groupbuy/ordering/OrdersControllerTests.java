package io.linli.groupbuy.ordering;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static io.linli.groupbuy.Neighbourhood.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrdersControllerTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final UUID household = UUID.randomUUID();
    private Neighbourhood here;
    private UUID groupBuy;
    private UUID cabbage;
    private UUID eggs;

    @BeforeEach
    void in_an_open_group_buy() {
        here = new Neighbourhood(service);
        var created = here.open(1, item("青菜", 10, 5), item("鸡蛋", 2, 2));
        groupBuy = created.id("groupBuyId");
        cabbage = itemOf(created, 0);
        eggs = itemOf(created, 1);
    }

    @Test
    void an_order_is_placed_numbered_and_told() {
        var body = Map.of("lines", List.of(line(cabbage, 2), line(eggs, 1)), "doorstep", true);

        var placed = here.post(me(), "/group-buys/" + groupBuy + "/orders", body);

        assertThat(placed.status()).isEqualTo(201);
        assertThat(placed.body().get("serialNumber").asInt()).isEqualTo(1);
        assertThat(placed.body().get("state").asString()).isEqualTo("placed");
        assertThat(placed.body().get("doorstep").asBoolean()).isTrue();
        assertThat(placed.body().get("amountFen").asLong()).isEqualTo(3 * 350);
        assertThat(placed.body().get("weightGrams").asLong()).isEqualTo(3 * 500);
        assertThat(here.get(me(), "/orders/" + placed.id("orderId")).body()).isEqualTo(placed.body());
        var told = service.events()
                .await("order.placed.v1", event -> event.subject().equals(placed.id("orderId")));
        assertThat(told.community()).isEqualTo(here.community());
        assertThat(told.data().get("householdId").asString()).isEqualTo(household.toString());
        assertThat(told.data().get("amountFen").asLong()).isEqualTo(3 * 350);
    }

    @Test
    void serial_numbers_rise_without_gaps_whatever_is_refused_or_cancelled_between() {
        var first = here.place(me(), groupBuy, line(cabbage, 1));
        here.place(neighbour(), groupBuy, line(eggs, 3));
        var second = here.place(neighbour(), groupBuy, line(cabbage, 1));
        here.cancel(me(), first.id("orderId"));
        var third = here.place(neighbour(), groupBuy, line(cabbage, 1));

        assertThat(List.of(serial(first), serial(second), serial(third))).containsExactly(1, 2, 3);
    }

    @Test
    void several_lines_and_only_the_second_is_short_nothing_is_ordered() {
        here.place(neighbour(), groupBuy, line(eggs, 2));

        var refused = here.place(me(), groupBuy, line(cabbage, 2), line(eggs, 1));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("sold-out");
        assertThat(refused.error("itemId")).isEqualTo(eggs.toString());
        assertThat(refused.error("left")).isEqualTo("0");
        assertThat(left(0)).isEqualTo(10);
        assertThat(here.get(me(), "/orders").body().get("items")).isEmpty();
    }

    @Test
    void the_household_limit_counts_over_all_members_and_orders() {
        here.place(me(), groupBuy, line(cabbage, 3));

        var refused = here.place(me(), groupBuy, line(cabbage, 3));
        var fits = here.place(me(), groupBuy, line(cabbage, 2));
        var others = here.place(neighbour(), groupBuy, line(cabbage, 5));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("household-limit");
        assertThat(refused.error("left")).isEqualTo("2");
        assertThat(fits.status()).isEqualTo(201);
        assertThat(others.status()).isEqualTo(201);
    }

    @Test
    void negative_and_zero_and_fractional_quantities_are_refused() {
        for (var quantity : List.of(0, -1, 10_001, 1.5, "2")) {
            var body = Map.of("lines", List.of(Map.of("itemId", cabbage.toString(), "quantity", quantity)));

            var answer = here.post(me(), "/group-buys/" + groupBuy + "/orders", body);

            assertThat(answer.status()).as("%s", quantity).isEqualTo(400);
        }
        assertThat(here.post(me(), "/group-buys/" + groupBuy + "/orders", Map.of("lines", List.of()))
                        .status())
                .isEqualTo(400);
        assertThat(left(0)).isEqualTo(10);
    }

    @Test
    void one_item_on_two_lines_or_of_another_group_buy_is_refused() {
        var other = here.open(1, item("萝卜", 10, 5));

        var repeated = here.place(me(), groupBuy, line(cabbage, 1), line(cabbage, 1));
        var foreign = here.place(me(), groupBuy, line(itemOf(other, 0), 1));

        assertThat(repeated.problem()).isEqualTo("line-repeated");
        assertThat(foreign.problem()).isEqualTo("item-unknown");
        assertThat(foreign.status()).isEqualTo(422);
    }

    @Test
    void the_window_closes_between_cart_and_submit_even_if_the_timer_has_not_run() {
        var mine = here.place(me(), groupBuy, line(cabbage, 1));
        here.moveWindow(groupBuy, Instant.now().minusSeconds(60), Instant.now());

        var late = here.place(me(), groupBuy, line(cabbage, 1));
        var cancelledLate = here.cancel(me(), mine.id("orderId"));

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.problem()).isEqualTo("window-closed");
        assertThat(cancelledLate.problem()).isEqualTo("window-closed");
        assertThat(left(0)).isEqualTo(9);
    }

    @Test
    void cancelling_after_sold_out_gives_stock_and_limit_back() {
        var mine = here.place(me(), groupBuy, line(eggs, 2));
        var soldOut = here.place(neighbour(), groupBuy, line(eggs, 1));

        var cancelled = here.cancel(me(), mine.id("orderId"));
        var again = here.place(me(), groupBuy, line(eggs, 2));

        assertThat(soldOut.problem()).isEqualTo("sold-out");
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.body().get("state").asString()).isEqualTo("cancelled");
        assertThat(again.status()).isEqualTo(201);
        assertThat(left(1)).isZero();
        var told = service.events()
                .await("order.cancelled.v1", event -> event.subject().equals(mine.id("orderId")));
        assertThat(told.data().get("householdId").asString()).isEqualTo(household.toString());
    }

    @Test
    void a_cancelled_order_is_not_cancelled_twice() {
        var mine = here.place(me(), groupBuy, line(eggs, 2)).id("orderId");
        here.cancel(me(), mine);

        var again = here.cancel(me(), mine);

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("already-cancelled");
        assertThat(left(1)).isEqualTo(2);
    }

    @Test
    void someone_elses_order_id_is_unknown_on_read_and_cancel() {
        var mine = here.place(me(), groupBuy, line(cabbage, 1)).id("orderId");
        var stranger = neighbour();
        var otherLeader = service.tokens().member(here.community(), UUID.randomUUID(), "leader");

        assertThat(here.get(stranger, "/orders/" + mine).status()).isEqualTo(404);
        assertThat(here.cancel(stranger, mine).status()).isEqualTo(404);
        assertThat(here.get(otherLeader, "/orders/" + mine).status()).isEqualTo(404);
        assertThat(here.get(here.leader(), "/orders/" + mine).status()).isEqualTo(200);
        assertThat(here.get(here.coordinator(), "/orders/" + mine).status()).isEqualTo(200);
    }

    @Test
    void everybody_of_the_household_sees_and_may_cancel_its_orders() {
        var mine = here.place(me(), groupBuy, line(cabbage, 1)).id("orderId");
        var spouse = here.resident(household);

        assertThat(here.get(spouse, "/orders/" + mine).status()).isEqualTo(200);
        assertThat(here.cancel(spouse, mine).status()).isEqualTo(200);
    }

    @Test
    void a_member_without_a_household_or_role_orders_nothing() {
        var homeless = service.tokens().member(here.community(), UUID.randomUUID(), "resident");
        var keeper = service.tokens()
                .token(UUID.randomUUID())
                .member(here.community(), UUID.randomUUID())
                .household(household)
                .roles("keeper")
                .sign();

        assertThat(here.place(homeless, groupBuy, line(cabbage, 1)).status()).isEqualTo(403);
        assertThat(here.place(keeper, groupBuy, line(cabbage, 1)).status()).isEqualTo(403);
        assertThat(here.get(homeless, "/orders").status()).isEqualTo(403);
    }

    @Test
    void the_phone_loses_its_network_and_taps_again_one_order_and_the_same_answer() {
        var orders = "/group-buys/" + groupBuy + "/orders";
        var token = me();

        var first = here.post(token, "tap", orders, order(line(cabbage, 1)));
        var second = here.post(token, "tap", orders, order(line(cabbage, 1)));

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().getFirst("Idempotent-Replayed")).isEqualTo("true");
        assertThat(left(0)).isEqualTo(9);
    }

    @Test
    void the_running_list_shows_masked_names_by_serial_number_and_nothing_else_of_the_household() {
        for (var number = 0; number < 3; number++) {
            here.place(neighbour(), groupBuy, line(cabbage, 1));
        }
        var running = "/group-buys/" + groupBuy + "/orders?limit=2";

        var first = here.get(me(), running);
        var second =
                here.get(me(), running + "&cursor=" + first.body().get("next").asString());

        var entry = first.body().get("items").get(0);
        assertThat(entry.get("serialNumber").asInt()).isEqualTo(1);
        assertThat(entry.get("displayName").asString()).isEqualTo("王*");
        assertThat(entry.get("lines").get(0).get("name").asString()).isEqualTo("青菜");
        assertThat(entry.has("householdId")).isFalse();
        assertThat(entry.has("orderId")).isFalse();
        assertThat(first.body().get("items").size()).isEqualTo(2);
        assertThat(second.body().get("items").get(0).get("serialNumber").asInt())
                .isEqualTo(3);
        assertThat(second.body().has("next")).isFalse();
    }

    @Test
    void my_orders_are_mine_and_the_leader_sees_all_of_a_group_buy() {
        var other = here.open(1, item("萝卜", 10, 5));
        here.place(me(), groupBuy, line(cabbage, 1));
        here.place(me(), other.id("groupBuyId"), line(itemOf(other, 0), 1));
        here.place(neighbour(), groupBuy, line(cabbage, 1));
        var ofGroupBuy = "/orders?groupBuyId=" + groupBuy;

        assertThat(here.get(me(), "/orders").body().get("items").size()).isEqualTo(2);
        assertThat(here.get(me(), ofGroupBuy).body().get("items").size()).isEqualTo(1);
        assertThat(here.get(here.leader(), ofGroupBuy).body().get("items").size())
                .isEqualTo(2);
        assertThat(here.get(here.coordinator(), ofGroupBuy).body().get("items").size())
                .isEqualTo(2);
        assertThat(here.get(me(), "/orders?groupBuyId=" + UUID.randomUUID()).status())
                .isEqualTo(404);
    }

    @Test
    void my_orders_come_page_by_page_newest_first() {
        for (var number = 0; number < 3; number++) {
            here.place(me(), groupBuy, line(cabbage, 1));
        }

        var first = here.get(me(), "/orders?limit=2").body();
        var second = here.get(
                        me(), "/orders?limit=2&cursor=" + first.get("next").asString())
                .body();

        assertThat(first.get("items").get(0).get("serialNumber").asInt()).isEqualTo(3);
        assertThat(second.get("items").size()).isEqualTo(1);
        assertThat(second.get("items").get(0).get("serialNumber").asInt()).isEqualTo(1);
    }

    @Test
    void totals_add_up() {
        here.place(me(), groupBuy, line(cabbage, 2));
        here.place(me(), groupBuy, line(cabbage, 1), line(eggs, 1));
        var gone = here.place(neighbour(), groupBuy, line(cabbage, 4));
        here.cancel(here.resident(gone.id("householdId")), gone.id("orderId"));

        var totals =
                here.get(here.leader(), "/group-buys/" + groupBuy + "/totals").body();

        assertThat(totals.get("participants").asInt()).isEqualTo(1);
        assertThat(totals.get("amountFen").asLong()).isEqualTo(4 * 350);
        assertThat(totals.get("orders").get("placed").asInt()).isEqualTo(2);
        assertThat(totals.get("orders").get("cancelled").asInt()).isEqualTo(1);
        assertThat(totals.get("items").get(0).get("initial").asInt()).isEqualTo(10);
        assertThat(totals.get("items").get(0).get("sold").asInt()).isEqualTo(3);
        assertThat(totals.get("items").get(0).get("left").asInt()).isEqualTo(7);
        assertThat(here.get(me(), "/group-buys/" + groupBuy + "/totals").status())
                .isEqualTo(403);
    }

    private String me() {
        return here.resident(household);
    }

    private String neighbour() {
        return here.resident(UUID.randomUUID());
    }

    private static int serial(Answer placed) {
        return placed.body().get("serialNumber").asInt();
    }

    private int left(int item) {
        return here.get(me(), "/group-buys/" + groupBuy)
                .body()
                .get("items")
                .get(item)
                .get("left")
                .asInt();
    }
}
