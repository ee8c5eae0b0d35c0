package io.linli.community.identity;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.linli.community.CommunitySettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/// Asks partner-adapters whose WeChat login a code is. A code works once, so nothing is asked twice.
/// *Shape:* `POST /internal/wechat/sessions`. *Errors:* none; every outcome is an answer.
@Component
class WeChatSessions {
    private static final Logger log = LoggerFactory.getLogger(WeChatSessions.class);

    private final WebClient partner;
    private final AccessTokens accessTokens;
    private final CircuitBreaker breaker;
    private final Duration timeout;

    WeChatSessions(
            WebClient.Builder clients,
            AccessTokens accessTokens,
            CircuitBreakerRegistry breakers,
            CommunitySettings settings) {
        this.partner = clients.baseUrl(settings.partnerUrl()).build();
        this.accessTokens = accessTokens;
        this.breaker = breakers.circuitBreaker("wechat");
        this.timeout = Duration.ofMillis(settings.partnerTimeoutMillis());
    }

    private record Asked(String loginCode, @Nullable String phoneCode) {}

    private record Answered(
            @Nullable String openId, @Nullable String phone) {
        @Nullable
        WeChatAnswer toKnown() {
            return openId == null || openId.isBlank() ? null : new WeChatAnswer.Known(openId, phone);
        }
    }

    Mono<WeChatAnswer> request(String loginCode, @Nullable String phoneCode) {
        return partner.post()
                .uri("/internal/wechat/sessions")
                .headers(headers -> headers.setBearerAuth(accessTokens.issueForService()))
                .bodyValue(new Asked(loginCode, phoneCode))
                .exchangeToMono(WeChatSessions::toAnswer)
                .timeout(timeout)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorResume(WeChatSessions::unavailable);
    }

    private static Mono<WeChatAnswer> toAnswer(ClientResponse response) {
        if (response.statusCode().is2xxSuccessful()) {
            return response.bodyToMono(Answered.class)
                    .mapNotNull(Answered::toKnown)
                    .switchIfEmpty(Mono.error(() -> new IllegalStateException("an answer without an openId")));
        }
        if (response.statusCode().isSameCodeAs(HttpStatus.UNPROCESSABLE_CONTENT)) {
            return response.releaseBody().thenReturn(new WeChatAnswer.Refused());
        }
        return response.createError();
    }

    private static Mono<WeChatAnswer> unavailable(Throwable failure) {
        log.warn("partner-adapters did not answer about a WeChat login: {}", failure.toString());
        return Mono.just(new WeChatAnswer.Unavailable());
    }
}
