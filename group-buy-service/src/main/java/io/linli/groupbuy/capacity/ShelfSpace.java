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

/// Asks station-service how much the shelves have free. *Shape:* `GET …/communities/{id}/shelves/space`. *Units:*
/// litres. *Errors:* none; every outcome is an answer.
@Component
class ShelfSpace {
    private static final Logger log = LoggerFactory.getLogger(ShelfSpace.class);

    private final WebClient station;
    private final CircuitBreaker breaker;
    private final Duration timeout;

    ShelfSpace(WebClient.Builder clients, CircuitBreakerRegistry breakers, CapacitySettings settings) {
        this.station = clients.clone().baseUrl(settings.stationUrl()).build();
        this.breaker = breakers.circuitBreaker("station");
        this.timeout = Duration.ofMillis(settings.timeoutMillis());
    }

    record Litres(long ambient, long chilled) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Answer(
            @Nullable Long ambientLitres, @Nullable Long chilledLitres) {
        Litres toLitres() {
            if (ambientLitres == null || chilledLitres == null || ambientLitres < 0 || chilledLitres < 0) {
                throw new IllegalStateException("an answer without litres");
            }
            return new Litres(ambientLitres, chilledLitres);
        }
    }

    /// With the caller's own token, where there is a caller: every member may know.
    Mono<Heard<Litres>> request(UUID community, Instant at, Asker asker) {
        return station.get()
                .uri(asker.root() + "/communities/{community}/shelves/space?at={at}", community, at)
                .headers(asker::sign)
                .retrieve()
                .bodyToMono(Answer.class)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("an empty answer")))
                .<Heard<Litres>>map(answer -> new Heard.Said<>(answer.toLitres()))
                .timeout(timeout)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorResume(ShelfSpace::nothing);
    }

    private static Mono<Heard<Litres>> nothing(Throwable failure) {
        return Mono.deferContextual(context -> Trace.on(context, () -> {
            log.warn("station-service did not say how much room it has: {}", failure.toString());
            return Mono.just(new Heard.Nothing<>());
        }));
    }
}
