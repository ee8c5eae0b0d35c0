package io.linli.groupbuy.settlement;

import static io.linli.groupbuy.Neighbourhood.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.settlement.Books.Order;
import io.linli.groupbuy.settlement.Refund.Reason;
import io.linli.kit.testing.ServiceUnderTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Two hundred at the same moment; afterwards the tables must add up.
class RefundRaceTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service()
            .with("linli.database.acquire-timeout", "20s")
            .with("linli.database.lock-timeout", "20s")
            .with("linli.database.transaction-timeout", "25s")
            .with("linli.database.statement-timeout", "20s");

    private final Order order = Order.next();
    private final Means prepaid = new Means.Prepaid(UUID.randomUUID());
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
    void two_hundred_refunds_of_one_order_give_back_what_was_paid_and_no_more() {
        books.pay(order, 700, new Means.Prepaid(UUID.randomUUID()));
        books.charge(order, 700);

        together(clients(number -> books.refund("line-" + number, order, 10, Reason.DAMAGED)));

        assertThat(balance("refunded_fen")).isEqualTo(700);
        assertThat(balance("charged_fen")).isZero();
        assertThat(books.supplier()).isZero();
        assertThat(books.number("SELECT sum(paid_back_fen) FROM refund WHERE order_id = ?", order.id()))
                .isEqualTo(700);
    }

    @Test
    void one_refund_sent_two_hundred_times_is_given_once() {
        books.pay(order, 700, new Means.Prepaid(UUID.randomUUID()));
        books.charge(order, 700);

        together(clients(_ -> books.refund("line", order, 10, Reason.SHORT)));

        assertThat(balance("refunded_fen")).isEqualTo(10);
        assertThat(books.supplier()).isEqualTo(690);
    }

    @Test
    void two_hundred_payments_of_one_order_charge_it_once() {
        var recorded = together(IntStream.range(0, 200)
                .<Callable<Boolean>>mapToObj(number -> () ->
                        books.pay(order, 700, number % 2 == 0 ? books.cash() : new Means.Prepaid(UUID.randomUUID())))
                .toList());

        assertThat(recorded).containsOnlyOnce(true);
        assertThat(books.household(order)).isEqualTo(700);
        assertThat(balance("paid_fen")).isEqualTo(700);
    }

    @Test
    void a_late_payment_told_two_hundred_times_goes_back_once() {
        together(clients(_ -> books.sendBack(order, 700, prepaid)));

        assertThat(balance("refunded_fen")).isEqualTo(700);
        assertThat(books.clearing()).isEqualTo(-700);
        assertThat(books.number("SELECT count(*) FROM refund WHERE order_id = ?", order.id()))
                .isEqualTo(1);
    }

    @Test
    void refunds_of_many_orders_in_any_sequence_do_not_deadlock() {
        var orders = IntStream.range(0, 20).mapToObj(_ -> Order.next()).toList();
        orders.forEach(each -> books.pay(each, 1_000_000, new Means.Prepaid(UUID.randomUUID())));

        together(clients(number -> {
            var refunds = new ArrayList<>(orders.stream()
                    .map(each -> books.asRefund("round-" + number + "-" + each.id(), each, 1, Reason.DAMAGED))
                    .toList());
            Collections.rotate(refunds, number);
            books.refund(refunds);
        }));

        assertThat(books.number(
                        "SELECT min(refunded_fen) FROM order_balance WHERE community_id = ?", books.community()))
                .isEqualTo(200);
    }

    private long balance(String column) {
        return books.number("SELECT " + column + " FROM order_balance WHERE order_id = ?", order.id());
    }

    private static List<Callable<Boolean>> clients(java.util.function.IntConsumer client) {
        return IntStream.range(0, 200)
                .<Callable<Boolean>>mapToObj(number -> () -> {
                    client.accept(number);
                    return true;
                })
                .toList();
    }
}
