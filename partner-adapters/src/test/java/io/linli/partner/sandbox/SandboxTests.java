package io.linli.partner.sandbox;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.kit.testing.WrongUse;
import io.linli.partner.PartnerApplication;
import io.linli.partner.TestSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/// The service with its simulated partners, reached through a proxy that can be taken away.
class SandboxTests {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final WireMockServer WAY = start();

    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(PartnerApplication.class, "partner-adapters")
            .with("linli.partner.sandbox", "true")
            .with("linli.partner.sandbox-url", WAY::baseUrl)
            .with("linli.partner.courier-webhook-secret", TestSettings.SECRET)
            .with("linli.partner.booking-poll-millis", "50")
            .with("linli.partner.booking-retry-min-millis", "50")
            .with("linli.partner.booking-retry-max-millis", "200")
            .with("linli.partner.sandbox-step-millis", "100")
            .with("linli.partner.sandbox-poll-millis", "50")
            .with("linli.partner.sandbox-webhook-retry-millis", "50")
            .with("resilience4j.circuitbreaker.configs.partner.wait-duration-in-open-state", "100ms");

    private final UUID community = UUID.randomUUID();

    private static WireMockServer start() {
        var server =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
        server.start();
        return server;
    }

    @AfterAll
    static void stop() {
        WAY.stop();
    }

    @BeforeEach
    void openTheWay() {
        WAY.resetAll();
        WAY.stubFor(any(anyUrl()).willReturn(aResponse().proxiedFrom(service.baseUrl())));
    }

    @Test
    void a_shipment_is_carried_to_its_end_and_each_step_is_told_in_order() {
        form();

        awaitDelivered();

        assertThat(statuses()).containsExactly("1 picked_up", "2 in_transit", "3 out_for_delivery", "4 delivered");
        assertThat(service.events().heard("shipment.booked.v1"))
                .filteredOn(event -> event.community().equals(community))
                .hasSize(1);
    }

    @Test
    void while_nobody_answers_the_courier_goes_on_trying() {
        form();
        service.events().await("shipment.booked.v1", event -> event.community().equals(community));
        WAY.stubFor(any(urlEqualTo("/webhooks/couriers/generic"))
                .willReturn(aResponse().withStatus(500)));
        Await.until("delivered in the courier's books", SOON, () -> count("""
                SELECT count(*) FROM sandbox_booking JOIN shipment USING (waybill)
                 WHERE shipment.community_id = ? AND sandbox_booking.status = 'delivered'""") == 1);
        assertThat(WAY.findAll(postRequestedFor(urlEqualTo("/webhooks/couriers/generic"))))
                .isNotEmpty();

        openTheWay();

        awaitDelivered();
        assertThat(statuses()).endsWith("4 delivered").doesNotHaveDuplicates();
        Await.until("nothing waits to be told", SOON, () -> count("""
                SELECT count(*) FROM sandbox_report JOIN shipment USING (waybill)
                 WHERE shipment.community_id = ? AND sandbox_report.next_attempt_at IS NOT NULL""") == 0);
    }

    @Test
    void the_same_reference_is_the_same_booking_also_at_the_same_moment() {
        var reference = UUID.randomUUID().toString();

        var waybills = IntStream.range(0, 20)
                .parallel()
                .mapToObj(_ -> bookSandbox(reference))
                .distinct()
                .toList();

        assertThat(waybills).hasSize(1);
        assertThat(bookSandbox(UUID.randomUUID().toString())).isNotEqualTo(waybills.getFirst());
    }

    @Test
    void a_login_gives_openid_and_phone_once_per_code() {
        var codes = codes("13800000001");

        var session = session(
                codes.get("loginCode").asString(), codes.get("phoneCode").asString());

        session.expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.phone")
                .isEqualTo("13800000001")
                .jsonPath("$.openId")
                .exists();
        session(codes.get("loginCode").asString(), null)
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/wechat-code-refused");
    }

