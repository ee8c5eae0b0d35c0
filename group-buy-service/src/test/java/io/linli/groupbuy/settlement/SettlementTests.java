package io.linli.groupbuy.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.settlement.Books.Order;
import io.linli.groupbuy.settlement.FormedCharges.OrderCharge;
import io.linli.groupbuy.settlement.FormedCharges.Shares;
import io.linli.groupbuy.settlement.Refund.Reason;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SettlementTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Means prepaid = new Means.Prepaid(UUID.randomUUID());

    private final Order order = Order.next();
    private Books books;

    @BeforeEach
    void new_books() {
        books = new Books(service);
    }

    @AfterEach
    void the_ledger_sums_to_zero() {
        assertThat(books.all()).isZero();
    }

    @Test
    void a_formed_group_buy_is_shared_between_supplier_leader_fund_and_courier() {
        var orders = IntStream.range(0, 3)
                .mapToObj(_ -> new OrderCharge(UUID.randomUUID(), UUID.randomUUID(), 1000))
                .toList();

        books.charge(orders, new Shares(90, 30, 200));
        books.charge(orders, new Shares(90, 30, 200));

        assertThat(books.leader()).isEqualTo(90);
        assertThat(books.fund()).isEqualTo(30);
        assertThat(books.courier()).isEqualTo(200);
        assertThat(books.supplier()).isEqualTo(2680);
    }

    @Test
    void shares_above_what_the_orders_cost_are_a_bug() {
        assertThatThrownBy(() -> books.charge(
                        List.of(new OrderCharge(order.id(), order.household(), 100)), new Shares(101, 0, 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_donated_round_costs_nothing_and_posts_nothing() {
        books.charge(order, 0);

        assertThat(books.number("SELECT count(*) FROM posting WHERE community_id = ?", books.community()))
                .isZero();
    }

    @Test
    void a_prepaid_order_that_comes_short_goes_back_through_the_provider() {
        books.pay(order, 700, prepaid);
        books.charge(order, 700);
        books.refund("a", order, 200, Reason.SHORT);

        assertThat(books.household(order)).isEqualTo(200);
        assertThat(books.supplier()).isEqualTo(500);
        Await.untilAsserted(
                Duration.ofSeconds(15), () -> assertThat(books.requested(order)).containsExactly(200L));

        books.providerPaidBack(books.refundOf(order));
        books.providerPaidBack(books.refundOf(order));

        assertThat(books.household(order)).isZero();
        assertThat(books.clearing()).isEqualTo(-500);
    }

    @Test
    void what_was_paid_in_cash_the_leader_owes_until_it_is_handed_back() {
        books.pay(order, 700, books.cash());
        books.charge(order, 700);
        books.refund("a", order, 200, Reason.DAMAGED);

        assertThat(books.leader()).isEqualTo(-700);
        assertThat(books.household(order)).isEqualTo(200);

        assertThat(books.handBack(order)).isEqualTo(1);
        assertThat(books.handBack(order)).isZero();

        assertThat(books.leader()).isEqualTo(-500);
        assertThat(books.household(order)).isZero();
        assertThat(books.requested(order)).isEmpty();
    }

    @Test
    void an_unpaid_order_owes_less_when_it_comes_short() {
        books.charge(order, 700);
        books.refund("a", order, 200, Reason.TIER_DIFFERENCE);

        assertThat(books.household(order)).isEqualTo(-500);
        assertThat(books.supplier()).isEqualTo(500);
    }

    @Test
    void a_failed_group_buy_gives_everything_back_and_its_supplier_was_never_owed() {
        books.pay(order, 700, prepaid);
        books.refund("a", order, 700, Reason.FAILED);
        books.refund("a", order, 700, Reason.FAILED);
        books.refund("b", order, 700, Reason.CANCELLED);
        books.providerPaidBack(books.refundOf(order, "a"));

        assertThat(books.household(order)).isZero();
        assertThat(books.clearing()).isZero();
        assertThat(books.supplier()).isZero();
    }

    @Test
    void an_order_is_paid_once_however_the_second_payment_comes() {
        assertThat(books.pay(order, 700, books.cash())).isTrue();

        assertThat(books.pay(order, 700, books.cash())).isFalse();
        assertThat(books.pay(order, 700, prepaid)).isFalse();

        assertThat(books.household(order)).isEqualTo(700);
        assertThat(books.leader()).isEqualTo(-700);
    }

    @Test
    void a_prepayment_for_an_order_that_is_paid_already_goes_back_whole_and_once() {
        books.pay(order, 700, books.cash());

        books.sendBack(order, 700, prepaid);
        books.sendBack(order, 700, prepaid);

        assertThat(books.clearing()).isEqualTo(-700);
        assertThat(books.number("SELECT paid_fen - refunded_fen FROM order_balance WHERE order_id = ?", order.id()))
                .isEqualTo(700);
        Await.untilAsserted(
                Duration.ofSeconds(15), () -> assertThat(books.requested(order)).containsExactly(700L));

        books.providerPaidBack(books.refundOf(order));

        assertThat(books.clearing()).isZero();
        assertThat(books.household(order)).isEqualTo(700);
    }

    @Test
    void three_thousand_orders_are_charged_and_ten_thousand_lines_refunded_in_seconds() {
        var orders = IntStream.range(0, 3_000).mapToObj(_ -> Order.next()).toList();
        var charges = orders.stream()
                .map(each -> new OrderCharge(each.id(), each.household(), 1000))
                .toList();
        var refunds = IntStream.range(0, 10_000)
                .mapToObj(line -> books.asRefund("line-" + line, orders.get(line % 3_000), 50, Reason.TIER_DIFFERENCE))
                .toList();
        var start = System.nanoTime();

        books.charge(charges, new Shares(3_000, 0, 0));
        books.refund(refunds);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(books.supplier()).isEqualTo(3_000_000 - 3_000 - 500_000);
    }
}
