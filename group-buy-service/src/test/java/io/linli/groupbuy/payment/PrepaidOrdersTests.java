package io.linli.groupbuy.payment;

import static io.linli.groupbuy.Neighbourhood.line;
import static io.linli.groupbuy.Neighbourhood.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PrepaidOrdersTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service()
            .with("linli.rabbitmq.handle-attempts-max", "2")
            .with("linli.rabbitmq.retry-poll", "50ms");

    private Purse purse;

    @BeforeEach
    void a_group_buy_that_is_prepaid() {
        purse = new Purse(service, "prepay");
    }

    @AfterEach
    void the_ledger_sums_to_zero() {
        assertThat(purse.ledger()).isZero();
    }

    @Test
    void a_placed_order_asks_for_its_payment_and_is_paid_by_it() {
        var placed = purse.place(2);
        var payment = purse.requestedPayment(placed, 700);
        assertThat(purse.payment(placed)).isEqualTo("awaiting");

        purse.succeed(payment, placed, 700);

        Await.until("paid", Purse.SOON, () -> purse.payment(placed).equals("paid"));
        assertThat(purse.paid(placed)).isEqualTo(700);
        assertThat(purse.money(placed).get("means").asString()).isEqualTo("prepaid");
    }

    @Test
    void an_order_that_is_paid_on_hand_over_asks_for_nothing() {
        var later = new Purse(service, "later");
        later.place(2);
        purse.requestedPayment(purse.place(1), 350);

        assertThat(service.events().heard("payment.requested.v1"))
                .noneMatch(event -> event.community().equals(later.here().community()));
    }

    @Test
    void a_payment_told_of_many_times_counts_once() {
        var placed = purse.place(2);
        var payment = purse.requestedPayment(placed, 700);

        IntStream.range(0, 200).parallel().forEach(_ -> purse.succeed(payment, placed, 700));

        purse.awaitHeard(200);
        assertThat(purse.paid(placed)).isEqualTo(700);
        assertThat(purse.requestedRefunds(placed)).isEmpty();
    }

    @Test
    void of_two_hundred_payments_for_one_order_one_is_kept_and_the_others_go_back() {
        var placed = purse.place(2);
        purse.requestedPayment(placed, 700);

        IntStream.range(0, 200).parallel().forEach(_ -> purse.succeed(UUID.randomUUID(), placed, 700));

        purse.awaitHeard(200);
        Await.until(
                "199 refunds asked for",
                Purse.SOON,
                () -> purse.requestedRefunds(placed).size() == 199);
        var money = purse.money(placed);
        assertThat(money.get("paidFen").asLong() - money.get("refundedFen").asLong())
                .isEqualTo(700);
    }

    @Test
    void a_payment_for_a_cancelled_order_goes_back_by_itself() {
        var placed = purse.place(2);
        var payment = purse.requestedPayment(placed, 700);
        purse.here().cancel(placed.token(), placed.id());

        purse.succeed(payment, placed, 700);
        purse.succeed(payment, placed, 700);

        var refund = purse.awaitRequestedRefund(placed);
        assertThat(refund.get("reason").asString()).isEqualTo("late-payment");
        assertThat(refund.get("paymentId").asString()).isEqualTo(payment.toString());
        purse.refunded(UUID.fromString(refund.get("refundId").asString()));
        Await.until(
                "paid back",
                Purse.SOON,
                () -> purse.money(placed)
                        .get("refunds")
                        .get(0)
                        .get("state")
                        .asString()
                        .equals("paid-back"));
        assertThat(purse.requestedRefunds(placed)).hasSize(1);
        assertThat(purse.count("SELECT count(*) FROM (SELECT FROM posting WHERE community_id = ?"
                        + " GROUP BY owner_id HAVING sum(fen) <> 0) AS owing"))
                .isZero();
    }

    @Test
    void after_a_change_the_new_sum_is_asked_for_and_the_old_one_goes_back() {
        var placed = purse.place(2);
        var old = purse.requestedPayment(placed, 700);
        purse.here().put(placed.token(), "more", "/orders/" + placed.id() + "/lines", order(line(purse.item(), 3)));
        var due = purse.requestedPayment(placed, 1050);

        purse.succeed(old, placed, 700);
        purse.succeed(due, placed, 1050);

        Await.until("paid", Purse.SOON, () -> purse.payment(placed).equals("paid"));
        assertThat(purse.awaitRequestedRefund(placed).get("paymentId").asString())
                .isEqualTo(old.toString());
        Await.until("both", Purse.SOON, () -> purse.paid(placed) == 1750);
        assertThat(purse.money(placed).get("refundedFen").asLong()).isEqualTo(700);
    }

    @Test
    void success_counts_whether_it_is_told_before_or_after_a_failure() {
        var failedFirst = purse.place(1);
        var failedLater = purse.place(1);
        var first = purse.requestedPayment(failedFirst, 350);
        var second = purse.requestedPayment(failedLater, 350);

        purse.fail(first, failedFirst);
        purse.awaitHeard(1);
        purse.succeed(first, failedFirst, 350);
        purse.succeed(second, failedLater, 350);
        purse.awaitHeard(3);
        purse.fail(second, failedLater);
        purse.awaitHeard(4);

        assertThat(purse.paid(failedFirst)).isEqualTo(350);
        assertThat(purse.paid(failedLater)).isEqualTo(350);
    }

    @Test
    void who_paid_in_cash_gets_a_prepayment_back() {
        var placed = purse.place(2);
        var payment = purse.requestedPayment(placed, 700);
        purse.confirm(purse.here().leader(), placed, 700);

        purse.succeed(payment, placed, 700);

        assertThat(purse.awaitRequestedRefund(placed).get("amountFen").asLong()).isEqualTo(700);
        assertThat(purse.money(placed).get("means").asString()).isEqualTo("cash");
    }

    @Test
    void a_cancelled_order_gives_back_what_was_paid_once() {
        var placed = purse.place(2);
        purse.succeed(purse.requestedPayment(placed, 700), placed, 700);
        Await.until("paid", Purse.SOON, () -> purse.payment(placed).equals("paid"));

        purse.here().cancel(placed.token(), placed.id());
        service.events()
                .publish(
                        purse.here().community(),
                        "order.cancelled.v1",
                        placed.id(),
                        java.util.Map.of("orderId", placed.id()));

        var refund = purse.awaitRequestedRefund(placed);
        assertThat(refund.get("reason").asString()).isEqualTo("cancelled");
        assertThat(refund.get("amountFen").asLong()).isEqualTo(700);
        purse.awaitHeard(3);
        assertThat(purse.requestedRefunds(placed)).hasSize(1);
        assertThat(purse.money(placed).get("refundedFen").asLong()).isEqualTo(700);
    }

    @Test
    void money_for_an_order_nobody_knows_waits_for_an_operator() {
        var nobody = new Purse.Placed(UUID.randomUUID(), UUID.randomUUID(), "");

        purse.succeed(UUID.randomUUID(), nobody, 700);

        Await.until(
                "parked",
                Purse.SOON,
                () -> purse.count("SELECT count(*) FROM inbox WHERE state = 'parked' AND community_id = ?") == 1);
        assertThat(purse.count("SELECT count(*) FROM prepayment WHERE community_id = ?"))
                .isZero();
    }
}
