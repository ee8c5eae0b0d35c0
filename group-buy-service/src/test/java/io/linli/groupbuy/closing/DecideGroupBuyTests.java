package io.linli.groupbuy.closing;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.groupbuy.settlement.Means;
import io.linli.groupbuy.settlement.Payment;
import io.linli.groupbuy.settlement.RecordPayments;
import io.linli.kit.data.Transactions;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.kit.testing.TestEvents.Heard;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A closed group buy waits for payments, and is then decided once with all its orders and their money.
class DecideGroupBuyTests {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Neighbourhood here = new Neighbourhood(service);

    @Test
    void it_waits_while_a_payment_may_still_come_and_cancels_what_was_not_paid() {
        var created = open("prepay", 1, item("青菜", 10, 5));
        var paid = place(created, 2);
        var unpaid = place(created, 3);
        pay(paid);

        var closed = here.close(here.leader(), created.id("groupBuyId"));
        look(Instant.now().plus(Duration.ofMinutes(10)));
        var waiting = state(created);
        look(Instant.now().plus(Duration.ofMinutes(20)));

        assertThat(closed.body().get("state").asString()).isEqualTo("closed");
        assertThat(closed.body().has("participants")).isFalse();
        assertThat(waiting).isEqualTo("closed");
        assertThat(state(created)).isEqualTo("formed");
        assertThat(order(paid).get("state").asString()).isEqualTo("confirmed");
        assertThat(order(unpaid).get("state").asString()).isEqualTo("cancelled");
        assertThat(sold(created)).isEqualTo(2);
        assertThat(told("order.cancelled.v1", unpaid.id("orderId"))
                        .data()
                        .get("title")
                        .asString())
                .isEqualTo("周二蔬菜");
    }

    @Test
    void its_leader_decides_without_waiting_and_only_once() {
        var created = open("prepay", 1, item("青菜", 10, 5));
        var paid = place(created, 2);
        place(created, 3);
        pay(paid);
        var decision = "/group-buys/" + created.id("groupBuyId") + "/decision";

        var early = here.post(here.leader(), decision, null);
        here.close(here.leader(), created.id("groupBuyId"));
        var stranger = service.tokens().member(here.community(), UUID.randomUUID(), "leader");
        var refused = here.post(stranger, decision, null);
        var decided = here.post(here.leader(), decision, null);
        var again = here.post(here.leader(), decision, null);

        assertThat(early.problem()).isEqualTo("not-closed");
        assertThat(refused.problem()).isEqualTo("not-your-group-buy");
        assertThat(decided.body().get("state").asString()).isEqualTo("formed");
        assertThat(decided.body().get("participants").asInt()).isEqualTo(1);
        assertThat(decided.body().get("amountFen").asLong()).isEqualTo(700);
        assertThat(again.problem()).isEqualTo("already-decided");
    }

    @Test
    void what_no_full_case_holds_is_refunded_and_explained() {
        var cased = item("鸡蛋", 100, 20);
        cased.put("caseSize", 10);
        cased.put("tolerance", 2);
        var created = open("prepay", 1, cased);
        var first = place(created, 9);
        var second = place(created, 8);
        pay(first);
        pay(second);

        here.close(here.leader(), created.id("groupBuyId"));

        assertThat(order(first).get("lines").get(0).get("allocated").asInt()).isEqualTo(9);
        assertThat(order(second).get("lines").get(0).get("allocated").asInt()).isEqualTo(1);
        assertThat(order(second).get("amountFen").asLong()).isEqualTo(350);
        assertThat(refunds(second)).containsExactly("short 7 2450 2450");
        var shortened = told("order.shortened.v1", second.id("orderId")).data();
        assertThat(shortened.get("lessFen").asLong()).isEqualTo(2450);
        assertThat(shortened.get("lines").get(0).get("granted").asInt()).isEqualTo(1);
        var why = here.get(here.resident(second.id("householdId")), "/orders/" + second.id("orderId") + "/allocation");
        assertThat(why.body()
                        .get("lines")
                        .get(0)
                        .get("household")
                        .get("places")
                        .get(0)
                        .get("ahead")
                        .asInt())
                .isEqualTo(9);
        var formed = told("group-buy.formed.v1", created.id("groupBuyId")).data();
        assertThat(formed.get("orders")
                        .get(1)
                        .get("lines")
                        .get(0)
                        .get("quantity")
                        .asInt())
                .isEqualTo(1);
        assertThat(formed.get("orders").get(1).get("weightGrams").asInt()).isEqualTo(500);
    }

