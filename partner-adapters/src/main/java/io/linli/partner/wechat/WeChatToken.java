package io.linli.partner.wechat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// The app's access token: asked for once however many wait for it, and kept until five minutes before its end, when
/// WeChat holds the old and the new one good.
final class WeChatToken {
    private static final Duration EARLY = Duration.ofMinutes(5);
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Supplier<Mono<Issued>> request;
    private final AtomicReference<@Nullable Mono<Issued>> current = new AtomicReference<>();

    WeChatToken(Supplier<Mono<Issued>> request) {
        this.request = request;
    }

    /// A token and how long WeChat says it lives.
    record Issued(String value, Duration life) {
        private Duration kept() {
            var kept = life.minus(EARLY);
            return kept.compareTo(SHORTEST) < 0 ? SHORTEST : kept;
        }
    }

    Mono<String> get() {
        return Mono.defer(() -> current.updateAndGet(known -> known == null ? fresh() : known))
                .map(Issued::value);
    }

    /// Makes the next caller ask for a new one.
    void forget() {
        current.set(null);
    }

    private Mono<Issued> fresh() {
        return Mono.defer(request).cache(Issued::kept, _ -> Duration.ZERO, () -> Duration.ZERO);
    }
}
