package io.linli.partner.payment;

import io.linli.kit.data.Transactions;
import io.linli.partner.PartnerSettings;
import io.linli.partner.payment.Prepayment.Command;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Asks the provider for what only it knows: how a payment stands of which nothing was heard, the net below its
/// notices, and refunds, until it says that they have gone back.
@Component
class AskProvider {
    private static final Logger log = LoggerFactory.getLogger(AskProvider.class);

    private final Transactions transactions;
    private final Prepayments prepayments;
    private final PaymentRefunds refunds;
    private final PaymentProvider provider;
    private final RecordNotice recordNotice;
    private final MovePayment movePayment;
    private final Clock clock;
    private final PartnerSettings.Payments settings;

    AskProvider(
            Transactions transactions,
            Prepayments prepayments,
            PaymentRefunds refunds,
            PaymentProvider provider,
            RecordNotice recordNotice,
            MovePayment movePayment,
            Clock clock,
            PartnerSettings settings) {
        this.transactions = transactions;
        this.prepayments = prepayments;
        this.refunds = refunds;
        this.provider = provider;
        this.recordNotice = recordNotice;
        this.movePayment = movePayment;
        this.clock = clock;
        this.settings = settings.payments();
    }

    @Scheduled(fixedDelayString = "${linli.partner.payments.poll-millis}")
    Mono<Void> askAboutSilent() {
        return transactions
                .acrossCommunities(this::claimSilent)
                .flatMapMany(Flux::fromIterable)
                .flatMap(this::ask, settings.parallel())
                .then()
                .onErrorResume(AskProvider::pause);
    }

    @Scheduled(fixedDelayString = "${linli.partner.payments.poll-millis}")
    Mono<Void> askForRefunds() {
        return transactions
                .acrossCommunities(this::claimRefunds)
                .flatMapMany(Flux::fromIterable)
                .flatMap(this::ask, settings.parallel())
                .then()
                .onErrorResume(AskProvider::pause);
    }

    private Mono<List<Prepayments.Row>> claimSilent() {
        var now = clock.instant();
        return prepayments.claimSilent(now, now.plusMillis(settings.silenceMillis()), settings.batch());
    }

    private Mono<List<PaymentRefunds.Row>> claimRefunds() {
        var now = clock.instant();
        return refunds.claimDue(now, now.plusMillis(settings.claimMillis()), settings.batch());
    }

    private Mono<Void> ask(Prepayments.Row row) {
        var charge = row.prepayment().charge();
        return provider.requestNotices(charge.id())
                .flatMap(notices -> record(charge, notices))
                .onErrorResume(AskProvider::pause);
    }

    /// A provider that answers, and has nothing to say of a payment whose time is over, will not say that it is closed.
    /// One that does not answer is asked again, however late: somebody may have paid.
    private Mono<Void> record(Charge charge, List<Notice> notices) {
        return Flux.fromIterable(notices)
                .filter(notice -> notice.reference().equals(charge.id()))
                .concatMap(recordNotice::handle)
                .hasElements()
                .filter(heard -> !heard && isOver(charge))
                .flatMap(_ -> movePayment.handle(charge, new Command.Close("expired")))
                .then();
    }

    private boolean isOver(Charge charge) {
        return clock.instant().isAfter(charge.payBy().plusMillis(settings.expiredAfterMillis()));
    }

    private Mono<Void> ask(PaymentRefunds.Row row) {
        return provider.requestRefund(row.refund())
                .flatMap(answer -> record(row, answer))
                .onErrorResume(AskProvider::pause);
    }

    private Mono<Void> record(PaymentRefunds.Row row, ProviderAnswer answer) {
        return switch (answer) {
            case ProviderAnswer.Refunded(var at) -> recordNotice.refunded(row.refund(), at);
            case ProviderAnswer.Taken _ -> askAgain(row, true, Duration.ofMillis(settings.silenceMillis()));
            case ProviderAnswer.Unavailable _ -> askAgain(row, false, settings.retryAfter(row.attempts()));
            // The household is owed this money: an operator has to look, and it is asked for as long as it takes.
            case ProviderAnswer.Refused(var reason) -> {
                log.error(
                        "refund {} of payment {}: {}",
                        row.refund().id(),
                        row.refund().payment(),
                        reason);
                yield askAgain(row, false, Duration.ofMillis(settings.retryMaxMillis()));
            }
            case ProviderAnswer.Prepared _ ->
                Mono.error(new IllegalStateException("a refund is not answered as a prepayment"));
        };
    }

    private Mono<Void> askAgain(PaymentRefunds.Row row, boolean taken, Duration wait) {
        Instant next = clock.instant().plus(wait);
        return transactions.in(
                row.refund().community(), () -> refunds.askAgain(row.refund().id(), taken, next));
    }

    private static Mono<Void> pause(Throwable failure) {
        log.warn("the payment provider is asked again later: {}", failure.toString());
        return Mono.empty();
    }
}