    @Test
    void the_tier_that_all_reach_together_goes_back_to_each() {
        var tiered = item("鸡蛋", 100, 20);
        tiered.put("tiers", List.of(Map.of("fromQuantity", 10, "priceFen", 300)));
        var created = open("prepay", 1, tiered);
        var first = place(created, 6);
        var second = place(created, 4);
        pay(first);
        pay(second);

        here.close(here.leader(), created.id("groupBuyId"));

        assertThat(refunds(first)).containsExactly("tier-difference 6 300 300");
        assertThat(refunds(second)).containsExactly("tier-difference 4 200 200");
        assertThat(order(first).get("amountFen").asLong()).isEqualTo(1800);
        assertThat(order(first).get("lines").get(0).get("finalPriceFen").asLong())
                .isEqualTo(300);
    }

    @Test
    void one_that_failed_gives_every_payment_back() {
        var created = open("prepay", 3, item("青菜", 10, 5));
        var paid = place(created, 2);
        pay(paid);

        here.close(here.leader(), created.id("groupBuyId"));

        assertThat(state(created)).isEqualTo("failed");
        assertThat(refunds(paid)).containsExactly("failed null 700 700");
        assertThat(order(paid).get("amountFen").asLong()).isZero();
        assertThat(order(paid).get("lines").get(0).get("allocated").asInt()).isZero();
    }

    @Test
    void many_replicas_that_look_at_once_decide_it_once() {
        var created = open("prepay", 1, item("青菜", 100, 20));
        for (var buyer = 0; buyer < 5; buyer++) {
            pay(place(created, 2));
        }
        var unpaid = place(created, 1);
        here.close(here.leader(), created.id("groupBuyId"));
        var later = Instant.now().plus(Duration.ofMinutes(20));

        Neighbourhood.together(Collections.nCopies(8, (Callable<Void>) () -> {
            look(later);
            return null;
        }));

        assertThat(state(created)).isEqualTo("formed");
        told("group-buy.formed.v1", created.id("groupBuyId"));
        assertThat(service.events().heard("group-buy.formed.v1").stream()
                        .filter(event -> event.subject().equals(created.id("groupBuyId"))))
                .hasSize(1);
        assertThat(count("SELECT count(*) FROM allocation WHERE group_buy_id = ?", created.id("groupBuyId")))
                .isEqualTo(1);
        assertThat(count(
                        "SELECT count(*) FROM ledger_transaction WHERE occasion = 'formed' AND group_buy_id = ?",
                        created.id("groupBuyId")))
                .isEqualTo(1);
        assertThat(count(
                        "SELECT sum(charged_fen)::int FROM order_balance WHERE group_buy_id = ?",
                        created.id("groupBuyId")))
                .isEqualTo(5 * 700);
        assertThat(order(unpaid).get("state").asString()).isEqualTo("cancelled");
    }

    @SafeVarargs
    private Answer open(String payment, int minParticipants, Map<String, Object>... items) {
        var now = Instant.now();
        var body = here.newGroupBuy(minParticipants, now.minusSeconds(60), now.plus(Duration.ofHours(1)), items);
        body.put("conditions", Map.of("paymentMode", payment));
        return here.post(here.leader(), "/group-buys", body);
    }

    private Answer place(Answer created, int quantity) {
        return here.place(
                here.resident(UUID.randomUUID()), created.id("groupBuyId"), line(itemOf(created, 0), quantity));
    }

    private void pay(Answer order) {
        var payment = new Payment(
                here.community(),
                order.id("groupBuyId"),
                order.id("orderId"),
                order.id("householdId"),
                order.body().get("amountFen").asLong(),
                new Means.Prepaid(UUID.randomUUID()),
                Instant.now());
        service.bean(Transactions.class)
                .in(here.community(), () -> service.bean(RecordPayments.class).handle(List.of(payment)))
                .block(PATIENCE);
        service.jdbc()
                .sql("UPDATE orders SET payment = 'paid' WHERE id = ?")
                .param(order.id("orderId"))
                .update();
    }

    private static void look(Instant now) {
        service.bean(CloseDueGroupBuys.class).handle(now).block(PATIENCE);
    }

    private String state(Answer created) {
        return here.get(here.leader(), "/group-buys/" + created.id("groupBuyId"))
                .body()
                .get("state")
                .asString();
    }

    private tools.jackson.databind.JsonNode order(Answer placed) {
        return here.get(here.coordinator(), "/orders/" + placed.id("orderId")).body();
    }

    private int sold(Answer created) {
        return count("SELECT sold FROM item WHERE id = ?", itemOf(created, 0));
    }

    /// Reason, quantity, what it is worth and what goes back.
    private static List<String> refunds(Answer order) {
        return service.jdbc()
                .sql("""
                        SELECT concat_ws(' ', reason, coalesce(quantity::text, 'null'), asked_fen, paid_back_fen)
                          FROM refund WHERE order_id = ? ORDER BY reason""")
                .param(order.id("orderId"))
                .query(String.class)
                .list();
    }

    private static int count(String sql, UUID id) {
        return service.jdbc().sql(sql).param(id).query(Integer.class).single();
    }

    private static Heard told(String type, UUID subject) {
        return service.events().await(type, event -> event.subject().equals(subject));
    }
}
