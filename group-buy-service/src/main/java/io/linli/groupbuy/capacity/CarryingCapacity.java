package io.linli.groupbuy.capacity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.linli.kit.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/// Asks dispatch-service what the volunteers can carry. *Shape:* `GET …/communities/{id}/shifts/capacity`. *Units:*
/// grams. *Errors:* none; every outcome is an answer.
@Component
class CarryingCapacity {
    private static final Logger log = LoggerFactory.getLogger(CarryingCapacity.class);

    private final WebClient dispatch;
    private final CircuitBreaker breaker;
    private final Duration timeout;

    CarryingCapacity(WebClient.Builder clients, CircuitBreakerRegistry breakers, CapacitySettings settings) {
        this.dispatch = clients.clone().baseUrl(settings.dispatchUrl()).build();
        this.breaker = breakers.circuitBreaker("dispatch");
        this.timeout = Duration.ofMillis(settings.timeoutMillis());
    }

    record Grams(long grams) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Answer(@Nullable Long grams) {
        Grams toGrams() {
            if (grams == null || grams < 0) {
                throw new IllegalStateException("an answer without grams");
            }
            return new Grams(grams);
        }
    }

    /// With the caller's own token, where there is a caller: every member may know.
    Mono<Heard<Grams>> request(UUID community, Instant from, Instant to, Asker asker) {
        return dispatch.get()
                .uri(asker.root() + "/communities/{community}/shifts/capacity?from={from}&to={to}", community, from, to)
                .headers(asker::sign)
                .retrieve()
                .bodyToMono(Answer.class)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("an empty answer")))
                .<Heard<Grams>>map(answer -> new Heard.Said<>(answer.toGrams()))
                .timeout(timeout)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorResume(CarryingCapacity::nothing);
    }

    private static Mono<Heard<Grams>> nothing(Throwable failure) {
        return Mono.deferContextual(context -> Trace.on(context, () -> {
            log.warn("dispatch-service did not say what its volunteers can carry: {}", failure.toString());
            return Mono.just(new Heard.Nothing<>());
        }));
    }
}
