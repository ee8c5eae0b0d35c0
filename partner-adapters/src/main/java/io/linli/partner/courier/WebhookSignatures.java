package io.linli.partner.courier;

import io.linli.partner.PartnerSettings;
import io.linli.partner.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/// Whether a webhook was signed by who holds the secret, not long ago. While a secret is being rotated two are good.
///
/// *Source:* Standard Webhooks 1.0.0.
@Component
class WebhookSignatures {
    private final List<WebhookSecret> secrets;
    private final Duration tolerance;
    private final Clock clock;

    @Autowired
    WebhookSignatures(PartnerSettings settings, Clock clock) {
        this(
                Stream.of(settings.courierWebhookSecret(), settings.courierWebhookOldSecret())
                        .filter(Objects::nonNull)
                        .toList(),
                Duration.ofSeconds(settings.webhookToleranceSeconds()),
                clock);
    }

    WebhookSignatures(List<String> secrets, Duration tolerance, Clock clock) {
        this.secrets = secrets.stream()
                .filter(secret -> !secret.isEmpty())
                .map(WebhookSecret::new)
                .toList();
        this.tolerance = tolerance;
        this.clock = clock;
    }

    boolean fit(HttpHeaders headers, byte[] body) {
        var id = headers.getFirst("webhook-id");
        var timestamp = headers.getFirst("webhook-timestamp");
        var signatures = headers.getFirst("webhook-signature");
        if (id == null || timestamp == null || signatures == null || !timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        long seconds = Long.parseLong(timestamp);
        return isRecent(seconds) && secrets.stream().anyMatch(secret -> fits(secret, id, seconds, body, signatures));
    }

    // The library's own verify() reads the machine's clock; signing again and comparing lets ours decide.
    private static boolean fits(WebhookSecret secret, String id, long seconds, byte[] body, String signatures) {
        var expected = bytes(secret.sign(id, seconds, new String(body, StandardCharsets.UTF_8)));
        return Stream.of(signatures.split(" ")).anyMatch(given -> MessageDigest.isEqual(expected, bytes(given)));
    }

    private boolean isRecent(long seconds) {
        var off = Duration.between(Instant.ofEpochSecond(seconds), clock.instant())
                .abs();
        return off.compareTo(tolerance) <= 0;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
