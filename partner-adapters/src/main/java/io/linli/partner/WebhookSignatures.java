package io.linli.partner;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/// Whether a webhook was signed by who holds the secret, not long ago. While a secret is being rotated two are good.
///
/// *Source:* Standard Webhooks 1.0.0.
public final class WebhookSignatures {
    private final List<WebhookSecret> secrets;
    private final Duration tolerance;
    private final Clock clock;

    /// @param secret `whsec_…` of the partner that signs
    /// @param oldSecret the one before the last rotation, absent or empty when there is none
    public WebhookSignatures(String secret, @Nullable String oldSecret, Duration tolerance, Clock clock) {
        var good = oldSecret == null || oldSecret.isEmpty() ? List.of(secret) : List.of(secret, oldSecret);
        this.secrets = good.stream().map(WebhookSecret::new).toList();
        this.tolerance = tolerance;
        this.clock = clock;
    }

    public boolean fit(HttpHeaders headers, byte[] body) {
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
