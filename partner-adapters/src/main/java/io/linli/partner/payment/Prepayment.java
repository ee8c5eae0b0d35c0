package io.linli.partner.payment;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One prepayment: prepared with the provider once, then paid, or closed when nobody paid in time. That money arrived
/// beats whatever else was said before, because it did arrive.
sealed interface Prepayment {
    Charge charge();

    /// Waits for the provider to take it; `problem` says why the last attempt did not succeed.
    record ToPrepare(Charge charge, @Nullable String problem) implements Prepayment {}

    /// Can be paid at `payUrl`, or with `prepayId` in the mini-program.
    record Payable(Charge charge, String prepayId, String payUrl) implements Prepayment {}

    record Paid(Charge charge, Instant paidAt) implements Prepayment {}

    /// Cannot be paid any more.
    record Closed(Charge charge, String reason) implements Prepayment {}

    sealed interface Command {
        record Prepare(String prepayId, String payUrl) implements Command {}

        record Postpone(String problem) implements Command {}

        record Succeed(long amountFen, Instant paidAt) implements Command {}

        record Close(String reason) implements Command {}
    }

    sealed interface Decision {
        record Accepted(Prepayment next, List<PaymentEvent> events) implements Decision {}

        record Rejected(Reason reason) implements Decision {}
    }

    enum Reason {
        ALREADY_PREPARED,
        ALREADY_PAID,
        ALREADY_CLOSED,
        AMOUNT_DIFFERS
    }

    static Decision decide(Prepayment prepayment, Command command) {
        return switch (command) {
            case Command.Prepare(var prepayId, var payUrl) ->
                whileToPrepare(prepayment, new Payable(prepayment.charge(), prepayId, payUrl));
            case Command.Postpone(var problem) ->
                whileToPrepare(prepayment, new ToPrepare(prepayment.charge(), problem));
            case Command.Succeed succeed -> succeed(prepayment, succeed);
            case Command.Close(var reason) -> close(prepayment, reason);
        };
    }

    private static Decision whileToPrepare(Prepayment prepayment, Prepayment next) {
        return switch (prepayment) {
            case ToPrepare _ -> new Decision.Accepted(next, List.of());
            case Payable _ -> new Decision.Rejected(Reason.ALREADY_PREPARED);
            case Paid _ -> new Decision.Rejected(Reason.ALREADY_PAID);
            case Closed _ -> new Decision.Rejected(Reason.ALREADY_CLOSED);
        };
    }

    private static Decision succeed(Prepayment prepayment, Command.Succeed succeed) {
        return switch (prepayment) {
            case Prepayment _
            when succeed.amountFen() != prepayment.charge().amountFen() -> new Decision.Rejected(Reason.AMOUNT_DIFFERS);
            case Paid _ -> new Decision.Rejected(Reason.ALREADY_PAID);
            case ToPrepare _, Payable _, Closed _ ->
                new Decision.Accepted(
                        new Paid(prepayment.charge(), succeed.paidAt()),
                        List.of(PaymentEvent.PaymentSucceeded.of(prepayment.charge(), succeed.paidAt())));
        };
    }

    private static Decision close(Prepayment prepayment, String reason) {
        return switch (prepayment) {
            case ToPrepare _, Payable _ ->
                new Decision.Accepted(
                        new Closed(prepayment.charge(), reason),
                        List.of(PaymentEvent.PaymentFailed.of(prepayment.charge(), reason)));
            case Paid _ -> new Decision.Rejected(Reason.ALREADY_PAID);
            case Closed _ -> new Decision.Rejected(Reason.ALREADY_CLOSED);
        };
    }
}
