package io.linli.partner.courier;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.partner.PartnerApplication;
import io.linli.partner.TestSettings;
import io.linli.partner.WebhookSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/// The service with a courier of WireMock, and what tests do with both; a community and a waybill of its own per test.
class ShippingScene {
    static final Duration SOON = Duration.ofSeconds(20);
    private static final int LEFTOVERS = 10;
    static final WireMockServer COURIER =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(PartnerApplication.class, "partner-adapters")
            .with("linli.partner.courier-url", ShippingScene::start)
            .with("linli.partner.courier-webhook-secret", TestSettings.SECRET)
            .with("linli.partner.payments.webhook-secret", TestSettings.SECRET)
            .with("linli.partner.courier-timeout-millis", "1000")
            .with("linli.partner.booking-claim-millis", "5000")
            .with("linli.partner.booking-poll-millis", "50")
            .with("linli.partner.booking-retry-min-millis", "50")
            .with("linli.partner.booking-retry-max-millis", "200")
            .with("linli.partner.tracking-silence-millis", "60000")
            .with("linli.partner.tracking-poll-millis", "50")
            .with("resilience4j.circuitbreaker.configs.partner.wait-duration-in-open-state", "100ms");

    final UUID community = UUID.randomUUID();
    final UUID groupBuy = UUID.randomUUID();
    final String waybill = "GC-" + UUID.randomUUID();

    private static String start() {
        COURIER.start();
        return COURIER.baseUrl();
    }

    @AfterAll
    static void stop() {
        COURIER.stop();
    }

    /// Only this test's shipments get its waybill; what earlier tests left is refused, which ends it.
    @BeforeEach
    void courierTakesBookings() {
        COURIER.resetAll();
        COURIER.stubFor(
                any(anyUrl()).atPriority(LEFTOVERS).willReturn(aResponse().withStatus(422)));
        courierGives(waybill);
    }

    void courierGives(String given) {
        COURIER.stubFor(post(urlEqualTo("/bookings"))
                .withRequestBody(containing(waybill))
                .willReturn(okJson("{\"waybill\": \"%s\"}".formatted(given))));
    }

    void form() {
        publishFormed(groupBuy);
    }

    /// Tells of a formed group buy until the shipment is there: right after the start nobody may listen yet.
    void publishFormed(UUID id) {
        var event = UUID.randomUUID();
        Await.until("the shipment", SOON, () -> {
            service.events().publish(event, community, "group-buy.formed.v1", id, formed(id));
            return !getJson("?groupBuyId=" + id).get("items").isEmpty();
        });
    }

    private String formed(UUID id) {
        return """
                {"groupBuyId": "%s", "title": "青菜", "supplierId": "%s", "supplierName": "%s", "orders": [
                    {"orderId": "%s", "householdId": "%s", "serialNumber": 1, "doorstep": false, "weightGrams": 3000,
                        "lines": []}]}""".formatted(id, UUID.randomUUID(), waybill, UUID.randomUUID(), UUID.randomUUID());
    }

    void book() {
        form();
        awaitEvent("shipment.booked.v1");
    }

    JsonNode awaitEvent(String type) {
        return service.events()
                .await(type, event -> event.community().equals(community))
                .data();
    }

    List<JsonNode> events(String type) {
        return service.events().heard(type).stream()
                .filter(event -> event.community().equals(community))
                .map(event -> event.data())
                .toList();
    }

    List<String> references() {
        return COURIER.getAllServeEvents().stream()
                .map(ServeEvent::getRequest)
                .filter(request -> request.getUrl().equals("/bookings"))
                .filter(request -> request.getBodyAsString().contains(waybill))
                .map(request -> request.getBodyAsString().replaceAll(".*\"reference\":\"([^\"]+)\".*", "$1"))
                .distinct()
                .toList();
    }

    String report(String eventId, String status) {
        return """
                {"eventId": "%s", "waybill": "%s", "status": "%s", "occurredAt": "2026-11-22T06:30:00Z", "more": 1}""".formatted(eventId, waybill, status);
    }

    int send(String body) {
        var now = Instant.now().getEpochSecond();
        return service.client()
                .post()
                .uri("/webhooks/couriers/generic")
                .contentType(MediaType.APPLICATION_JSON)
                .header("webhook-id", "m1")
                .header("webhook-timestamp", Long.toString(now))
                .header("webhook-signature", new WebhookSecret(TestSettings.SECRET).sign("m1", now, body))
                .bodyValue(body)
                .exchange()
                .returnResult()
                .getStatus()
                .value();
    }

    WebTestClient coordinator() {
        return service.client(service.tokens().member(community, UUID.randomUUID(), "coordinator"));
    }

    JsonNode shipments() {
        return getJson("");
    }

    JsonNode summary() {
        return summary(groupBuy);
    }

    JsonNode summary(UUID id) {
        var items = getJson("?groupBuyId=" + id).get("items");
        return items.isEmpty() ? tools.jackson.databind.node.MissingNode.getInstance() : items.get(0);
    }

    String state() {
        return summary().path("state").asString("");
    }

    JsonNode detail() {
        return getJson("/" + summary().get("id").asString());
    }

    JsonNode getJson(String more) {
        return coordinator()
                .get()
                .uri("/v1/communities/" + community + "/shipments" + more)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }
}
