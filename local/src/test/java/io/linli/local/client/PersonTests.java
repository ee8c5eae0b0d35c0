package io.linli.local.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PersonTests {

    @RegisterExtension
    private final WireMockExtension server =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private final SettableClock clock = new SettableClock();

    record Named(String name) {}

    @BeforeEach
    void offerLogins() {
        server.stubFor(post("/sandbox/wechat/codes").willReturn(okJson("{\"loginCode\":\"l\",\"phoneCode\":\"p\"}")));
        server.stubFor(post("/v1/auth/wechat").willReturn(okJson(session("first"))));
        server.stubFor(post("/v1/auth/refresh").willReturn(okJson(session("second"))));
    }

    @Test
    void one_login_serves_many_requests_and_all_pages_of_a_list() {
        server.stubFor(get("/list?limit=200").willReturn(okJson("{\"items\":[{\"name\":\"a\"}],\"next\":\"c2\"}")));
        server.stubFor(get("/list?limit=200&cursor=c2").willReturn(okJson("{\"items\":[{\"name\":\"b\"}]}")));

        assertThat(person().all("/list", Named.class)).extracting(Named::name).containsExactly("a", "b");
        server.verify(1, postRequestedFor(urlEqualTo("/v1/auth/wechat")));
    }

    @Test
    void a_token_is_refreshed_before_it_ends() {
        server.stubFor(get(urlPathEqualTo("/thing"))
                .withHeader("Authorization", equalTo("Bearer second"))
                .willReturn(okJson("{\"name\":\"x\"}")));
        var person = person();
        assertThat(person.token()).isEqualTo("first");

        clock.now = clock.now.plus(Duration.ofMinutes(14));

        assertThat(person.get("/thing", Named.class).name()).isEqualTo("x");
    }

    @Test
    void a_login_code_lost_on_the_way_is_asked_for_again() {
        server.stubFor(post("/v1/auth/wechat")
                .inScenario("s")
                .willReturn(aResponse().withStatus(401))
                .willSetStateTo("2"));
        server.stubFor(
                post("/v1/auth/wechat").inScenario("s").whenScenarioStateIs("2").willReturn(okJson(session("first"))));

        assertThat(person().token()).isEqualTo("first");
        server.verify(2, postRequestedFor(urlEqualTo("/sandbox/wechat/codes")));
    }

    @Test
    void a_refusal_is_told_apart_by_its_word() {
        server.stubFor(get("/thing")
                .willReturn(aResponse().withStatus(403).withBody("{\"type\":\"/problems/role-required\"}")));
        var person = person();

        assertThatThrownBy(() -> person.get("/thing", Named.class))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.is("role-required")).isTrue());
    }

    private Person person() {
        return new Person(new Api(URI.create(server.baseUrl()), Duration.ofSeconds(5)), "13800000000", clock);
    }

    private static String session(String token) {
        return """
            {"accessToken":"%s","expiresInSeconds":900,"refreshToken":"r","memberships":[]}""".formatted(token);
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-11-22T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
