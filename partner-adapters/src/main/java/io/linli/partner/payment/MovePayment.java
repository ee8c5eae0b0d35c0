package io.linli.partner.payment;

import io.linli.kit.data.Transactions;
import io.linli.kit.messaging.Outbox;
import io.linli.partner.PartnerSettings;
import io.linli.partner.payment.Prepayment.Command;
import io.linli.partner.payment.Prepayment.Decision;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Moves one payment on in a transaction of its own, and tells what came of it. What is heard twice or too late changes
/// nothing.
@Service
class MovePayment {
    private static final Logger log = LoggerFactory.getLogger(MovePayment.class);

    private final Transactions transactions;
    private final Prepayments prepayments;
    private final Outbox outbox;
    private final Clock clock;
    private final Duration silence;

    MovePayment(
            Transactions transactions, Prepayments prepayments, Outbox outbox, Clock clock, PartnerSettings settings) {
        this.transactions = transactions;
        this.prepayments = prepayments;
        this.outbox = outbox;
        this.clock = clock;
        this.silence = Duration.ofMillis(settings.payments().silenceMillis());
    }

    /// @param again the wait before it is tried again, where that is what came of it
    Mono<Decision> handle(Charge charge, Command command, Duration again) {
        return transactions.in(
                charge.community(),
                () -> prepayments
                        .lock(charge.id())
                        .map(held -> Prepayment.decide(held, command))
                        .flatMap(decision -> store(charge, decision, again).thenReturn(decision)));
    }

    Mono<Decision> handle(Charge charge, Command command) {
        return handle(charge, command, silence);
    }

    private Mono<Void> store(Charge charge, Decision decision, Duration again) {
        return switch (decision) {
            case Decision.Accepted(var next, var events) ->
                prepayments
                        .save(next, due(next, again))
                        .then(outbox.publish(events.stream()
                                .map(event -> PaymentEvent.in(charge.community(), event))
                                .toList()));
            case Decision.Rejected(var reason) ->
                Mono.fromRunnable(() -> log.info("payment {} stays as it is: {}", charge.id(), reason));
        };
    }

    private Instant due(Prepayment next, Duration again) {
        return clock.instant().plus(next instanceof Prepayment.ToPrepare ? again : silence);
    }
}
