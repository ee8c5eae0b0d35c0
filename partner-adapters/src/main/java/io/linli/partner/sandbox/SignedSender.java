package io.linli.partner.sandbox;

import io.linli.partner.PartnerSettings;
import io.linli.partner.WebhookSecret;
import io.netty.channel.ChannelOption;
import java.time.Clock;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/// Sends webhooks as the simulated partners do: signed, over real HTTP. *Source:* Standard Webhooks 1.0.0.
@Component
@InSandbox
class SignedSender {
    private static final Duration CALL_MAX = Duration.ofSeconds(5);
    private static final long RETRY_MAX_MILLIS = 60_000;

    private final WebClient http;
    private final Clock clock;
    private final PartnerSettings settings;

    SignedSender(WebClient.Builder http, Clock clock, PartnerSettings settings) {
        this.clock = clock;
        this.settings = settings;
        this.http = http.baseUrl(settings.sandboxUrl().toString())
                .clientConnector(new ReactorClientHttpConnector(HttpClient.create()
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CALL_MAX.toMillis())
                        .responseTimeout(CALL_MAX)))
                .build();
    }

    /// Whether it was answered with 2xx.
    Mono<Boolean> send(String path, WebhookSecret secret, String id, String body) {
        long seconds = clock.instant().getEpochSecond();
        return http.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(seconds))
                .header("webhook-signature", secret.sign(id, seconds, body))
                .bodyValue(body)
                .exchangeToMono(response ->
                        response.releaseBody().thenReturn(response.statusCode().is2xxSuccessful()))
                .timeout(CALL_MAX)
                .onErrorReturn(false);
    }

    /// The wait after so many attempts: doubles up to a minute.
    Duration backoff(int attempts) {
        long doubled = (long) settings.sandboxWebhookRetryMillis() << Math.min(attempts - 1, 20);
        return Duration.ofMillis(Math.min(doubled, RETRY_MAX_MILLIS));
    }
}
