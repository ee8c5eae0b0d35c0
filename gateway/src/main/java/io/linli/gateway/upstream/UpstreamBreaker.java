package io.linli.gateway.upstream;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.linli.gateway.GatewaySettings;
import io.linli.kit.Trace;
import io.linli.kit.web.Problem;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// One breaker per service, and one answer when a service gives none: 503 `service-unavailable` with `Retry-After`.
///
/// Only a missing answer counts as a failure. What a service answers is its own decision, a 503 included: it may be
/// about a partner of its own.
@Component
@Order(UpstreamBreaker.AROUND_THE_CALL)
class UpstreamBreaker implements GlobalFilter {
    /// Between the filter that writes the answer and the one that calls the service.
    static final int AROUND_THE_CALL = 10_150;

    private static final Logger log = LoggerFactory.getLogger(UpstreamBreaker.class);

    private final CircuitBreakerRegistry breakers;
    private final Duration retryAfter;

    UpstreamBreaker(CircuitBreakerRegistry breakers, GatewaySettings settings) {
        this.breakers = breakers;
        this.retryAfter = Duration.ofSeconds(settings.retryAfterSeconds());
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        Route route = Objects.requireNonNull(exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR));
        var service = String.valueOf(route.getMetadata().get("service"));
        return chain.filter(exchange)
                .materialize()
                .flatMap(signal -> toAttempt(signal.getThrowable()))
                .transformDeferred(CircuitBreakerOperator.of(breakers.circuitBreaker(service)))
                .onErrorResume(failure -> Mono.deferContextual(
                        context -> Mono.error(Trace.on(context, () -> unavailable(service, failure)))))
                .flatMap(attempt -> attempt.refusal() == null ? Mono.empty() : Mono.error(attempt.refusal()));
    }

    /// A call that is over; `refusal` when the request itself broke a rule of ours while it was sent on.
    private record Attempt(@Nullable Problem refusal) {}

    private static Mono<Attempt> toAttempt(@Nullable Throwable failure) {
        if (failure == null) {
            return Mono.just(new Attempt(null));
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem refusal) {
                return Mono.just(new Attempt(refusal));
            }
        }
        return Mono.error(failure);
    }

    private Problem unavailable(String service, Throwable failure) {
        if (!(failure instanceof CallNotPermittedException)) {
            log.warn("{} gives no answer: {}", service, failure.toString());
        }
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "service-unavailable").retryAfter(retryAfter);
    }
}
