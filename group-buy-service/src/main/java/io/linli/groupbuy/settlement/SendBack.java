package io.linli.groupbuy.settlement;

import io.linli.groupbuy.settlement.Refund.Reason;
import io.linli.groupbuy.settlement.RefundDecision.Granted;
import io.linli.kit.data.Ids;
import io.linli.kit.messaging.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// A prepayment arrived that its order cannot take any more, because it was released or is paid already: it goes back
/// whole. Inside the caller's transaction; done twice it is done once.
@Service
public class SendBack {
    private final Balances balances;
    private final Refunds refunds;
    private final Ledger ledger;
    private final Outbox outbox;

    SendBack(Balances balances, Refunds refunds, Ledger ledger, Outbox outbox) {
        this.balances = balances;
        this.refunds = refunds;
        this.ledger = ledger;
        this.outbox = outbox;
    }

    /// @param payment one that is prepaid
    public Mono<Void> handle(Payment payment, Instant now) {
        return switch (payment.means()) {
            case Means.Prepaid(var prepayment) -> handle(payment, prepayment, now);
            case Means.Cash _ -> Mono.error(new IllegalArgumentException("cash is given back by hand"));
        };
    }

    private Mono<Void> handle(Payment payment, UUID prepayment, Instant now) {
        var refund = new Refund(
                "late-payment:" + prepayment,
                payment.community(),
                payment.groupBuy(),
                payment.order(),
                payment.household(),
                null,
                null,
                payment.fen(),
                Reason.LATE_PAYMENT);
        var granted = new Granted(Ids.next(), refund, 0, payment.fen(), payment.means(), null);
        return refunds.insert(List.of(granted), now)
                .filter(fresh -> fresh == 1)
                .flatMap(_ -> store(granted, payment, prepayment));
    }

    private Mono<Void> store(Granted granted, Payment payment, UUID prepayment) {
        var asked = RefundEvent.requested(granted.id(), prepayment, granted.refund(), granted.paidBack());
        return balances.passThrough(payment, prepayment)
                .then(ledger.post(List.of(payment.toTransaction())))
                .then(outbox.publish(asked));
    }
}
