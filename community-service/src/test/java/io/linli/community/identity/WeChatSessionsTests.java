package io.linli.community.identity;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.linli.community.CommunitySettings;
import io.linli.community.TestKeys;
import io.linli.community.identity.WeChatAnswer.Known;
import io.linli.community.identity.WeChatAnswer.Refused;
import io.linli.community.identity.WeChatAnswer.Unavailable;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.web.reactive.function.client.WebClient;

class WeChatSessionsTests {
    private static final int PATIENT_MILLIS = 10_000;
    private static final int IMPATIENT_MILLIS = 300;

    @RegisterExtension
    static final WireMockExtension partner = WireMockExtension.newInstance().build();

    private final WeChatDouble weChat = new WeChatDouble(partner);
    private final TestKeys keys = TestKeys.generate();
    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
            .slidingWindowSize(4)
            .minimumNumberOfCalls(4)
            .permittedNumberOfCallsInHalfOpenState(1)
            .build());

    @Test
    void a_good_code_is_a_known_account() {
        weChat.knows("good", "openid-1", "13800138000");

        assertThat(ask("good")).isEqualTo(new Known("openid-1", "13800138000"));
    }

    @Test
    void a_code_without_a_phone_code_has_no_phone() {
        weChat.knows("good", "openid-1", null);

        assertThat(ask("good")).isEqualTo(new Known("openid-1", null));
    }

    @Test
    void refusals_are_answers_and_never_open_the_breaker() {
        weChat.refuses("bad");

        for (var turn = 0; turn < 10; turn++) {
            assertThat(ask("bad")).isEqualTo(new Refused());
        }
        assertThat(state()).isEqualTo(State.CLOSED);
    }

    @Test
    void an_answer_that_takes_too_long_is_none() {
        weChat.answers("slow", aResponse().withFixedDelay(5_000));

        var answer = sessions(IMPATIENT_MILLIS).request("slow", null).block(Duration.ofSeconds(4));

        assertThat(answer).isEqualTo(new Unavailable());
    }

    @Test
    void broken_and_failing_answers_are_none() {
        weChat.answers("cut", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        weChat.answers(
                "garbage",
                aResponse().withHeader("Content-Type", "application/json").withBody("<html>"));
        weChat.answers("down", aResponse().withStatus(503));

        weChat.answers("empty", aResponse().withHeader("Content-Type", "application/json"));
        weChat.answers("nameless", okJson("{\"phone\": \"13800138000\"}"));
        weChat.answers("blank", okJson("{\"openId\": \" \"}"));

        for (var code : new String[] {"cut", "garbage", "down", "empty", "nameless", "blank"}) {
            assertThat(ask(code)).as(code).isEqualTo(new Unavailable());
        }
    }

    @Test
    void after_many_failures_nobody_is_asked_until_one_try_succeeds() {
        weChat.answers("down", aResponse().withStatus(500));
        weChat.knows("good", "openid-1", null);
        for (var turn = 0; turn < 4; turn++) {
            ask("down");
        }

        assertThat(ask("good")).isEqualTo(new Unavailable());
        partner.verify(4, postRequestedFor(urlEqualTo(WeChatDouble.PATH)));

        breakers.circuitBreaker("wechat").transitionToHalfOpenState();
        assertThat(ask("good")).isEqualTo(new Known("openid-1", null));
        assertThat(state()).isEqualTo(State.CLOSED);
    }

    private WeChatAnswer ask(String code) {
        return sessions(PATIENT_MILLIS).request(code, null).block(Duration.ofSeconds(15));
    }

    private State state() {
        return breakers.circuitBreaker("wechat").getState();
    }

    private WeChatSessions sessions(int timeoutMillis) {
        var settings = new CommunitySettings(
                keys.signing().toJSONString(),
                keys.dataKeyset(),
                keys.indexKey(),
                null,
                partner.baseUrl(),
                timeoutMillis,
                15,
                30,
                48,
                30,
                30,
                1000);
        var tokens = new AccessTokens(new SigningKey(settings), settings, Clock.systemUTC());
        return new WeChatSessions(WebClient.builder(), tokens, breakers, settings);
    }
}
