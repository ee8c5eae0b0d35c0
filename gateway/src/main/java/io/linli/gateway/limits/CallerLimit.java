package io.linli.gateway.limits;

import io.linli.gateway.limits.RateLimits.Key;
import io.linli.gateway.limits.RateLimits.Who;
import io.linli.kit.web.Caller;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Limits the subject of a token that has been verified, from whatever address it comes.
@Component
@Order(CallerLimit.AFTER_SECURITY)
class CallerLimit implements WebFilter {
    static final int AFTER_SECURITY = -50;

    private final RateLimits limits;

    CallerLimit(RateLimits limits) {
        this.limits = limits;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION) == null) {
            return chain.filter(exchange);
        }
        return Caller.current()
                .map(caller -> new Key(Who.CALLER, caller.subject().toString()))
                .doOnNext(key -> limits.take(key, exchange.getResponse().getHeaders()))
                .then(chain.filter(exchange));
    }
}
