package io.linli.groupbuy.delivery;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.line;
import static io.linli.groupbuy.Neighbourhood.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Story 4: less comes than was bought, it is shared out anew, and money goes back without anyone typing it.
class RecordDeliveryTests {
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Delivered round = new Delivered(service);
    private final Neighbourhood here = round.here();

    @AfterEach
    void orders_payments_and_ledger_agree() {
        var reconciliation = round.reconciliation();
        assertThat(reconciliation.get("agrees").asBoolean())
                .as(reconciliation.toString())
                .isTrue();
        assertThat(round.number("SELECT coalesce(sum(fen), 0) FROM posting WHERE community_id = ?"))
                .isZero();
    }

    @Test
    void of_two_hundred_sold_a_hundred_and_seventy_come_and_thirty_are_refunded() {
        round.open(Map.of("paymentMode", "prepay", "feePerMille", 20), item("鸡蛋", 200, 10));
        var orders = new ArrayList<Answer>();
        for (var number = 0; number < 40; number++) {
            orders.add(round.placePaid(5));
        }
        round.close();
        var fee = round.account("leader", here.leaderId());

        var told = round.tell(round.line(0, 170, 0));

        assertThat(told.status()).as(told.body().toString()).isEqualTo(200);
        var counted = told.body().get("items").get(0);
        assertThat(counted.get("expected").asInt()).isEqualTo(200);
        assertThat(counted.get("arrived").asInt()).isEqualTo(170);
        assertThat(counted.get("granted").asInt()).isEqualTo(170);
        assertThat(told.body().get("shortenedOrders").asInt()).isEqualTo(6);
        assertThat(told.body().get("lessFen").asLong()).isEqualTo(30 * 350);
        assertThat(told.body().get("refundedFen").asLong()).isEqualTo(30 * 350);
        assertThat(round.number("SELECT sum(quantity) FROM refund WHERE reason = 'short' AND community_id = ?"))
                .isEqualTo(30);
        assertThat(round.number("SELECT sum(paid_back_fen) FROM refund WHERE community_id = ?"))
                .isEqualTo(30 * 350);
        assertThat(round.number("SELECT sum(allocated) FROM order_line WHERE community_id = ?"))
                .isEqualTo(170);
        assertThat(round.number("SELECT sum(amount_fen) FROM orders WHERE community_id = ?"))
                .isEqualTo(170 * 350);
        assertThat(round.number("SELECT sum(charged_fen) FROM order_balance WHERE community_id = ?"))
                .isEqualTo(170 * 350);
        assertThat(fee).isEqualTo(40 * 35);
        assertThat(round.account("leader", here.leaderId())).isEqualTo(34 * 35);
        assertThat(round.account("supplier", round.supplier())).isEqualTo(170 * 350 - 34 * 35);
        Await.until(
                "34 confirmed, 6 with nothing",
                SOON,
                () -> round.states().equals(Map.of("confirmed", 34L, "failed", 6L)));
        assertThat(refundsAsked()).isEqualTo(30 * 350);
        assertThat(round.order(orders.get(33)).get("amountFen").asLong()).isEqualTo(5 * 350);
        assertThat(round.order(orders.get(34)).get("state").asString()).isEqualTo("failed");
    }

    @Test
    void each_household_is_told_what_it_loses_and_reads_why() {
        round.open(Map.of(), item("鸡蛋", 20, 10));
        round.place(6);
        var last = round.place(6);
        round.close();

        var told = round.tell(round.line(0, 10, 2));

        assertThat(told.body().get("lessFen").asLong()).isEqualTo(4 * 350);
        assertThat(told.body().get("refundedFen").asLong()).isZero();
        var event = service.events()
                .await("order.shortened.v1", heard -> heard.subject().equals(last.id("orderId")));
        assertThat(event.data().get("occasion").asString()).isEqualTo("delivery");
        assertThat(event.data().get("lessFen").asLong()).isEqualTo(4 * 350);
        var line = event.data().get("lines").get(0);
        assertThat(List.of(line.get("quantity"), line.get("granted"), line.get("missing"), line.get("damaged")))
                .extracting(node -> node.asInt())
                .containsExactly(6, 2, 2, 2);
        assertThat(round.refunds(last)).containsExactly("damaged 2 700 0", "short 2 700 0");
        var why = here.get(here.resident(last.id("householdId")), "/orders/" + last.id("orderId") + "/allocation")
                .body()
                .get("lines")
                .get(0);
        assertThat(why.get("occasion").asString()).isEqualTo("delivery");
        assertThat(why.get("supply").asInt()).isEqualTo(8);
        assertThat(why.get("granted").asInt()).isEqualTo(2);
        assertThat(why.get("replayed").asBoolean()).isTrue();
    }

