package io.linli.groupbuy.closing;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A group buy that is called off leaves nothing behind: no order, no stock taken, nobody waiting, no money held.
class CancelGroupBuyTests {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Map<String, Object> TYPHOON = Map.of("reason", "台风停运");

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Neighbourhood here = new Neighbourhood(service);

    @AfterEach
    void the_ledger_sums_to_zero() {
        assertThat(number("SELECT coalesce(sum(fen), 0) FROM posting WHERE community_id = ?"))
                .isZero();
    }

    @Test
    void its_orders_are_cancelled_and_everything_is_given_back() {
        var created = here.openWith(Map.of("paymentMode", "prepay"), item("鸡蛋", 5, 5));
        var paid = place(created, 2);
        var unpaid = place(created, 3);
        pay(paid);
        var waiting = new HashMap<String, Object>(order(line(itemOf(created, 0), 1)));
        waiting.put("waitlist", true);
        var waitingHousehold = UUID.randomUUID();
        var next = here.resident(waitingHousehold);
        here.post(next, path(created, "/orders"), waiting);

        var calledOff = callOff(created);

        assertThat(calledOff.status()).as(calledOff.body().toString()).isEqualTo(200);
        assertThat(calledOff.body().get("state").asString()).isEqualTo("cancelled");
        assertThat(calledOff.body().get("cancelledOrders").asInt()).isEqualTo(2);
        assertThat(calledOff.body().get("refundedFen").asLong()).isEqualTo(700);
        assertThat(refunds(paid)).containsExactly("cancelled 700");
        assertThat(refunds(unpaid)).isEmpty();
        assertThat(number("SELECT count(*) FROM orders WHERE state <> 'cancelled' AND community_id = ?"))
                .isZero();
        assertThat(number("SELECT sum(sold) FROM item WHERE community_id = ?")).isZero();
        assertThat(number("SELECT sum(taken) FROM household_take WHERE community_id = ?"))
                .isZero();
        assertThat(here.get(next, "/waitlist").body().get("places")).isEmpty();
        var told = service.events()
                .await("group-buy.cancelled.v1", event -> event.subject().equals(created.id("groupBuyId")));
        assertThat(told.data().get("reason").asString()).isEqualTo("台风停运");
        assertThat(told.data().get("orders")).hasSize(2);
        assertThat(told.data().get("waiting")).hasSize(1);
        assertThat(told.data().get("waiting").get(0).get("householdId").asString())
                .isEqualTo(waitingHousehold.toString());
        var asked = service.events()
                .await(
                        "refund.requested.v1",
                        event -> event.data()
                                .get("orderId")
                                .asString()
                                .equals(paid.id("orderId").toString()));
        assertThat(asked.data().get("amountFen").asLong()).isEqualTo(700);
        var reconciliation =
                here.get(here.leader(), path(created, "/reconciliation")).body();
        assertThat(reconciliation.get("agrees").asBoolean())
                .as(reconciliation.toString())
                .isTrue();
        var details = here.get(here.leader(), path(created, "")).body();
        assertThat(details.get("cancelReason").asString()).isEqualTo("台风停运");
    }

