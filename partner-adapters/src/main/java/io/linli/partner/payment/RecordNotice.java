package io.linli.partner.payment;

import io.linli.kit.data.Transactions;
import io.linli.kit.messaging.Outbox;
import io.linli.partner.payment.PaymentEvent.PaymentRefunded;
import io.linli.partner.payment.PaymentRefunds.Refund;
import io.linli.partner.payment.Prepayment.Command;
import io.linli.partner.payment.Prepayment.Decision;
import io.linli.partner.payment.Prepayment.Reason;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Takes what the provider says, by webhook or when asked, however often, late, and in whatever sequence: each payment
/// succeeds once, each refund goes back once.
@Service
class RecordNotice {
    private static final Logger log = LoggerFactory.getLogger(RecordNotice.class);

    private final Transactions transactions;
    private final Prepayments prepayments;
    private final PaymentRefunds refunds;
    private final MovePayment movePayment;
    private final Outbox outbox;

    RecordNotice(
            Transactions transactions,
            Prepayments prepayments,
            PaymentRefunds refunds,
            MovePayment movePayment,
            Outbox outbox) {
        this.transactions = transactions;
        this.prepayments = prepayments;
        this.refunds = refunds;
        this.movePayment = movePayment;
        this.outbox = outbox;
    }

    enum Result {
        KEPT,
        REFERENCE_UNKNOWN,
        AMOUNT_DIFFERS
    }

    Mono<Result> handle(Notice notice) {
        return switch (notice.kind()) {
            case "paid" -> move(notice, new Command.Succeed(notice.amountFen(), notice.occurredAt()));
            case "closed" -> move(notice, new Command.Close("expired"));
            case "refunded" -> refunded(notice);
            default -> {
                log.warn("a notice of kind {} about {} is not understood", notice.kind(), notice.reference());
                yield Mono.just(Result.KEPT);
            }
        };
    }

    private Mono<Result> move(Notice notice, Command command) {
        return transactions
                .acrossCommunities(() -> prepayments.find(notice.reference()))
                .flatMap(charge -> movePayment.handle(charge, command))
                .map(RecordNotice::toResult)
                .defaultIfEmpty(Result.REFERENCE_UNKNOWN);
    }

    private static Result toResult(Decision decision) {
        return switch (decision) {
            case Decision.Rejected(var reason) when reason == Reason.AMOUNT_DIFFERS -> Result.AMOUNT_DIFFERS;
            case Decision.Rejected _, Decision.Accepted _ -> Result.KEPT;
        };
    }

    private Mono<Result> refunded(Notice notice) {
        return transactions
                .acrossCommunities(() -> refunds.find(notice.reference()))
                .flatMap(refund -> refund.amountFen() == notice.amountFen()
                        ? refunded(refund, notice.occurredAt()).thenReturn(Result.KEPT)
                        : Mono.just(Result.AMOUNT_DIFFERS))
                .defaultIfEmpty(Result.REFERENCE_UNKNOWN);
    }

    /// A refund has gone back; told once.
    Mono<Void> refunded(Refund refund, Instant at) {
        var event = new PaymentRefunded(refund.payment(), refund.order(), refund.id(), refund.amountFen(), at);
        return transactions.in(
                refund.community(),
                () -> refunds.markRefunded(refund.id(), at)
                        .filter(news -> news)
                        .flatMap(_ -> outbox.publish(PaymentEvent.in(refund.community(), event))));
    }
}
