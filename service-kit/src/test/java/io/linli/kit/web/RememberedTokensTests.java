package io.linli.kit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import reactor.core.publisher.Mono;

class RememberedTokensTests {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    private final AtomicInteger verified = new AtomicInteger();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final RememberedTokens tokens = new RememberedTokens(this::verify, validator());

    private Mono<Jwt> verify(String token) {
        verified.incrementAndGet();
        return token.startsWith("forged")
                ? Mono.error(new BadJwtException("forged"))
                : Mono.just(Jwt.withTokenValue(token)
                        .header("alg", "ES256")
                        .issuedAt(NOW)
                        .expiresAt(NOW.plusSeconds(60))
                        .build());
    }

    private JwtTimestampValidator validator() {
        var validator = new JwtTimestampValidator(Duration.ZERO);
        validator.setClock(new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneId.of("UTC");
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        });
        return validator;
    }

    @Test
    void a_signature_is_verified_once() {
        tokens.decode("one").block();
        tokens.decode("one").block();
        tokens.decode("two").block();

        assertThat(verified).hasValue(2);
    }

    @Test
    void a_remembered_token_runs_out_all_the_same() {
        tokens.decode("one").block();

        now.set(NOW.plusSeconds(61));

        assertThatThrownBy(() -> tokens.decode("one").block()).isInstanceOf(JwtValidationException.class);
    }

    @Test
    void a_forged_token_is_never_remembered() {
        for (var attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> tokens.decode("forged").block()).isInstanceOf(BadJwtException.class);
        }

        assertThat(verified).hasValue(2);
    }
}