    @Test
    void what_goes_back_is_the_price_it_has_in_the_end() {
        var tiered = item("鸡蛋", 100, 20);
        tiered.put("tiers", List.of(Map.of("fromQuantity", 10, "priceFen", 300)));
        round.open(Map.of("paymentMode", "prepay"), tiered);
        round.placePaid(6);
        var last = round.placePaid(4);
        round.close();

        round.tell(round.line(0, 9, 0));

        assertThat(round.refunds(last)).containsExactly("short 1 300 300", "tier-difference 4 200 200");
        assertThat(round.order(last).get("amountFen").asLong()).isEqualTo(900);
        assertThat(round.order(last).get("lines").get(0).get("allocated").asInt())
                .isEqualTo(3);
        assertThat(round.number("SELECT weight_grams FROM orders WHERE community_id = ? ORDER BY id DESC LIMIT 1"))
                .isEqualTo(1500);
    }

    @Test
    void told_again_it_does_nothing_and_told_lower_it_takes_the_difference_only() {
        round.open(Map.of("paymentMode", "prepay"), item("鸡蛋", 20, 10));
        round.placePaid(6);
        var last = round.placePaid(6);
        round.close();

        round.tell(round.line(0, 10, 0));
        var again = round.tell(round.line(0, 10, 0));
        var lower = round.tell(round.line(0, 9, 0));
        var higher = round.tell(round.line(0, 11, 1));

        assertThat(again.body().get("shortenedOrders").asInt()).isZero();
        assertThat(again.body().get("items").get(0).get("granted").asInt()).isEqualTo(10);
        assertThat(lower.body().get("refundedFen").asLong()).isEqualTo(350);
        assertThat(higher.status()).isEqualTo(422);
        assertThat(higher.problem()).isEqualTo("delivery-exceeds-expected");
        assertThat(higher.error("usable") + " of " + higher.error("expected")).isEqualTo("10 of 9");
        assertThat(round.refunds(last)).containsExactly("short 2 700 700", "short 1 350 350");
    }

    @Test
    void one_key_sent_twice_tells_once() {
        round.open(Map.of("paymentMode", "prepay"), item("鸡蛋", 20, 10));
        var last = round.placePaid(6);
        round.close();
        var body = Map.of("lines", List.of(round.line(0, 4, 0)));

        var first = here.post(here.leader(), "tap", round.path("/deliveries"), body);
        var second = here.post(here.leader(), "tap", round.path("/deliveries"), body);

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(round.refunds(last)).containsExactly("short 2 700 700");
    }

    @Test
    void many_who_tell_the_same_at_once_tell_it_once() {
        round.open(Map.of("paymentMode", "prepay"), item("鸡蛋", 100, 10));
        for (var number = 0; number < 10; number++) {
            round.placePaid(10);
        }
        round.close();

        Callable<Answer> tell = () -> here.postUntilDefinite(
                here.leader(),
                UUID.randomUUID().toString(),
                round.path("/deliveries"),
                Map.of("lines", List.of(round.line(0, 85, 5))));
        var answers = together(Collections.nCopies(8, tell));

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(answers.stream()
                        .mapToLong(answer -> answer.body().get("refundedFen").asLong())
                        .sum())
                .isEqualTo(20 * 350);
        assertThat(round.number("SELECT sum(quantity) FROM refund WHERE reason = 'short' AND community_id = ?"))
                .isEqualTo(15);
        assertThat(round.number("SELECT sum(quantity) FROM refund WHERE reason = 'damaged' AND community_id = ?"))
                .isEqualTo(5);
        assertThat(round.number("SELECT max(run) FROM allocation WHERE community_id = ?"))
                .isEqualTo(2);
    }

