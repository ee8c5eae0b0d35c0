package io.linli.partner.sandbox;

import io.linli.kit.data.Transactions;
import io.linli.kit.web.Problem;
import io.linli.partner.PartnerSettings;
import io.linli.partner.api.PaymentNotice;
import io.linli.partner.api.PrepaymentRequest;
import io.linli.partner.api.PrepaymentStanding;
import io.linli.partner.api.RefundRequest;
import io.linli.partner.api.RefundStanding;
import io.linli.partner.api.SandboxPayment;
import io.linli.partner.api.SandboxPaymentsApi;
import io.linli.partner.sandbox.SandboxPayments.Asked;
import io.linli.partner.sandbox.SandboxPayments.Prepayment;
import io.linli.partner.sandbox.SandboxPayments.Refund;
import io.linli.partner.sandbox.TellPayments.Manner;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// The simulated payment provider: its REST API, and the page on which a resident pays.
@RestController
@InSandbox
class SandboxPaymentsController implements SandboxPaymentsApi {
    private final Transactions transactions;
    private final SandboxPayments payments;
    private final TellPayments tellPayments;
    private final Clock clock;
    private final PartnerSettings settings;

    SandboxPaymentsController(
            Transactions transactions,
            SandboxPayments payments,
            TellPayments tellPayments,
            Clock clock,
            PartnerSettings settings) {
        this.transactions = transactions;
        this.payments = payments;
        this.tellPayments = tellPayments;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public Mono<PrepaymentStanding> orderSandboxPrepayment(Mono<PrepaymentRequest> body, ServerWebExchange exchange) {
        return body.map(request -> new Asked(
                        request.getReference().toString(),
                        request.getTitle(),
                        request.getAmountFen(),
                        request.getExpiresAt()))
                .flatMap(asked -> transactions.acrossCommunities(
                        () -> payments.add(asked).then(payments.find(asked.reference()))))
                .map(this::toStanding);
    }

    @Override
    public Mono<PrepaymentStanding> getSandboxPrepayment(UUID reference, ServerWebExchange exchange) {
        return transactions
                .acrossCommunities(() -> payments.find(reference.toString()))
                .switchIfEmpty(notFound(reference.toString()))
                .map(this::toStanding);
    }

    @Override
    public Mono<RefundStanding> refundSandboxPrepayment(
            UUID reference, Mono<RefundRequest> body, ServerWebExchange exchange) {
        return body.map(request -> new Refund(
                        request.getReference().toString(),
                        request.getAmountFen(),
                        clock.instant().plusMillis(settings.sandboxStepMillis())))
                .flatMap(refund -> transactions.acrossCommunities(() -> refund(reference.toString(), refund)))
                .map(this::toStanding);
    }

    private Mono<Refund> refund(String payment, Refund asked) {
        return payments.refund(payment, asked)
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "refund-refused")))
                .flatMap(given -> given.fresh()
                        ? tellPayments.refunded(given.refund()).thenReturn(given.refund())
                        : Mono.just(given.refund()));
    }

    @Override
    public Mono<PrepaymentStanding> payInSandbox(
            String prepayId, Mono<SandboxPayment> body, ServerWebExchange exchange) {
        return body.flatMap(payment -> transactions.acrossCommunities(() -> settle(prepayId, payment)))
                .map(this::toStanding);
    }

    private Mono<Prepayment> settle(String prepayId, SandboxPayment payment) {
        var now = clock.instant();
        var settled = switch (Objects.requireNonNullElse(payment.getOutcome(), SandboxPayment.OutcomeEnum.PAID)) {
            case PAID -> payments.pay(prepayId, now);
            case CLOSED -> payments.close(prepayId, now);
        };
        return settled.flatMap(prepayment ->
                        tellPayments.settled(prepayment, toManner(payment)).thenReturn(prepayment))
                .switchIfEmpty(refuse(prepayId));
    }

    private Mono<Prepayment> refuse(String prepayId) {
        return payments.exists(prepayId)
                .flatMap(there ->
                        there ? Mono.error(Problem.of(HttpStatus.CONFLICT, "not-payable")) : notFound(prepayId));
    }

    private Manner toManner(SandboxPayment payment) {
        var usual = tellPayments.usual();
        var copies = Objects.requireNonNullElse(payment.getNoticeCopies(), usual.copies());
        var delay = Objects.requireNonNullElse(payment.getNoticeDelayMillis(), usual.delayMillis());
        return new Manner(copies, delay);
    }

    private PrepaymentStanding toStanding(Prepayment prepayment) {
        var payUrl = settings.sandboxUrl() + "/sandbox/payments/" + prepayment.prepayId() + "/payment";
        return new PrepaymentStanding(
                UUID.fromString(prepayment.reference()),
                prepayment.prepayId(),
                payUrl,
                PrepaymentStanding.StatusEnum.fromValue(prepayment.status()),
                prepayment.amountFen(),
                toNotices(prepayment));
    }

    private static List<PaymentNotice> toNotices(Prepayment prepayment) {
        return prepayment.status().equals("payable")
                ? List.of()
                : List.of(new PaymentNotice(
                        prepayment.status(),
                        UUID.fromString(prepayment.reference()),
                        prepayment.amountFen(),
                        prepayment.settledAt()));
    }

    private RefundStanding toStanding(Refund refund) {
        var standing = new RefundStanding(UUID.fromString(refund.reference()), refund.amountFen());
        return clock.instant().isBefore(refund.refundedAt()) ? standing : standing.refundedAt(refund.refundedAt());
    }

    private static <T> Mono<T> notFound(String what) {
        return Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "prepayment-not-found", what));
    }
}
