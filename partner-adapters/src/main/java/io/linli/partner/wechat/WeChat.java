package io.linli.partner.wechat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.linli.partner.PartnerSettings;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

/// WeChat's server API, as far as a login needs it. Answers are JSON whatever their content type says, and errors come
/// as `errcode` with status 200. The session key never leaves this class.
///
/// *Errors:* none; refusals and outages are results. *Source:* code2Session, getuserphonenumber, stable_token.
@Component
class WeChat {
    private static final Logger log = LoggerFactory.getLogger(WeChat.class);
    private static final Set<Integer> CODE_REFUSED = Set.of(40029, 40163, 40226);
    private static final Set<Integer> TOKEN_REFUSED = Set.of(40001, 40014, 42001);
    private static final int OVER_LIMIT = 45011;
    private static final Duration RETRY_SOON = Duration.ofSeconds(2);
    private static final Duration RETRY_NEXT_MINUTE = Duration.ofSeconds(60);

    private final WebClient http;
    private final CircuitBreaker breaker;
    private final PartnerSettings settings;
    private final JsonMapper json;
    private final WeChatToken token;

    WeChat(WebClient.Builder http, CircuitBreakerRegistry breakers, PartnerSettings settings, JsonMapper json) {
        this.settings = settings;
        this.json = json;
        this.breaker = breakers.circuitBreaker("wechat");
        this.http = http.baseUrl(settings.wechatUrl().toString())
                .clientConnector(new ReactorClientHttpConnector(HttpClient.create()
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, settings.wechatTimeoutMillis())
                        .responseTimeout(Duration.ofMillis(settings.wechatTimeoutMillis()))))
                .build();
        this.token = new WeChatToken(this::requestToken);
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Session(
            @Nullable String openid, @Nullable Integer errcode) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Phone(
            @Nullable Integer errcode,
            @JsonProperty("phone_info") @Nullable PhoneInfo info) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record PhoneInfo(@Nullable String purePhoneNumber) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Token(
            @JsonProperty("access_token") @Nullable String value,
            @JsonProperty("expires_in") @Nullable Integer seconds) {}

    /// Opens a session for a login code; with a phone code it also asks for the phone number.
    Mono<SessionResult> requestSession(String loginCode, @Nullable String phoneCode) {
        return requestOpenId(loginCode)
                .flatMap(session -> phoneCode == null
                        ? Mono.just(new SessionResult.Opened(session, null))
                        : requestPhone(phoneCode).map(phone -> new SessionResult.Opened(session, phone)))
                .cast(SessionResult.class)
                .onErrorResume(failure -> Mono.just(toResult(failure)));
    }

    private Mono<String> requestOpenId(String loginCode) {
        var request = http.get()
                .uri(uri -> uri.path("/sns/jscode2session")
                        .queryParam("appid", "{appid}")
                        .queryParam("secret", "{secret}")
                        .queryParam("js_code", "{code}")
                        .queryParam("grant_type", "authorization_code")
                        .build(Map.of(
                                "appid", settings.wechatAppId(),
                                "secret", settings.wechatAppSecret(),
                                "code", loginCode)));
        return exchange(request, Session.class).map(session -> {
            requireOk(session.errcode());
            return Objects.requireNonNull(session.openid(), "WeChat answered without an openid");
        });
    }

    private Mono<String> requestPhone(String phoneCode) {
        return token.get().flatMap(current -> requestPhone(phoneCode, current)).onErrorResume(TokenRefused.class, _ -> {
            token.forget();
            return token.get().flatMap(fresh -> requestPhone(phoneCode, fresh));
        });
    }

    private Mono<String> requestPhone(String phoneCode, String accessToken) {
        var request = http.post()
                .uri("/wxa/business/getuserphonenumber?access_token={token}", accessToken)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Map.of("code", phoneCode));
        return exchange(request, Phone.class).map(phone -> {
            if (phone.errcode() != null && TOKEN_REFUSED.contains(phone.errcode())) {
                throw new TokenRefused();
            }
            requireOk(phone.errcode());
            var info = Objects.requireNonNull(phone.info(), "WeChat answered without phone_info");
            return Objects.requireNonNull(info.purePhoneNumber(), "WeChat answered without a phone number");
        });
    }

    private Mono<WeChatToken.Issued> requestToken() {
        var request = http.post()
                .uri("/cgi-bin/stable_token")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Map.of(
                        "grant_type", "client_credential",
                        "appid", settings.wechatAppId(),
                        "secret", settings.wechatAppSecret()));
        return exchange(request, Token.class)
                .map(answer -> new WeChatToken.Issued(
                        Objects.requireNonNull(answer.value(), "WeChat answered without a token"),
                        Duration.ofSeconds(answer.seconds() == null ? 60 : answer.seconds())));
    }

    private <T> Mono<T> exchange(WebClient.RequestHeadersSpec<?> request, Class<T> answer) {
        return request.retrieve()
                .bodyToMono(byte[].class)
                .map(body -> json.readValue(body, answer))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("WeChat answered nothing")))
                .timeout(Duration.ofMillis(settings.wechatTimeoutMillis()))
                .transformDeferred(CircuitBreakerOperator.of(breaker));
    }

    private static void requireOk(@Nullable Integer errcode) {
        if (errcode != null && errcode != 0) {
            throw new ErrorCode(errcode);
        }
    }

    private static SessionResult toResult(Throwable failure) {
        if (failure instanceof ErrorCode error && CODE_REFUSED.contains(error.errcode)) {
            return new SessionResult.Refused(error.errcode);
        }
        log.warn(
                "WeChat gave no session: {}", failure instanceof ErrorCode ? failure.getMessage() : failure.getClass());
        boolean overLimit = failure instanceof ErrorCode error && error.errcode == OVER_LIMIT;
        return new SessionResult.Unavailable(overLimit ? RETRY_NEXT_MINUTE : RETRY_SOON);
    }

    private static final class ErrorCode extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int errcode;

        ErrorCode(int errcode) {
            super("errcode " + errcode, null, false, false);
            this.errcode = errcode;
        }
    }

    private static final class TokenRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TokenRefused() {
            super("access token refused", null, false, false);
        }
    }
}
