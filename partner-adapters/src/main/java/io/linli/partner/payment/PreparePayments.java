package io.linli.partner.payment;

import io.linli.kit.data.Transactions;
import io.linli.partner.PartnerSettings;
import io.linli.partner.payment.Prepayment.Command;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Orders with the provider what waits for it, until it would be too late to pay. A crash after the call orders again
/// under the same reference, which is the same prepayment.
@Component
class PreparePayments {
    private static final Logger log = LoggerFactory.getLogger(PreparePayments.class);

    private final Transactions transactions;
    private final Prepayments prepayments;
    private final PaymentProvider provider;
    private final MovePayment movePayment;
    private final Clock clock;
    private final PartnerSettings.Payments settings;

    PreparePayments(
            Transactions transactions,
            Prepayments prepayments,
            PaymentProvider provider,
            MovePayment movePayment,
            Clock clock,
            PartnerSettings settings) {
        this.transactions = transactions;
        this.prepayments = prepayments;
        this.provider = provider;
        this.movePayment = movePayment;
        this.clock = clock;
        this.settings = settings.payments();
    }

    @Scheduled(fixedDelayString = "${linli.partner.payments.poll-millis}")
    Mono<Void> prepareDue() {
        return transactions
                .acrossCommunities(this::claim)
                .flatMapMany(Flux::fromIterable)
                .flatMap(this::prepare, settings.parallel())
                .then()
                .onErrorResume(failure -> {
                    log.warn("preparing payments pauses until the next round: {}", failure.toString());
                    return Mono.empty();
                });
    }

    private Mono<List<Prepayments.Row>> claim() {
        var now = clock.instant();
        return prepayments.claimToPrepare(now, now.plusMillis(settings.claimMillis()), settings.batch());
    }

    private Mono<Void> prepare(Prepayments.Row row) {
        var charge = row.prepayment().charge();
        return request(charge)
                .flatMap(command -> movePayment.handle(charge, command, settings.retryAfter(row.attempts())))
                .then()
                .onErrorResume(failure -> {
                    log.warn("payment {} waits for its claim to end: {}", charge.id(), failure.toString());
                    return Mono.empty();
                });
    }

    private Mono<Command> request(Charge charge) {
        return clock.instant().isBefore(charge.payBy())
                ? provider.requestPrepayment(charge).map(PreparePayments::toCommand)
                : Mono.just(new Command.Close("expired"));
    }

    private static Command toCommand(ProviderAnswer answer) {
        return switch (answer) {
            case ProviderAnswer.Prepared(var prepayId, var payUrl) -> new Command.Prepare(prepayId, payUrl);
            case ProviderAnswer.Refused _ -> new Command.Close("refused");
            case ProviderAnswer.Unavailable(var problem) -> new Command.Postpone(problem);
            case ProviderAnswer.Taken _, ProviderAnswer.Refunded _ ->
                throw new IllegalStateException("a prepayment is not answered as a refund");
        };
    }
}
