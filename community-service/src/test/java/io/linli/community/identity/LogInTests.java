package io.linli.community.identity;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.linli.community.Neighbourhood.get;
import static io.linli.community.Neighbourhood.json;
import static io.linli.community.Neighbourhood.problem;
import static io.linli.community.identity.LogInDesk.atOnce;
import static io.linli.community.identity.LogInDesk.claim;
import static io.linli.community.identity.LogInDesk.subject;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.SignedJWT;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.linli.community.Neighbourhood;
import io.linli.community.TestKeys;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LogInTests {
    private static final TestKeys KEYS = TestKeys.generate();
    private static final String OPERATOR_PHONE = "+86 137 0000 0001";

    @Order(1)
    @RegisterExtension
    static final WireMockExtension partner = WireMockExtension.newInstance().build();

    @Order(2)
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service(KEYS)
            .with("linli.community.operator-phone", OPERATOR_PHONE)
            .with("linli.community.partner-url", partner::baseUrl);

    /// The same service, which trusts the tokens it issues.
    @Order(3)
    @RegisterExtension
    static final ServiceUnderTest trusting = Neighbourhood.service(KEYS)
            .with("linli.community.operator-phone", OPERATOR_PHONE)
            .with("linli.community.partner-url", partner::baseUrl)
            .with("linli.jwks-url", () -> WeChatDouble.jwksUrl(partner));

    private final LogInDesk desk = new LogInDesk(service);
    private final WeChatDouble weChat = new WeChatDouble(partner);
    private final String code = "code-" + UUID.randomUUID();
    private final String openId = "openid-" + UUID.randomUUID();
    private final String phone = LogInDesk.newPhone();

    @BeforeEach
    void serveKey() {
        weChat.serveKey(KEYS.signing());
    }

    @Test
    void a_member_logs_in_by_phone_and_gets_a_token_with_every_membership() throws Exception {
        var first = desk.home(phone);
        var second = desk.home(phone);
        weChat.knows(code, openId, phone);

        var session = json(desk.logIn(code, "phone-code").expectStatus().isOk());

        assertThat(session.path("expiresInSeconds").asInt()).isEqualTo(900);
        assertThat(session.path("memberships"))
                .extracting(membership -> membership.path("household").asString())
                .containsExactlyInAnyOrder(
                        first.household().toString(), second.household().toString());
        var token = SignedJWT.parse(session.path("accessToken").asString());
        var claims = token.getJWTClaimsSet();
        assertThat(token.verify(new ECDSAVerifier(publishedKey()))).isTrue();
        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
        assertThat(claims.getIssuer()).isEqualTo("linli");
        assertThat(claims.getAudience()).containsExactly("linli");
        assertThat(claims.getClaim("scope")).isNull();
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofMinutes(15));
        assertThat(claims.getListClaim("memberships"))
                .hasSize(2)
                .contains(Map.of(
                        "community", first.place().community().toString(),
                        "member", first.member().toString(),
                        "household", first.household().toString(),
                        "building", first.place().building().toString(),
                        "display", "王*",
                        "zone", "Asia/Shanghai",
                        "roles", List.of("resident")));
    }

    private static ECKey publishedKey() throws Exception {
        var keys = json(get(service.client(), "/.well-known/jwks.json")
                        .expectStatus()
                        .isOk())
                .path("keys");
        assertThat(keys).hasSize(1);
        assertThat(keys.get(0).has("d")).as("private part").isFalse();
        return ECKey.parse(keys.get(0).toString());
    }

    @Test
    void the_next_login_needs_no_phone_and_is_the_same_account() {
        desk.home(phone);
        weChat.knows(code, openId, phone);
        weChat.knows("again" + code, openId, null);
        var first = json(desk.logIn(code, "phone-code"));

        var second = json(desk.logIn("again" + code, null).expectStatus().isOk());

        assertThat(subject(second)).isEqualTo(subject(first));
    }

    @Test
    void a_new_wechat_account_has_to_prove_a_phone() {
        weChat.knows(code, openId, null);

        assertThat(problem(desk.logIn(code, null).expectStatus().isForbidden())).isEqualTo("phone-required");
    }

    @Test
    void a_phone_registered_nowhere_gets_nothing_and_leaves_nothing() {
        weChat.knows(code, openId, phone);
        var before = accounts();

        assertThat(problem(desk.logIn(code, "phone-code").expectStatus().isForbidden()))
                .isEqualTo("not-registered");
        assertThat(accounts()).isEqualTo(before);
    }

    private static long accounts() {
        return service.jdbc()
                .sql("SELECT count(*) FROM account")
                .query(Long.class)
                .single();
    }

    @Test
    void a_code_wechat_refuses_logs_nobody_in() {
        weChat.refuses(code);

        assertThat(problem(desk.logIn(code, null).expectStatus().isUnauthorized()))
                .isEqualTo("login-refused");
    }

    @Test
    void a_phone_moves_to_the_account_that_proves_it_and_ends_the_sessions_of_the_other() {
        desk.home(phone);
        weChat.knows(code, openId, phone);
        weChat.knows("other" + code, "other" + openId, phone);
        weChat.knows("again" + code, openId, null);
        var first = json(desk.logIn(code, "phone-code"));

        var second =
                json(desk.logIn("other" + code, "phone-code").expectStatus().isOk());

        assertThat(subject(second)).isNotEqualTo(subject(first));
        assertThat(problem(desk.refresh(first).expectStatus().isUnauthorized())).isEqualTo("refresh-refused");
        assertThat(problem(desk.logIn("again" + code, null).expectStatus().isForbidden()))
                .isEqualTo("phone-required");
        desk.refresh(second).expectStatus().isOk();
    }

    @Test
    void logins_of_one_phone_at_the_same_moment_leave_one_account_with_it() {
        desk.home(phone);
        IntStream.range(0, 12).forEach(turn -> weChat.knows(turn + code, turn % 3 + openId, phone));

        var statuses = atOnce(12, turn -> desk.logIn(turn + code, "phone-code"));

        assertThat(statuses).containsOnly(200);
        assertThat(service.jdbc()
                        .sql("SELECT count(*) FROM account WHERE phone_index IS NOT NULL AND phone_index IN"
                                + " (SELECT phone_index FROM account GROUP BY phone_index HAVING count(*) > 1)")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void the_operator_is_known_by_the_phone_of_the_setting() {
        weChat.knows(code, openId, "13700000001");

        var session = json(desk.logIn(code, "phone-code").expectStatus().isOk());

        assertThat(session.path("memberships")).isEmpty();
        assertThat(claim(session, "scope")).isEqualTo("operator");
    }

    @Test
    void the_service_accepts_its_own_tokens() {
        weChat.knows(code, openId, OPERATOR_PHONE);
        var session = json(trusting.client()
                .post()
                .uri("/v1/auth/wechat")
                .bodyValue(Map.of("loginCode", code, "phoneCode", "phone-code"))
                .exchange()
                .expectStatus()
                .isOk());

        get(trusting.client(session.path("accessToken").asString()), "/v1/communities")
                .expectStatus()
                .isOk();
        get(trusting.client(service.tokens().token(UUID.randomUUID()).sign()), "/v1/communities")
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void partner_adapters_is_asked_once_with_a_service_token() throws Exception {
        desk.home(phone);
        weChat.knows(code, openId, phone);
        desk.logIn(code, "phone-code").expectStatus().isOk();

        var asked = partner.findAll(postRequestedFor(urlEqualTo(WeChatDouble.PATH))).stream()
                .filter(request -> request.getBodyAsString().contains(code))
                .toList();

        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().getBodyAsString()).contains("\"phoneCode\":\"phone-code\"");
        var token = SignedJWT.parse(asked.getFirst().getHeader("Authorization").substring("Bearer ".length()));
        assertThat(token.verify(new ECDSAVerifier(KEYS.signing().toPublicJWK())))
                .isTrue();
        assertThat(token.getJWTClaimsSet().getStringClaim("scope")).isEqualTo("service");
    }

    @Test
    void no_token_openid_or_phone_is_readable_in_the_tables() {
        desk.home(phone);
        weChat.knows(code, openId, phone);
        var session = json(desk.logIn(code, "phone-code"));

        for (var secret : List.of(session.path("refreshToken").asString(), openId, phone)) {
            for (var table : List.of("account", "refresh_family", "refresh_token", "member")) {
                assertThat(service.jdbc()
                                .sql("SELECT count(*) FROM " + table + " AS t WHERE t::text LIKE '%' || :secret || '%'"
                                        + " OR t::text LIKE '%' || encode(convert_to(:secret, 'UTF8'), 'hex') || '%'")
                                .param("secret", secret)
                                .query(Long.class)
                                .single())
                        .isZero();
            }
        }
    }

    @Test
    void a_silent_partner_is_told_with_a_time_to_come_back() {
        weChat.answers(code, aResponse().withStatus(500));

        var refused = desk.logIn(code, null)
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", 5);

        assertThat(problem(refused)).isEqualTo("wechat-unavailable");
        assertThat(service.bean(CircuitBreakerRegistry.class)
                        .circuitBreaker("wechat")
                        .getCircuitBreakerConfig()
                        .getWaitIntervalFunctionInOpenState()
                        .apply(1))
                .isEqualTo(5_000);
    }
}
