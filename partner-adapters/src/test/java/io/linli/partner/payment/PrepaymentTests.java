package io.linli.partner.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.partner.payment.PaymentEvent.PaymentFailed;
import io.linli.partner.payment.PaymentEvent.PaymentSucceeded;
import io.linli.partner.payment.Prepayment.Closed;
import io.linli.partner.payment.Prepayment.Command;
import io.linli.partner.payment.Prepayment.Decision;
import io.linli.partner.payment.Prepayment.Paid;
import io.linli.partner.payment.Prepayment.Payable;
import io.linli.partner.payment.Prepayment.Reason;
import io.linli.partner.payment.Prepayment.ToPrepare;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrepaymentTests {
    private static final UUID ID = UUID.randomUUID();
    private static final Instant AT = Instant.parse("2026-11-24T12:05:00Z");
    private static final Charge CHARGE = new Charge(ID, ID, ID, ID, ID, "周二蔬菜", 1900, AT.plusSeconds(600), AT);

    private static final Prepayment TO_PREPARE = new ToPrepare(CHARGE, null);
    private static final Prepayment PAYABLE = new Payable(CHARGE, "PP1", "https://pay/PP1");
    private static final Prepayment PAID = new Paid(CHARGE, AT);
    private static final Prepayment CLOSED = new Closed(CHARGE, "expired");

    private static final Command PREPARE = new Command.Prepare("PP1", "https://pay/PP1");
    private static final Command POSTPONE = new Command.Postpone("no answer");
    private static final Command SUCCEED = new Command.Succeed(1900, AT);
    private static final Command CLOSE = new Command.Close("expired");

    static Stream<Object[]> moves() {
        return Stream.of(
                new Object[] {TO_PREPARE, PREPARE, PAYABLE},
                new Object[] {TO_PREPARE, POSTPONE, new ToPrepare(CHARGE, "no answer")},
                new Object[] {TO_PREPARE, SUCCEED, PAID},
                new Object[] {TO_PREPARE, CLOSE, CLOSED},
                new Object[] {PAYABLE, SUCCEED, PAID},
                new Object[] {PAYABLE, CLOSE, CLOSED},
                new Object[] {CLOSED, SUCCEED, PAID});
    }

    @ParameterizedTest
    @MethodSource("moves")
    void a_payment_moves_on(Prepayment before, Command command, Prepayment after) {
        assertThat(Prepayment.decide(before, command))
                .isInstanceOfSatisfying(
                        Decision.Accepted.class,
                        accepted -> assertThat(accepted.next()).isEqualTo(after));
    }

    static Stream<Object[]> refusals() {
        return Stream.of(
                new Object[] {PAYABLE, PREPARE, Reason.ALREADY_PREPARED},
                new Object[] {PAYABLE, POSTPONE, Reason.ALREADY_PREPARED},
                new Object[] {PAID, PREPARE, Reason.ALREADY_PAID},
                new Object[] {PAID, POSTPONE, Reason.ALREADY_PAID},
                new Object[] {PAID, SUCCEED, Reason.ALREADY_PAID},
                new Object[] {PAID, CLOSE, Reason.ALREADY_PAID},
                new Object[] {CLOSED, PREPARE, Reason.ALREADY_CLOSED},
                new Object[] {CLOSED, POSTPONE, Reason.ALREADY_CLOSED},
                new Object[] {CLOSED, CLOSE, Reason.ALREADY_CLOSED},
                new Object[] {PAID, new Command.Succeed(1899, AT), Reason.AMOUNT_DIFFERS},
                new Object[] {PAYABLE, new Command.Succeed(1899, AT), Reason.AMOUNT_DIFFERS});
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void what_does_not_fit_changes_nothing(Prepayment before, Command command, Reason reason) {
        assertThat(Prepayment.decide(before, command)).isEqualTo(new Decision.Rejected(reason));
    }

    @Test
    void success_and_failure_are_told_and_late_success_too() {
        assertThat(events(PAYABLE, SUCCEED)).containsExactly(new PaymentSucceeded(ID, ID, 1900, AT));
        assertThat(events(CLOSED, SUCCEED)).containsExactly(new PaymentSucceeded(ID, ID, 1900, AT));
        assertThat(events(PAYABLE, CLOSE)).containsExactly(new PaymentFailed(ID, ID, "expired"));
        assertThat(events(TO_PREPARE, PREPARE)).isEmpty();
    }

    private static List<PaymentEvent> events(Prepayment before, Command command) {
        return ((Decision.Accepted) Prepayment.decide(before, command)).events();
    }
}