    @Test
    void a_phone_has_one_openid_and_two_phones_have_two() {
        assertThat(openId("13800000002")).isEqualTo(openId("13800000002")).isNotEqualTo(openId("13800000003"));
    }

    @Test
    void codes_are_not_good_for_the_other_purpose_nor_after_their_time() {
        var codes = codes("13800000004");
        session(codes.get("phoneCode").asString(), null).expectStatus().isEqualTo(422);
        service.jdbc()
                .sql("UPDATE sandbox_wechat_code SET expires_at = expires_at - interval '5 minutes' WHERE code = ?")
                .param(codes.get("loginCode").asString())
                .update();

        session(codes.get("loginCode").asString(), null).expectStatus().isEqualTo(422);
    }

    @Test
    void a_code_used_by_many_at_once_is_good_for_one() {
        var login = codes("13800000005").get("loginCode").asString();

        var accepted = IntStream.range(0, 20)
                .parallel()
                .map(_ -> session(login, null).returnResult().getStatus().value())
                .filter(status -> status == 200)
                .count();

        assertThat(accepted).isEqualTo(1);
    }

    @Test
    void without_wechat_there_is_no_session_and_a_time_to_come_back() {
        WAY.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(502)));

        session("any", null).expectStatus().isEqualTo(503).expectHeader().exists("Retry-After");
    }

    @Test
    void only_services_may_ask_for_a_session() {
        service.client(service.tokens().member(community, UUID.randomUUID(), "coordinator"))
                .post()
                .uri("/internal/wechat/sessions")
                .bodyValue(Map.of("loginCode", "any"))
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    /// A webhook is read only after its signature; what is signed and wrong is another test's matter.
    @TestFactory
    Stream<DynamicTest> wrong_use_is_answered_with_a_documented_problem() {
        return WrongUse.of(service)
                .tests()
                .filter(test -> !test.getDisplayName().contains("/webhooks/")
                        || test.getDisplayName().contains("huge")
                        || test.getDisplayName().contains("media type"));
    }

    private void form() {
        var groupBuy = UUID.randomUUID();
        service.events()
                .publish(
                        community,
                        "group-buy.formed.v1",
                        groupBuy,
                        Map.of(
                                "groupBuyId",
                                groupBuy,
                                "title",
                                "青菜",
                                "supplierName",
                                "绿源农场",
                                "orders",
                                List.of(Map.of("householdId", UUID.randomUUID(), "weightGrams", 3_000))));
    }

    private void awaitDelivered() {
        service.events()
                .await(
                        "shipment.status-changed.v1",
                        event -> event.community().equals(community)
                                && event.data().get("status").asString().equals("delivered"));
    }

    private List<String> statuses() {
        return service.events().heard("shipment.status-changed.v1").stream()
                .filter(event -> event.community().equals(community))
                .map(event -> event.data().get("sequence").asInt() + " "
                        + event.data().get("status").asString())
                .toList();
    }

    private long count(String sql) {
        return service.jdbc().sql(sql).param(community).query(Long.class).single();
    }

    private static String bookSandbox(String reference) {
        return service.client()
                .post()
                .uri("/sandbox/couriers/generic/bookings")
                .bodyValue(Map.of("reference", reference, "sender", "绿源农场", "pieces", 1, "weightGrams", 1))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody()
                .get("waybill")
                .asString();
    }

    private static JsonNode codes(String phone) {
        return service.client()
                .post()
                .uri("/sandbox/wechat/codes")
                .bodyValue(Map.of("phone", phone))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    private static String openId(String phone) {
        return session(codes(phone).get("loginCode").asString(), null)
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody()
                .get("openId")
                .asString();
    }

    private static ResponseSpec session(String loginCode, String phoneCode) {
        var body = phoneCode == null
                ? Map.of("loginCode", loginCode)
                : Map.of("loginCode", loginCode, "phoneCode", phoneCode);
        return service.client(service.tokens()
                        .token(UUID.randomUUID())
                        .scope("service")
                        .sign())
                .post()
                .uri("/internal/wechat/sessions")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }
}
