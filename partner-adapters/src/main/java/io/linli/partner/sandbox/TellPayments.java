package io.linli.partner.sandbox;

import io.linli.kit.data.Transactions;
import io.linli.partner.PartnerSettings;
import io.linli.partner.WebhookSecret;
import io.linli.partner.sandbox.SandboxPayments.Notice;
import io.linli.partner.sandbox.SandboxPayments.Prepayment;
import io.linli.partner.sandbox.SandboxPayments.Refund;
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
import tools.jackson.databind.json.JsonMapper;

/// The simulated payment provider at work: it closes what nobody paid in time, and tells what happened in signed
/// notices, each until it is answered with 2xx. Like a real one it tells some things twice, late, not in their order,
/// or not at all, as it is told to.
@Component
@InSandbox
class TellPayments {
    private static final Logger log = LoggerFactory.getLogger(TellPayments.class);
    private static final Duration CLAIM = Duration.ofSeconds(15);
    private static final int PARALLEL = 4;

    private final Transactions transactions;
    private final SandboxPayments payments;
    private final SignedSender sender;
    private final JsonMapper json;
    private final Clock clock;
    private final PartnerSettings settings;
    private final WebhookSecret secret;

    TellPayments(
            Transactions transactions,
            SandboxPayments payments,
            SignedSender sender,
            JsonMapper json,
            Clock clock,
            PartnerSettings settings) {
        this.transactions = transactions;
        this.payments = payments;
        this.sender = sender;
        this.json = json;
        this.clock = clock;
        this.settings = settings;
        this.secret = new WebhookSecret(settings.payments().webhookSecret());
    }

    /// How something is told: zero copies are a lost notice.
    record Manner(int copies, int delayMillis) {}

    private record Message(String kind, String reference, long amountFen, Instant occurredAt) {}

    Manner usual() {
        return new Manner(
                settings.payments().sandboxNoticeCopies(), settings.payments().sandboxNoticeDelayMillis());
    }

    /// To be told: it was paid, or is closed. Inside the caller's transaction, as what follows.
    Mono<Void> settled(Prepayment prepayment, Manner manner) {
        var message = new Message(
                prepayment.status(), prepayment.reference(), prepayment.amountFen(), prepayment.settledAt());
        return add(message, clock.instant(), manner);
    }

    Mono<Void> refunded(Refund refund) {
        var message = new Message("refunded", refund.reference(), refund.amountFen(), refund.refundedAt());
        return add(message, refund.refundedAt(), usual());
    }

    private Mono<Void> add(Message message, Instant from, Manner manner) {
        return payments.addNotices(
                message.kind() + "-" + message.reference(),
                json.writeValueAsString(message),
                from.plusMillis(manner.delayMillis()),
                manner.copies());
    }

    @Scheduled(fixedDelayString = "${linli.partner.sandbox-poll-millis}")
    Mono<Void> expire() {
        return transactions
                .acrossCommunities(() -> payments.expire(clock.instant(), settings.sandboxBatch())
                        .concatMap(prepayment -> settled(prepayment, usual()))
                        .then())
                .onErrorResume(TellPayments::pause);
    }

    @Scheduled(fixedDelayString = "${linli.partner.sandbox-poll-millis}")
    Mono<Void> tell() {
        return transactions
                .acrossCommunities(this::claim)
                .flatMapMany(Flux::fromIterable)
                .flatMap(this::tell, PARALLEL)
                .then()
                .onErrorResume(TellPayments::pause);
    }

    private Mono<List<Notice>> claim() {
        var now = clock.instant();
        return payments.claimNotices(now, now.plus(CLAIM), settings.sandboxBatch());
    }

    private Mono<Void> tell(Notice notice) {
        return sender.send("/webhooks/payments/generic", secret, notice.noticeId(), notice.body())
                .flatMap(answered -> transactions.acrossCommunities(() -> payments.tellNext(
                        notice.number(), answered ? null : clock.instant().plus(sender.backoff(notice.attempts())))))
                .onErrorResume(TellPayments::pause);
    }

    private static Mono<Void> pause(Throwable failure) {
        log.warn("the simulated payment provider pauses until the next round: {}", failure.toString());
        return Mono.empty();
    }
}
