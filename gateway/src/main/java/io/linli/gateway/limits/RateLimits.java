package io.linli.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.linli.gateway.GatewaySettings;
import io.linli.gateway.GatewaySettings.Limit;
import io.linli.kit.web.Problem;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// A bucket per caller and per address, in this process's memory and bounded in number.
///
/// *Errors:* 429 `too-many-requests`. *Source:* draft-ietf-httpapi-ratelimit-headers-10.
@Component
class RateLimits {
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);
    private static final double NANOS = 1e9;

    private final Cache<Key, Bucket> buckets;
    private final GatewaySettings settings;

    RateLimits(GatewaySettings settings) {
        this.settings = settings;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(settings.limitedMax())
                .expireAfterAccess(FORGOTTEN)
                .build();
    }

    enum Who {
        CALLER,
        ADDRESS,
        /// Requests of one address whose token turned out to be invalid.
        INVALID_TOKENS
    }

    record Key(Who who, String name) {}

    /// Takes one request and tells the caller what is left.
    void take(Key key, HttpHeaders answer) {
        var limit = limit(key);
        var probe = bucket(key).tryConsumeAndReturnRemaining(1);
        long missing = limit.burst() - probe.getRemainingTokens();
        answer.set("RateLimit-Policy", "\"default\";q=%d;w=%d".formatted(limit.burst(), seconds(limit, limit.burst())));
        answer.set("RateLimit", "\"default\";r=%d;t=%d".formatted(probe.getRemainingTokens(), seconds(limit, missing)));
        if (!probe.isConsumed()) {
            throw tooMany(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    /// Refuses when there is nothing left, without taking anything.
    void requireAny(Key key) {
        var known = buckets.getIfPresent(key);
        if (known != null && known.getAvailableTokens() <= 0) {
            throw tooMany(Duration.ofNanos((long) (NANOS / limit(key).perSecond())));
        }
    }

    /// Takes one without refusing, for what is known only afterwards.
    void count(Key key) {
        bucket(key).tryConsume(1);
    }

    private Bucket bucket(Key key) {
        return buckets.get(key, _ -> toBucket(limit(key)));
    }

    private Limit limit(Key key) {
        return key.who() == Who.CALLER ? settings.callerLimit() : settings.addressLimit();
    }

    private static Bucket toBucket(Limit limit) {
        return Bucket.builder()
                .addLimit(rate -> rate.capacity(limit.burst()).refillGreedy(limit.perSecond(), Duration.ofSeconds(1)))
                .withNanosecondPrecision()
                .build();
    }

    private static long seconds(Limit limit, long tokens) {
        return Math.ceilDiv(tokens, limit.perSecond());
    }

    private static Problem tooMany(Duration wait) {
        return Problem.of(HttpStatus.TOO_MANY_REQUESTS, "too-many-requests").retryAfter(wait);
    }
}