    @Test
    void with_nothing_at_all_every_order_fails_and_the_group_buy_is_settled() {
        round.open(Map.of("paymentMode", "prepay", "feeFlatFen", 100), item("鸡蛋", 20, 10), item("青菜", 20, 10));
        var eggs = round.placePaid(6);
        var both = round.placePaid(line(round.item(0), 1), line(round.item(1), 1));
        round.close();

        round.tell(round.line(0, 0, 0));
        var between = round.order(both).get("state").asString();
        round.tell(round.line(1, 3, 3));

        assertThat(between).isEqualTo("confirmed");
        assertThat(round.order(eggs).get("state").asString()).isEqualTo("failed");
        assertThat(round.order(both).get("state").asString()).isEqualTo("failed");
        assertThat(round.state()).isEqualTo("settled");
        assertThat(round.account("leader", here.leaderId())).isZero();
        assertThat(round.account("supplier", round.supplier())).isZero();
        assertThat(round.refunds(both)).containsExactly("damaged 1 350 350", "short 1 350 350");
    }

    @Test
    void a_surplus_that_does_not_come_takes_from_nobody() {
        var cased = item("鸡蛋", 100, 20);
        cased.put("caseSize", 10);
        cased.put("tolerance", 2);
        round.open(Map.of(), cased);
        round.place(9);
        round.close();

        var told = round.tell(round.line(0, 9, 0));

        assertThat(told.body().get("items").get(0).get("expected").asInt()).isEqualTo(10);
        assertThat(told.body().get("items").get(0).get("granted").asInt()).isEqualTo(9);
        assertThat(told.body().get("shortenedOrders").asInt()).isZero();
    }

    @Test
    void who_took_cash_owes_what_did_not_come() {
        round.open(Map.of(), item("鸡蛋", 20, 10));
        var order = round.place(4);
        round.close();
        var cash = Map.of("payments", List.of(Map.of("orderId", order.id("orderId"), "amountFen", 1_400)));
        assertThat(here.post(here.leader(), round.path("/cash-payments"), cash).status())
                .isEqualTo(200);

        var told = round.tell(round.line(0, 3, 0));

        assertThat(told.body().get("refundedFen").asLong()).isEqualTo(350);
        assertThat(round.number("SELECT count(*) FROM refund WHERE state = 'owed' AND community_id = ?"))
                .isEqualTo(1);
        assertThat(round.account("leader", here.leaderId())).isEqualTo(-1_400);
    }

    @Test
    void once_a_household_has_it_in_hand_nothing_is_counted_anew() {
        round.open(Map.of("paymentMode", "prepay"), item("鸡蛋", 20, 10), item("青菜", 20, 10));
        var first = round.placePaid(4);
        round.placePaid(line(round.item(1), 4));
        round.close();
        round.hear("parcel.handed-over.v1", first);
        Await.until(
                "handed over",
                SOON,
                () -> round.order(first).get("state").asString().equals("completed"));

        var eggs = round.tell(round.line(0, 3, 0));
        var greens = round.tell(round.line(1, 3, 0));

        assertThat(eggs.status()).isEqualTo(409);
        assertThat(eggs.problem()).isEqualTo("already-handed-out");
        assertThat(greens.status()).isEqualTo(200);
        assertThat(round.refunds(first)).isEmpty();
    }

    @Test
    void an_order_whose_parcel_failed_is_not_shortened_any_more() {
        round.open(Map.of("paymentMode", "prepay"), item("鸡蛋", 20, 10));
        round.placePaid(4);
        var last = round.placePaid(4);
        round.close();
        round.hear("parcel.failed.v1", last);
        Await.until(
                "failed", SOON, () -> round.order(last).get("state").asString().equals("failed"));

        var told = round.tell(round.line(0, 7, 0));

        assertThat(told.problem()).isEqualTo("order-decided");
        assertThat(told.error("orderId")).isEqualTo(last.id("orderId").toString());
        assertThat(round.number("SELECT max(run) FROM allocation WHERE community_id = ?"))
                .isEqualTo(1);
    }

    @Test
    void only_what_can_be_is_told() {
        round.open(Map.of(), item("鸡蛋", 20, 10), item("青菜", 20, 10));
        round.place(4);
        round.close();

        assertThat(round.tell(round.line(0, 3, 4)).problem()).isEqualTo("damaged-exceeds-arrived");
        assertThat(round.tell(round.line(0, 3, 0), round.line(0, 3, 0)).problem())
                .isEqualTo("line-repeated");
        assertThat(round.tell(Map.of("itemId", UUID.randomUUID(), "arrived", 1)).problem())
                .isEqualTo("item-unknown");
        assertThat(round.tell(round.line(1, 1, 0)).problem()).isEqualTo("delivery-exceeds-expected");
        assertThat(round.tell(round.line(1, 0, 0)).status()).isEqualTo(200);
        assertThat(round.tell(round.line(0, -1, 0)).status()).isEqualTo(400);
        assertThat(round.tell().status()).isEqualTo(400);
    }

