package io.linli.partner.sandbox;

import io.linli.kit.data.Transactions;
import io.linli.partner.PartnerSettings;
import io.linli.partner.WebhookSecret;
import io.linli.partner.sandbox.SandboxBookings.Report;
import io.netty.channel.ChannelOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

/// The simulated courier at work: it carries every booking on, and tells each status over a signed webhook until that
/// is answered with 2xx. Its books are in the database, so it goes on where it was after any crash.
@Component
@InSandbox
class RunSandboxCourier {
    private static final Logger log = LoggerFactory.getLogger(RunSandboxCourier.class);
    private static final Duration CALL_MAX = Duration.ofSeconds(5);
    private static final Duration CLAIM = Duration.ofSeconds(15);
    private static final long RETRY_MAX_MILLIS = 60_000;
    private static final int PARALLEL = 4;

    private final Transactions transactions;
    private final SandboxBookings bookings;
    private final WebClient http;
    private final JsonMapper json;
    private final Clock clock;
    private final PartnerSettings settings;
    private final WebhookSecret secret;

    RunSandboxCourier(
            Transactions transactions,
            SandboxBookings bookings,
            WebClient.Builder http,
            JsonMapper json,
            Clock clock,
            PartnerSettings settings) {
        this.transactions = transactions;
        this.bookings = bookings;
        this.json = json;
        this.clock = clock;
        this.settings = settings;
        this.secret = new WebhookSecret(settings.courierWebhookSecret());
        this.http = http.baseUrl(settings.sandboxUrl().toString())
                .clientConnector(new ReactorClientHttpConnector(HttpClient.create()
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CALL_MAX.toMillis())
                        .responseTimeout(CALL_MAX)))
                .build();
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
                        : bookings.tellAgain(report.eventId(), clock.instant().plus(backoff(report.attempts())))))
                .onErrorResume(RunSandboxCourier::pause);
    }

    private Mono<Boolean> send(Report report) {
        var body = json.writeValueAsString(
                new Message(report.eventId(), report.waybill(), report.status(), report.occurredAt()));
        long seconds = clock.instant().getEpochSecond();
        return http.post()
                .uri("/webhooks/couriers/generic")
                .contentType(MediaType.APPLICATION_JSON)
                .header("webhook-id", report.eventId())
                .header("webhook-timestamp", Long.toString(seconds))
                .header("webhook-signature", secret.sign(report.eventId(), seconds, body))
                .bodyValue(body)
                .exchangeToMono(response ->
                        response.releaseBody().thenReturn(response.statusCode().is2xxSuccessful()))
                .timeout(CALL_MAX)
                .onErrorReturn(false);
    }

    private Duration backoff(int attempts) {
        long doubled = (long) settings.sandboxWebhookRetryMillis() << Math.min(attempts - 1, 20);
        return Duration.ofMillis(Math.min(doubled, RETRY_MAX_MILLIS));
    }

    private static Mono<Void> pause(Throwable failure) {
        log.warn("the simulated courier pauses until the next round: {}", failure.toString());
        return Mono.empty();
    }
}
