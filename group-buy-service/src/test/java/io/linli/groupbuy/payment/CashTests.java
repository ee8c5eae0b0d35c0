package io.linli.groupbuy.payment;

import static io.linli.groupbuy.Neighbourhood.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.groupbuy.payment.Purse.Placed;
import io.linli.groupbuy.settlement.ChargeOrders;
import io.linli.groupbuy.settlement.FormedCharges;
import io.linli.groupbuy.settlement.FormedCharges.OrderCharge;
import io.linli.groupbuy.settlement.FormedCharges.Shares;
import io.linli.groupbuy.settlement.Refund;
import io.linli.groupbuy.settlement.RefundLines;
import io.linli.kit.data.Transactions;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

class CashTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private Purse purse;
    private String leader;

    @BeforeEach
    void a_group_buy_that_is_paid_in_cash() {
        purse = new Purse(service, "cash");
        leader = purse.here().leader();
    }

    @AfterEach
    void the_ledger_sums_to_zero() {
        assertThat(purse.ledger()).isZero();
    }

    @Test
    void the_leader_confirms_many_orders_and_none_twice() {
        var orders = IntStream.range(0, 3).mapToObj(_ -> purse.place(2)).toList();
        purse.confirm(leader, orders.getFirst(), 700);

        var answer = purse.here()
                .post(
                        leader,
                        "/group-buys/" + purse.groupBuy() + "/cash-payments",
                        Map.of(
                                "payments",
                                orders.stream()
                                        .map(placed -> Map.of("orderId", placed.id(), "amountFen", 700))
                                        .toList()));

        assertThat(answer.body().get("confirmed")).hasSize(2);
        assertThat(answer.body().get("paidBefore")).hasSize(1);
        assertThat(orders).allSatisfy(placed -> {
            assertThat(purse.payment(placed)).isEqualTo("paid");
            assertThat(purse.paid(placed)).isEqualTo(700);
            assertThat(purse.money(placed).get("means").asString()).isEqualTo("cash");
        });
        assertThat(purse.count("SELECT -sum(fen) FROM posting WHERE account = 'leader' AND community_id = ?"))
                .isEqualTo(2100);
    }

    @Test
    void two_hundred_confirmations_of_one_order_charge_it_once() {
        var placed = purse.place(2);

        var answers = together(java.util.Collections.nCopies(200, (Callable<Answer>) () -> purse.here()
                .postUntilDefinite(
                        leader,
                        UUID.randomUUID().toString(),
                        "/group-buys/" + purse.groupBuy() + "/cash-payments",
                        Purse.cash(placed, 700))));

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(answers)
                .filteredOn(answer -> answer.body().get("confirmed").size() == 1)
                .hasSize(1);
        assertThat(purse.paid(placed)).isEqualTo(700);
    }

    @Test
    void one_order_that_is_refused_refuses_all() {
        var good = purse.place(2);
        var other = purse.place(2);

        var answer = purse.here()
                .post(
                        leader,
                        "/group-buys/" + purse.groupBuy() + "/cash-payments",
                        Map.of(
                                "payments",
                                List.of(
                                        Map.of("orderId", good.id(), "amountFen", 700),
                                        Map.of("orderId", other.id(), "amountFen", 699))));

        assertThat(answer.problem()).isEqualTo("amount-differs");
        assertThat(answer.error("orderId")).isEqualTo(other.id().toString());
        assertThat(purse.payment(good)).isEqualTo("awaiting");
        assertThat(purse.paid(good)).isZero();
    }

    @Test
    void for_a_cancelled_order_no_money_is_taken() {
        var placed = purse.place(2);
        purse.here().cancel(placed.token(), placed.id());

        assertThat(purse.confirm(leader, placed, 700).problem()).isEqualTo("payment-too-late");
    }

    @Test
    void only_who_leads_the_group_buy_confirms_and_only_its_orders() {
        var placed = purse.place(2);
        var elsewhere = new Purse(service, "cash");
        var stranger = service.tokens().member(purse.here().community(), UUID.randomUUID(), "leader");
        var foreign = new Placed(UUID.randomUUID(), UUID.randomUUID(), "");

        assertThat(purse.confirm(stranger, placed, 700).problem()).isEqualTo("not-your-group-buy");
        assertThat(purse.confirm(placed.token(), placed, 700).problem()).isEqualTo("not-your-group-buy");
        assertThat(purse.confirm(leader, foreign, 700).problem()).isEqualTo("order-unknown");
        assertThat(purse.confirm(leader, elsewhere.place(2), 700).problem()).isEqualTo("order-unknown");
        assertThat(purse.paid(placed)).isZero();
    }

    @Test
    void what_is_paid_on_hand_over_is_what_was_charged() {
        purse = new Purse(service, "later");
        leader = purse.here().leader();
        var placed = purse.place(2);
        assertThat(purse.confirm(leader, placed, 700).problem()).isEqualTo("nothing-due");
        charge(placed, 700);
        refund(placed, 100);

        assertThat(purse.confirm(leader, placed, 700).problem()).isEqualTo("amount-differs");
        assertThat(purse.confirm(leader, placed, 600).body().get("confirmed")).hasSize(1);
        assertThat(purse.confirm(leader, placed, 600).body().get("paidBefore")).hasSize(1);

        assertThat(purse.paid(placed)).isEqualTo(600);
        assertThat(purse.count("SELECT coalesce(sum(fen), 0) FROM posting"
                        + " WHERE account = 'household' AND community_id = ?"))
                .isZero();
    }

    @Test
    void what_a_leader_owes_is_listed_until_it_is_handed_back() {
        var placed = purse.place(2);
        purse.confirm(leader, placed, 700);
        charge(placed, 700);
        refund(placed, 100);
        assertThat(refundState()).isEqualTo("owed");
        var stranger = service.tokens().member(purse.here().community(), UUID.randomUUID(), "leader");
        assertThat(handBack(stranger, placed)).isZero();

        assertThat(handBack(leader, placed)).isEqualTo(1);
        assertThat(handBack(leader, placed)).isZero();

        assertThat(refundState()).isEqualTo("paid-back");
        assertThat(purse.requestedRefunds(placed)).isEmpty();
    }

    @Test
    void money_is_for_its_household_its_leader_and_coordinators() {
        var placed = purse.place(2);
        var here = purse.here();
        var money = "/orders/" + placed.id() + "/money";
        var refunds = "/group-buys/" + purse.groupBuy() + "/refunds";
        var stranger = service.tokens().member(here.community(), UUID.randomUUID(), "leader");

        assertThat(here.get(placed.token(), money).status()).isEqualTo(200);
        assertThat(here.get(leader, money).status()).isEqualTo(200);
        assertThat(here.get(here.coordinator(), money).status()).isEqualTo(200);
        assertThat(here.get(here.resident(UUID.randomUUID()), money).problem()).isEqualTo("order-unknown");
        assertThat(here.get(stranger, money).problem()).isEqualTo("order-unknown");
        assertThat(here.get(here.coordinator(), refunds).status()).isEqualTo(200);
        assertThat(here.get(stranger, refunds).problem()).isEqualTo("not-your-group-buy");
        assertThat(here.get(placed.token(), refunds).problem()).isEqualTo("not-your-group-buy");
    }

    private String refundState() {
        return purse.here()
                .get(leader, "/group-buys/" + purse.groupBuy() + "/refunds")
                .body()
                .get("items")
                .get(0)
                .get("state")
                .asString();
    }

    private int handBack(String token, Placed placed) {
        return purse.here()
                .post(
                        token,
                        "/group-buys/" + purse.groupBuy() + "/hand-backs",
                        Map.of("orderIds", List.of(placed.id())))
                .body()
                .get("refunds")
                .asInt();
    }

    private void charge(Placed placed, long fen) {
        var formed = new FormedCharges(
                purse.here().community(),
                purse.groupBuy(),
                UUID.randomUUID(),
                purse.here().leaderId(),
                List.of(new OrderCharge(placed.id(), placed.household(), fen)),
                Shares.NONE,
                Instant.now());
        in(() -> service.bean(ChargeOrders.class).handle(formed));
    }

    private void refund(Placed placed, long fen) {
        var refund = new Refund(
                "test:" + placed.id(),
                purse.here().community(),
                purse.groupBuy(),
                placed.id(),
                placed.household(),
                purse.item(),
                1,
                fen,
                Refund.Reason.SHORT);
        in(() -> service.bean(RefundLines.class)
                .handle(List.of(refund), Instant.now())
                .then());
    }

    private void in(Supplier<Mono<Void>> work) {
        service.bean(Transactions.class).in(purse.here().community(), work).block(Duration.ofSeconds(20));
    }
}