    @Test
    void those_who_lead_it_and_coordinators_tell_it_and_nobody_else() {
        round.open(Map.of(), item("鸡蛋", 20, 10));
        var order = round.place(9);
        var coLeader = UUID.randomUUID();
        var leaders = Map.of("leaderId", here.leaderId(), "coLeaderIds", List.of(coLeader));
        here.put(here.leader(), round.path("/leaders"), leaders);
        round.close();

        var resident = round.tellAs(here.resident(order.id("householdId")), round.line(0, 8, 0));
        var stranger = service.tokens().member(here.community(), UUID.randomUUID(), "leader");
        var otherLeader = round.tellAs(stranger, round.line(0, 8, 0));

        assertThat(resident.problem()).isEqualTo("not-your-group-buy");
        assertThat(otherLeader.problem()).isEqualTo("not-your-group-buy");
        assertThat(round.tellAs(here.member(coLeader), round.line(0, 8, 0)).status())
                .isEqualTo(200);
        assertThat(round.tellAs(here.coordinator(), round.line(0, 7, 0)).status())
                .isEqualTo(200);
    }

    @Test
    void it_is_told_only_while_it_is_under_way() {
        round.open(Map.of(), item("鸡蛋", 20, 10));
        var order = round.place(4);
        var early = round.tell(round.line(0, 3, 0));
        round.close();
        round.hear("parcel.delivered.v1", order);
        Await.until("settled", SOON, () -> round.state().equals("settled"));

        assertThat(early.problem()).isEqualTo("not-formed");
        assertThat(round.tell(round.line(0, 3, 0)).problem()).isEqualTo("already-further");
        round.open(Map.of(), item("鸡蛋", 20, 10));
        round.close();
        assertThat(round.tell(round.line(0, 0, 0)).problem()).isEqualTo("group-buy-failed");
    }

    @Test
    void handed_out_and_told_at_the_same_moment_either_counts_and_never_both() {
        for (var attempt = 0; attempt < 5; attempt++) {
            round.open(Map.of("paymentMode", "prepay"), item("鸡蛋", 20, 10));
            var order = round.placePaid(4);
            round.close();

            Callable<Answer> handOver = () -> {
                round.hear("parcel.handed-over.v1", order);
                return order;
            };
            var told = together(List.of(() -> round.tell(round.line(0, 3, 0)), handOver))
                    .getFirst();

            Await.until(
                    "completed",
                    SOON,
                    () -> round.order(order).get("state").asString().equals("completed"));
            assertThat(told.status()).isIn(200, 409);
            assertThat(round.refunds(order)).hasSize(told.status() == 200 ? 1 : 0);
            assertThat(round.order(order).get("amountFen").asLong()).isEqualTo(told.status() == 200 ? 1_050 : 1_400);
        }
    }

    @Test
    void a_delivery_of_three_thousand_orders_is_told_while_a_leader_waits() {
        round.open(Map.of("allocationPolicy", "equal-share", "feePerMille", 20), item("鸡蛋", 6_000, 5));
        round.insert(3_000, 2);
        round.close();
        var begun = System.nanoTime();

        var told = round.tell(round.line(0, 4_000, 500));

        assertThat(told.status()).as(told.body().toString()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThat(told.body().get("lessFen").asLong()).isEqualTo(2_500 * 350);
        assertThat(round.number("SELECT sum(charged_fen) FROM order_balance WHERE community_id = ?"))
                .isEqualTo(3_500 * 350);
        assertThat(round.number("SELECT sum(allocated) FROM order_line WHERE community_id = ?"))
                .isEqualTo(3_500);
    }

    private long refundsAsked() {
        Await.until("six refunds asked for", SOON, () -> asked().size() == 6);
        return asked().stream().mapToLong(Long::longValue).sum();
    }

    private List<Long> asked() {
        return service.events().heard("refund.requested.v1").stream()
                .filter(event -> event.community().equals(here.community()))
                .map(event -> event.data().get("amountFen").asLong())
                .toList();
    }
}
