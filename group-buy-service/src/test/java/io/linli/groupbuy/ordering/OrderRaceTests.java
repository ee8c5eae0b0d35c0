package io.linli.groupbuy.ordering;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static io.linli.groupbuy.Neighbourhood.order;
import static io.linli.groupbuy.Neighbourhood.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Many clients at the same moment; afterwards the tables must add up.
class OrderRaceTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private Neighbourhood here;

    @BeforeEach
    void in_a_community_of_its_own() {
        here = new Neighbourhood(service);
    }

    @Test
    void two_hundred_clients_for_fifty_units_buy_exactly_fifty() {
        var created = here.open(1, item("鸡蛋", 50, 1));
        var groupBuy = created.id("groupBuyId");

        var answers = together(clients(200, () -> placeOne(groupBuy, UUID.randomUUID(), itemOf(created, 0))));

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(50);
        assertThat(answers).filteredOn(answer -> answer.status() != 201).allSatisfy(answer -> {
            assertThat(answer.problem()).isEqualTo("sold-out");
            assertThat(answer.error("left")).isEqualTo("0");
        });
        assertThat(number("SELECT sold FROM item WHERE group_buy_id = ?", groupBuy))
                .isEqualTo(50);
        assertThat(number("""
                        SELECT sum(l.quantity) FROM order_line l JOIN orders o ON o.id = l.order_id
                         WHERE o.group_buy_id = ?""", groupBuy)).isEqualTo(50);
        assertThat(serials(groupBuy))
                .isEqualTo(IntStream.rangeClosed(1, 50).boxed().toList());
        Await.untilAsserted(
                Duration.ofSeconds(15),
                () -> assertThat(placedEvents(groupBuy)).hasSize(50).doesNotHaveDuplicates());
    }

    @Test
    void the_last_unit_ordered_by_two_households_in_the_same_moment_goes_to_one() {
        for (var round = 0; round < 10; round++) {
            var created = here.open(1, item("鸡蛋", 1, 1));
            var groupBuy = created.id("groupBuyId");

            var answers = together(clients(2, () -> placeOne(groupBuy, UUID.randomUUID(), itemOf(created, 0))));

            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(201, 409);
        }
    }

    @Test
    void twenty_parallel_posts_with_one_key_make_one_order() {
        var created = here.open(1, item("鸡蛋", 50, 5));
        var groupBuy = created.id("groupBuyId");
        var token = here.resident(UUID.randomUUID());
        var body = order(line(itemOf(created, 0), 1));

        var answers = together(clients(
                20, () -> here.postUntilDefinite(token, "double-click", "/group-buys/" + groupBuy + "/orders", body)));

        assertThat(answers).extracting(Answer::status).containsOnly(201);
        assertThat(answers.stream().map(answer -> answer.body().toString()).distinct())
                .hasSize(1);
        assertThat(number("SELECT count(*) FROM orders WHERE group_buy_id = ?", groupBuy))
                .isEqualTo(1);
        assertThat(number("SELECT sold FROM item WHERE group_buy_id = ?", groupBuy))
                .isEqualTo(1);
    }

    @Test
    void thirty_members_of_one_household_together_get_no_more_than_its_limit() {
        var created = here.open(1, item("鸡蛋", 500, 5));
        var groupBuy = created.id("groupBuyId");
        var household = UUID.randomUUID();

        var answers = together(clients(30, () -> placeOne(groupBuy, household, itemOf(created, 0))));

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(5);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .extracting(Answer::problem)
                .containsOnly("household-limit");
        assertThat(number("SELECT taken FROM household_take WHERE item_id = ?", itemOf(created, 0)))
                .isEqualTo(5);
    }

    @Test
    void a_hundred_orders_with_lines_in_any_sequence_do_not_deadlock() {
        var created = here.open(1, item("一", 1000, 9), item("二", 1000, 9), item("三", 1000, 9));
        var groupBuy = created.id("groupBuyId");
        var lines = List.of(line(itemOf(created, 0), 1), line(itemOf(created, 1), 1), line(itemOf(created, 2), 1));
        var clients = new ArrayList<Callable<Answer>>();
        for (var number = 0; number < 100; number++) {
            var turned = new ArrayList<>(lines);
            java.util.Collections.rotate(turned, number);
            var body = java.util.Map.<String, Object>of("lines", turned);
            var token = here.resident(UUID.randomUUID());
            clients.add(() -> here.postUntilDefinite(
                    token, UUID.randomUUID().toString(), "/group-buys/" + groupBuy + "/orders", body));
        }

        var answers = together(clients);

        assertThat(answers).extracting(Answer::status).containsOnly(201);
        assertThat(number("SELECT min(sold) FROM item WHERE group_buy_id = ?", groupBuy))
                .isEqualTo(100);
        assertThat(serials(groupBuy))
                .isEqualTo(IntStream.rangeClosed(1, 100).boxed().toList());
    }

    @Test
    void placing_and_cancelling_at_once_leaves_stock_that_adds_up() {
        var created = here.open(1, item("鸡蛋", 20, 1));
        var groupBuy = created.id("groupBuyId");

        together(clients(60, () -> {
            var household = UUID.randomUUID();
            var placed = placeOne(groupBuy, household, itemOf(created, 0));
            if (placed.status() == 201) {
                here.postUntilDefinite(
                        here.resident(household), "back", "/orders/" + placed.id("orderId") + "/cancellation", null);
            }
            return placed;
        }));

        assertThat(number("SELECT sold FROM item WHERE group_buy_id = ?", groupBuy))
                .isZero();
        assertThat(number("SELECT sum(taken) FROM household_take WHERE item_id = ?", itemOf(created, 0)))
                .isZero();
        assertThat(number("SELECT count(*) FROM orders WHERE group_buy_id = ? AND state <> 'cancelled'", groupBuy))
                .isZero();
    }

    private Answer placeOne(UUID groupBuy, UUID household, UUID item) {
        return here.postUntilDefinite(
                here.resident(household),
                UUID.randomUUID().toString(),
                "/group-buys/" + groupBuy + "/orders",
                order(line(item, 1)));
    }

    private static List<Callable<Answer>> clients(int count, Callable<Answer> client) {
        return java.util.Collections.nCopies(count, client);
    }

    private static long number(String sql, UUID id) {
        return service.jdbc().sql(sql).param(id).query(Long.class).single();
    }

    private static List<Integer> serials(UUID groupBuy) {
        return service.jdbc()
                .sql("SELECT serial_number FROM orders WHERE group_buy_id = ? ORDER BY serial_number")
                .param(groupBuy)
                .query(Integer.class)
                .list();
    }

    private static List<UUID> placedEvents(UUID groupBuy) {
        return service.events().heard("order.placed.v1").stream()
                .filter(event -> event.data().get("groupBuyId").asString().equals(groupBuy.toString()))
                .map(event -> event.subject())
                .toList();
    }
}
