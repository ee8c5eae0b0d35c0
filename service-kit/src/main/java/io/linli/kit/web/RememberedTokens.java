package io.linli.kit.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/// Verifies a signature once for many requests with the same token: checking an ES256 signature costs more than all the
/// rest of a small request. Whether it has run out is looked at each time; a key that was taken back counts for five
/// minutes longer.
final class RememberedTokens implements ReactiveJwtDecoder {
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int TOKENS_MAX = 5_000;

    private final Cache<String, Jwt> verified = Caffeine.newBuilder()
            .maximumSize(TOKENS_MAX)
            .expireAfterWrite(REMEMBERED)
            .build();
    private final ReactiveJwtDecoder decoder;
    private final OAuth2TokenValidator<Jwt> time;

    RememberedTokens(ReactiveJwtDecoder decoder, OAuth2TokenValidator<Jwt> time) {
        this.decoder = decoder;
        this.time = time;
    }

    @Override
    public Mono<Jwt> decode(String token) {
        var known = verified.getIfPresent(token);
        return known == null
                ? decoder.decode(token).doOnNext(jwt -> verified.put(token, jwt))
                : Mono.fromSupplier(() -> inTime(known));
    }

    private Jwt inTime(Jwt known) {
        var result = time.validate(known);
        if (result.hasErrors()) {
            throw new JwtValidationException("the token has run out", result.getErrors());
        }
        return known;
    }
}
