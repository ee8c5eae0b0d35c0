package io.linli.gateway.limits;

import io.linli.gateway.limits.RateLimits.Key;
import io.linli.gateway.limits.RateLimits.Who;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Limits an address as long as it shows no token, and one that keeps showing invalid tokens. It stands before the
/// check of tokens, so that a flood does not cost signatures; whoever shows a good token is limited by [CallerLimit].
@Component
@Order(AddressLimit.BEFORE_SECURITY)
class AddressLimit implements WebFilter {
    static final int BEFORE_SECURITY = -200;
    private static final Set<String> PROBES = Set.of("/livez", "/readyz");

    private final RateLimits limits;
    private final ClientAddresses addresses;

    AddressLimit(RateLimits limits, ClientAddresses addresses) {
        this.limits = limits;
        this.addresses = addresses;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (PROBES.contains(exchange.getRequest().getPath().value())) {
            return chain.filter(exchange);
        }
        var address = addresses.of(exchange.getRequest());
        if (exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION) == null) {
            limits.take(new Key(Who.ADDRESS, address), exchange.getResponse().getHeaders());
            return chain.filter(exchange);
        }
        var invalid = new Key(Who.INVALID_TOKENS, address);
        limits.requireAny(invalid);
        return chain.filter(exchange).doFinally(_ -> {
            if (exchange.getResponse().getStatusCode() == HttpStatus.UNAUTHORIZED) {
                limits.count(invalid);
            }
        });
    }
}