    @Test
    void afterwards_nothing_is_ordered_and_what_is_still_paid_goes_back() {
        var created = here.openWith(Map.of("paymentMode", "prepay"), item("鸡蛋", 5, 5));
        var unpaid = place(created, 3);
        callOff(created);

        var late = here.place(here.resident(UUID.randomUUID()), created.id("groupBuyId"), line(itemOf(created, 0), 1));
        pay(unpaid);

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.problem()).isEqualTo("group-buy-cancelled");
        assertThat(refunds(unpaid)).containsExactly("late-payment 1050");
        assertThat(number("SELECT sum(paid_fen - refunded_fen) FROM order_balance WHERE community_id = ?"))
                .isZero();
    }

    @Test
    void who_cancelled_before_is_refunded_once() {
        var created = here.openWith(Map.of("paymentMode", "prepay"), item("鸡蛋", 5, 5));
        var paid = place(created, 2);
        pay(paid);
        here.cancel(here.resident(paid.id("householdId")), paid.id("orderId"));

        callOff(created);

        Await.until("refunded", SOON, () -> !refunds(paid).isEmpty());
        assertThat(refunds(paid)).containsExactly("cancelled 700");
        assertThat(number("SELECT sum(refunded_fen) FROM order_balance WHERE community_id = ?"))
                .isEqualTo(700);
    }

    @Test
    void it_is_called_off_in_every_state_until_it_is_decided_and_once() {
        var later = Instant.now().plusSeconds(3_600);
        var scheduled = here.post(
                here.leader(), "/group-buys", here.newGroupBuy(1, later, later.plusSeconds(60), item("鸡蛋", 5, 5)));
        var closed = here.openWith(Map.of("paymentMode", "prepay"), item("鸡蛋", 5, 5));
        place(closed, 1);
        here.close(here.leader(), closed.id("groupBuyId"));
        var formed = here.open(1, item("鸡蛋", 5, 5));
        place(formed, 1);
        here.close(here.leader(), formed.id("groupBuyId"));

        assertThat(callOff(scheduled).status()).isEqualTo(200);
        assertThat(callOff(scheduled).problem()).isEqualTo("group-buy-cancelled");
        assertThat(callOff(closed).body().get("cancelledOrders").asInt()).isEqualTo(1);
        assertThat(callOff(formed).problem()).isEqualTo("already-decided");
    }

    @Test
    void those_who_lead_it_and_coordinators_call_it_off_and_nobody_else() {
        var created = here.open(1, item("鸡蛋", 5, 5));
        var coLeader = UUID.randomUUID();
        here.put(
                here.leader(),
                path(created, "/leaders"),
                Map.of("leaderId", here.leaderId(), "coLeaderIds", List.of(coLeader)));
        var stranger = service.tokens().member(here.community(), UUID.randomUUID(), "leader");

        for (var token : List.of(stranger, here.resident(UUID.randomUUID()))) {
            assertThat(here.post(token, path(created, "/cancellation"), TYPHOON).problem())
                    .isEqualTo("not-your-group-buy");
        }
        assertThat(here.post(here.leader(), path(created, "/cancellation"), Map.of("reason", " "))
                        .status())
                .isEqualTo(400);
        assertThat(here.post(here.member(coLeader), path(created, "/cancellation"), TYPHOON)
                        .status())
                .isEqualTo(200);
        assertThat(here.post(here.coordinator(), path(here.open(1, item("鸡蛋", 5, 5)), "/cancellation"), TYPHOON)
                        .status())
                .isEqualTo(200);
    }

    /// What is given away takes no stock when it is asked for, so none comes back; nor is it waited for a payment.
    @Test
    void a_donation_with_wishes_is_called_off_and_closed_as_well() {
        var gift = item("口罩", 5, 5);
        gift.put("priceFen", 0);
        var calledOff = here.openWith(Map.of("kind", "donation"), gift);
        var free = here.openWith(Map.of("kind", "donation", "paymentMode", "cash"), gift);
        place(calledOff, 4);
        place(calledOff, 4);
        place(free, 4);
        var closed = here.close(here.leader(), free.id("groupBuyId"));

        assertThat(callOff(calledOff).body().get("cancelledOrders").asInt()).isEqualTo(2);
        assertThat(closed.body().get("state").asString()).isEqualTo("formed");
        assertThat(number("SELECT sum(taken) FROM household_take WHERE community_id = ?"))
                .as("what the one that is closed gives away")
                .isEqualTo(4);
    }

    @Test
    void orders_and_payments_that_race_with_it_leave_nothing_placed_and_no_fen_held() {
        for (var attempt = 0; attempt < 3; attempt++) {
            var created = here.openWith(Map.of("paymentMode", "prepay"), item("鸡蛋", 500, 5));
            var before = new ArrayList<Answer>();
            for (var number = 0; number < 30; number++) {
                before.add(place(created, 2));
            }
            var clients = new ArrayList<Callable<Answer>>();
            for (var placed : before) {
                clients.add(() -> {
                    succeed(placed);
                    return placed;
                });
            }
            for (var number = 0; number < 60; number++) {
                var token = here.resident(UUID.randomUUID());
                var body = order(line(itemOf(created, 0), 1));
                clients.add(() -> here.postUntilDefinite(token, "place", path(created, "/orders"), body));
            }
            clients.add(
                    45,
                    () -> here.postUntilDefinite(
                            here.leader(), UUID.randomUUID().toString(), path(created, "/cancellation"), TYPHOON));

            var answers = together(clients);

            assertThat(answers.subList(30, 91))
                    .filteredOn(answer -> answer.status() >= 300)
                    .extracting(Answer::problem)
                    .containsOnly("group-buy-cancelled");
            var events = (attempt + 1) * 30L;
            Await.until(
                    "all payments heard",
                    SOON,
                    () -> number("SELECT count(*) FROM inbox WHERE queue = 'group-buy.payments' AND state = 'done'"
                                    + " AND community_id = ?")
                            >= events);
            assertThat(number("SELECT count(*) FROM orders WHERE state <> 'cancelled' AND community_id = ?"))
                    .isZero();
            assertThat(number("SELECT sum(sold) FROM item WHERE community_id = ?"))
                    .isZero();
            assertThat(number("SELECT sum(taken) FROM household_take WHERE community_id = ?"))
                    .isZero();
            assertThat(number("SELECT sum(paid_fen) FROM order_balance WHERE community_id = ?"))
                    .isEqualTo(events * 700);
            assertThat(number("SELECT sum(refunded_fen) FROM order_balance WHERE community_id = ?"))
                    .isEqualTo(events * 700);
            assertThat(number("SELECT sum(paid_back_fen) FROM refund WHERE community_id = ?"))
                    .isEqualTo(events * 700);
        }
    }

    private Answer callOff(Answer created) {
        return here.post(here.leader(), path(created, "/cancellation"), TYPHOON);
    }

    private static String path(Answer created, String rest) {
        return "/group-buys/" + created.id("groupBuyId") + rest;
    }

    private Answer place(Answer created, int quantity) {
        var placed = here.place(
                here.resident(UUID.randomUUID()), created.id("groupBuyId"), line(itemOf(created, 0), quantity));
        assertThat(placed.status()).as(placed.body().toString()).isEqualTo(201);
        return placed;
    }

    /// The provider tells that an order is paid, and that is heard.
    private void pay(Answer placed) {
        var event = succeed(placed);
        Await.until(
                "the payment heard",
                SOON,
                () -> service.jdbc()
                        .sql("SELECT state FROM inbox WHERE event_id = ?")
                        .param(event)
                        .query(String.class)
                        .list()
                        .contains("done"));
    }

    private UUID succeed(Answer placed) {
        var payment = UUID.randomUUID();
        var data = new LinkedHashMap<String, Object>();
        data.put("paymentId", payment);
        data.put("orderId", placed.id("orderId"));
        data.put("amountFen", placed.body().get("amountFen").asLong());
        data.put("paidAt", "2026-11-24T12:05:00Z");
        return service.events().publish(here.community(), "payment.succeeded.v1", payment, data);
    }

    private static List<String> refunds(Answer order) {
        return service.jdbc()
                .sql("SELECT reason || ' ' || paid_back_fen FROM refund WHERE order_id = ? ORDER BY reason")
                .param(order.id("orderId"))
                .query(String.class)
                .list();
    }

    private long number(String sql) {
        return service.jdbc().sql(sql).param(here.community()).query(Long.class).single();
    }
}
