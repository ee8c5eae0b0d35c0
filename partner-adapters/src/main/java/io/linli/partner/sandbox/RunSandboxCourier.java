package io.linli.partner.sandbox;

import io.linli.kit.data.Transactions;
import io.linli.partner.PartnerSettings;
import io.linli.partner.WebhookSecret;
import io.linli.partner.sandbox.SandboxBookings.Report;
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

/// The simulated courier at work: it carries every booking on, and tells each status over a signed webhook until that
/// is answered with 2xx. Its books are in the database, so it goes on where it was after any crash.
@Component
@InSandbox
class RunSandboxCourier {
    private static final Logger log = LoggerFactory.getLogger(RunSandboxCourier.class);
    private static final Duration CLAIM = Duration.ofSeconds(15);
    private static final int PARALLEL = 4;

    private final Transactions transactions;
    private final SandboxBookings bookings;
    private final SignedSender sender;
    private final JsonMapper json;
    private final Clock clock;
    private final PartnerSettings settings;
    private final WebhookSecret secret;

    RunSandboxCourier(
            Transactions transactions,
            SandboxBookings bookings,
            SignedSender sender,
            JsonMapper json,
            Clock clock,
            PartnerSettings settings) {
        this.transactions = transactions;
        this.bookings = bookings;
        this.json = json;
        this.clock = clock;
        this.settings = settings;
        this.secret = new WebhookSecret(settings.courierWebhookSecret());
        this.sender = sender;
    }

    private record Message(String eventId, String waybill, String status, Instant occurredAt) {}

    @Scheduled(fixedDelayString = "${linli.partner.sandbox-poll-millis}")
    Mono<Void> carryOn() {
        return transactions.acrossCommunities(this::advance).then().onErrorResume(RunSandboxCourier::pause);
    }

    @Scheduled(fixedDelayString = "${linli.partner.sandbox-poll-millis}")
    Mono<Void> tell() {
        return transactions
                .acrossCommunities(this::claim)
                .flatMapMany(Flux::fromIterable)
                .flatMap(this::tell, PARALLEL)
                .then()
                .onErrorResume(RunSandboxCourier::pause);
    }

    private Mono<Long> advance() {
        var now = clock.instant();
        return bookings.advance(now, now.plusMillis(settings.sandboxStepMillis()), settings.sandboxBatch());
    }

    private Mono<List<Report>> claim() {
        var now = clock.instant();
        return bookings.claimUntold(now, now.plus(CLAIM), settings.sandboxBatch());
    }

    private Mono<Void> tell(Report report) {
        return send(report)
                .flatMap(answered -> transactions.acrossCommunities(() -> answered
                        ? bookings.told(report.eventId())
                        : bookings.tellAgain(
                                report.eventId(), clock.instant().plus(sender.backoff(report.attempts())))))
                .onErrorResume(RunSandboxCourier::pause);
    }

    private Mono<Boolean> send(Report report) {
        var body = json.writeValueAsString(
                new Message(report.eventId(), report.waybill(), report.status(), report.occurredAt()));
        return sender.send("/webhooks/couriers/generic", secret, report.eventId(), body);
    }

    private static Mono<Void> pause(Throwable failure) {
        log.warn("the simulated courier pauses until the next round: {}", failure.toString());
        return Mono.empty();
    }
}
