package io.linli.partner.sandbox;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.partner.PartnerApplication;
import io.linli.partner.TestSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/// The service with its simulated partners, reached through a proxy that can be taken away.
class SandboxScene {
    static final Duration SOON = Duration.ofSeconds(20);
    static final WireMockServer WAY =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(PartnerApplication.class, "partner-adapters")
            .with("linli.partner.sandbox", "true")
            .with("linli.partner.sandbox-url", SandboxScene::start)
            .with("linli.partner.courier-webhook-secret", TestSettings.SECRET)
            .with("linli.partner.payments.webhook-secret", TestSettings.SECRET)
            .with("linli.partner.payments.poll-millis", "50")
            .with("linli.partner.payments.silence-millis", "300")
            .with("linli.database.acquire-timeout", "20s")
            .with("linli.database.transaction-timeout", "25s")
            .with("linli.database.lock-timeout", "20s")
            .with("linli.database.statement-timeout", "20s")
            .with("linli.partner.booking-poll-millis", "50")
            .with("linli.partner.booking-retry-min-millis", "50")
            .with("linli.partner.booking-retry-max-millis", "200")
            .with("linli.partner.sandbox-step-millis", "100")
            .with("linli.partner.sandbox-poll-millis", "50")
            .with("linli.partner.sandbox-webhook-retry-millis", "50")
            .with("resilience4j.circuitbreaker.configs.partner.wait-duration-in-open-state", "100ms");

    final UUID community = UUID.randomUUID();

    private static String start() {
        WAY.start();
        return WAY.baseUrl();
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

    /// Tells of a formed group buy until the shipment is there: right after the start nobody may listen yet.
    void form() {
        var groupBuy = UUID.randomUUID();
        var formed = """
                {"groupBuyId": "%s", "title": "青菜", "supplierName": "绿源农场", "orders": [
                    {"householdId": "%s", "weightGrams": 3000}]}""".formatted(groupBuy, UUID.randomUUID());
        Await.until("the shipment", SOON, () -> {
            service.events().publish(groupBuy, community, "group-buy.formed.v1", groupBuy, formed);
            return count("SELECT count(*) FROM shipment WHERE community_id = ?") == 1;
        });
    }

    void awaitDelivered() {
        service.events()
                .await(
                        "shipment.status-changed.v1",
                        event -> event.community().equals(community)
                                && event.data().get("status").asString().equals("delivered"));
    }

    List<String> statuses() {
        return service.events().heard("shipment.status-changed.v1").stream()
                .filter(event -> event.community().equals(community))
                .map(event -> event.data().get("sequence").asInt() + " "
                        + event.data().get("status").asString())
                .toList();
    }

    long count(String sql) {
        return service.jdbc().sql(sql).param(community).query(Long.class).single();
    }

    static String bookSandbox(String reference) {
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

    static JsonNode codes(String phone) {
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

    static String openId(String phone) {
        return session(codes(phone).get("loginCode").asString(), null)
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody()
                .get("openId")
                .asString();
    }

    static ResponseSpec session(String loginCode, String phoneCode) {
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
