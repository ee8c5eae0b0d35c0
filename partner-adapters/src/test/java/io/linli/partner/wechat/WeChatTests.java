package io.linli.partner.wechat;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.linli.partner.TestSettings;
import io.linli.partner.wechat.SessionResult.Opened;
import io.linli.partner.wechat.SessionResult.Refused;
import io.linli.partner.wechat.SessionResult.Unavailable;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

class WeChatTests {
    private static final String SESSION = "/sns/jscode2session";
    private static final String TOKEN = "/cgi-bin/stable_token";
    private static final String PHONE = "/wxa/business/getuserphonenumber";

    private final WireMockServer partner =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    private WeChat wechat;

    @BeforeEach
    void start() {
        partner.start();
        var settings = TestSettings.at(
                partner.baseUrl(),
                Map.of("wechat-timeout-millis", "300", "wechat-app-id", "wx1", "wechat-app-secret", "s&cret"));
        wechat = new WeChat(
                WebClient.builder(),
                CircuitBreakerRegistry.ofDefaults(),
                settings,
                JsonMapper.builder().build());
        partner.stubFor(get(urlPathEqualTo(SESSION))
                .willReturn(text("{\"openid\": \"o1\", \"session_key\": \"k\", \"unionid\": \"u\"}")));
        partner.stubFor(
                post(urlPathEqualTo(TOKEN)).willReturn(text("{\"access_token\": \"t1\", \"expires_in\": 7200}")));
        partner.stubFor(post(urlPathEqualTo(PHONE)).willReturn(text("""
                {"errcode": 0, "errmsg": "ok", "phone_info": {"phoneNumber": "+8613800000001",
                    "purePhoneNumber": "13800000001", "countryCode": "86", "watermark": {}}}""")));
    }

    @AfterEach
    void stop() {
        partner.stop();
    }

    @Test
    void a_login_code_gives_the_openid_whatever_the_content_type_says() {
        assertThat(open("a+b&c", null)).isEqualTo(new Opened("o1", null));
        partner.verify(getRequestedFor(urlPathEqualTo(SESSION))
                .withQueryParam("appid", equalTo("wx1"))
                .withQueryParam("secret", equalTo("s&cret"))
                .withQueryParam("js_code", equalTo("a+b&c"))
                .withQueryParam("grant_type", equalTo("authorization_code")));
    }

    @Test
    void a_phone_code_gives_the_phone_number_with_the_apps_token() {
        assertThat(open("login", "phone")).isEqualTo(new Opened("o1", "13800000001"));
        partner.verify(postRequestedFor(urlPathEqualTo(PHONE))
                .withQueryParam("access_token", equalTo("t1"))
                .withRequestBody(equalToJson("{\"code\": \"phone\"}")));
    }

    @ParameterizedTest
    @ValueSource(ints = {40029, 40163, 40226})
    void a_code_wechat_does_not_accept_is_refused(int errcode) {
        answer(SESSION, text(error(errcode)));

        assertThat(open("login", null)).isEqualTo(new Refused(errcode));
    }

    @Test
    void a_phone_code_wechat_does_not_accept_is_refused() {
        answer(PHONE, text(error(40029)));

        assertThat(open("login", "phone")).isEqualTo(new Refused(40029));
    }

    @ParameterizedTest
    @CsvSource({"-1, 2", "45011, 60", "40013, 2"})
    void a_busy_wechat_is_unavailable_for_a_while(int errcode, long seconds) {
        answer(SESSION, text(error(errcode)));

        assertThat(open("login", null)).isEqualTo(new Unavailable(Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_broken_wechat_is_unavailable(Fault fault) {
        answer(SESSION, aResponse().withFault(fault));

        assertThat(open("login", null)).isInstanceOf(Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "<html/>", "null"})
    void an_answer_that_makes_no_sense_is_unavailable(String body) {
        answer(SESSION, text(body));

        assertThat(open("login", null)).isInstanceOf(Unavailable.class);
    }

    @Test
    void a_slow_wechat_is_unavailable_once_the_time_is_up() {
        answer(SESSION, text("{\"openid\": \"o1\"}").withFixedDelay(2_000));

        assertThat(open("login", null)).isInstanceOf(Unavailable.class);
    }

    @Test
    void many_logins_at_once_ask_for_one_token() {
        answer(TOKEN, text("{\"access_token\": \"t1\", \"expires_in\": 7200}").withFixedDelay(50));

        var results = Flux.range(0, 20)
                .flatMap(_ -> wechat.requestSession("login", "phone"), 20)
                .collectList()
                .block(Duration.ofSeconds(10));

        assertThat(results).containsOnly(new Opened("o1", "13800000001"));
        partner.verify(1, postRequestedFor(urlPathEqualTo(TOKEN)));
    }

    @Test
    void a_token_wechat_no_longer_accepts_is_replaced_once() {
        open("login", "phone");
        answer(TOKEN, text("{\"access_token\": \"t2\", \"expires_in\": 7200}"));
        partner.stubFor(post(urlPathEqualTo(PHONE))
                .withQueryParam("access_token", equalTo("t1"))
                .willReturn(text(error(42001))));

        assertThat(open("login", "phone")).isEqualTo(new Opened("o1", "13800000001"));
        partner.verify(2, postRequestedFor(urlPathEqualTo(TOKEN)));
    }

    @Test
    void a_failed_token_is_asked_for_again_next_time() {
        answer(TOKEN, aResponse().withStatus(500));
        assertThat(open("login", "phone")).isInstanceOf(Unavailable.class);

        answer(TOKEN, text("{\"access_token\": \"t1\", \"expires_in\": 7200}"));
        assertThat(open("login", "phone")).isInstanceOf(Opened.class);
    }

    private SessionResult open(String loginCode, @Nullable String phoneCode) {
        return wechat.requestSession(loginCode, phoneCode).block(Duration.ofSeconds(5));
    }

    private void answer(String path, ResponseDefinitionBuilder answer) {
        partner.stubFor(
                (path.equals(SESSION) ? get(urlPathEqualTo(path)) : post(urlPathEqualTo(path))).willReturn(answer));
    }

    private static String error(int errcode) {
        return "{\"errcode\": %d, \"errmsg\": \"no\"}".formatted(errcode);
    }

    private static ResponseDefinitionBuilder text(String body) {
        return aResponse().withHeader("Content-Type", "text/plain").withBody(body);
    }
}
