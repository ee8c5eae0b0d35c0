package io.linli.partner.courier;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

class ShippingTests {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final WireMockServer COURIER = start();

    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(PartnerApplication.class, "partner-adapters")
            .with("linli.partner.courier-url", COURIER::baseUrl)
            .with("linli.partner.courier-webhook-secret", TestSettings.SECRET)
            .with("linli.partner.courier-timeout-millis", "400")
            .with("linli.partner.booking-poll-millis", "50")
            .with("linli.partner.booking-retry-min-millis", "50")
            .with("linli.partner.booking-retry-max-millis", "200")
            .with("linli.partner.tracking-silence-millis", "60000")
            .with("linli.partner.tracking-poll-millis", "50")
            .with("resilience4j.circuitbreaker.configs.partner.wait-duration-in-open-state", "100ms");

    private final UUID community = UUID.randomUUID();
    private final UUID groupBuy = UUID.randomUUID();
    private final String waybill = "GC-" + UUID.randomUUID();

    private static WireMockServer start() {
        var server =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
        server.start();
        return server;
    }

    @AfterAll
    static void stop() {
        COURIER.stop();
    }

    @BeforeEach
    void courierTakesBookings() {
        COURIER.resetAll();
        COURIER.stubFor(post(urlEqualTo("/bookings")).willReturn(okJson("{\"waybill\": \"%s\"}".formatted(waybill))));
    }

    @Test
    void a_formed_group_buy_is_booked_once_and_told() {
        form();
        form();

        var booked = awaitEvent("shipment.booked.v1");

        assertThat(booked.properties())
                .extracting(property -> property.getKey())
                .containsExactlyInAnyOrder("shipmentId", "groupBuyId", "carrier", "waybill");
        assertThat(booked.get("waybill").asString()).isEqualTo(waybill);
        assertThat(shipments().get("items")).hasSize(1);
        COURIER.verify(1, postRequestedFor(urlEqualTo("/bookings")));
    }

    @Test
    void a_courier_that_is_down_for_long_gets_each_booking_once_under_one_reference() {
        COURIER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
        form();
        Await.until(
                "several attempts",
                SOON,
                () -> summary().path("bookingAttempts").asInt(0) >= 8);
        assertThat(summary().get("state").asString()).isEqualTo("to-book");
        assertThat(summary().get("bookingProblem").asString()).isNotBlank();
        var refusedReferences = references();

        courierTakesBookings();

        awaitEvent("shipment.booked.v1");
        assertThat(events("shipment.booked.v1")).hasSize(1);
        assertThat(refusedReferences)
                .isNotEmpty()
                .containsOnly(summary().get("id").asString());
        assertThat(references()).containsOnly(summary().get("id").asString());
        assertThat(summary().has("bookingProblem")).isFalse();
    }

    @Test
    void a_call_whose_answer_was_lost_is_repeated_under_the_same_reference() {
        COURIER.stubFor(any(anyUrl())
                .willReturn(okJson("{\"waybill\": \"%s\"}".formatted(waybill)).withFixedDelay(1_500)));
        form();
        Await.until("an attempt without an answer", SOON, () -> summary().has("bookingProblem"));

        courierTakesBookings();

        awaitEvent("shipment.booked.v1");
        assertThat(references()).containsOnly(summary().get("id").asString());
    }

    @Test
    void what_the_courier_refuses_waits_for_a_person() {
        COURIER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(422)));
        form();

        Await.until("the refusal", SOON, () -> state().equals("refused"));
        assertThat(summary().get("bookingProblem").asString()).contains("422");
        assertThat(summary().get("bookingAttempts").asInt()).isEqualTo(1);
    }

    @Test
    void a_report_moves_the_shipment_and_is_told_once_however_often_it_comes() {
        book();
        var body = report("e1", "picked_up");

        IntStream.range(0, 20).parallel().forEach(_ -> assertThat(send(body)).isEqualTo(200));

        awaitEvent("shipment.status-changed.v1");
        assertThat(send(report("e2", "delivered"))).isEqualTo(200);
        Await.until("the end", SOON, () -> events("shipment.status-changed.v1").size() == 2);
        assertThat(events("shipment.status-changed.v1"))
                .extracting(event -> event.get("sequence").asInt() + " "
                        + event.get("status").asString())
                .containsExactly("1 picked_up", "2 delivered");
        assertThat(detail().get("reports")).hasSize(2);
    }

    @Test
    void a_late_report_and_an_unknown_word_are_kept_and_change_nothing() {
        book();
        send(report("e1", "out_for_delivery"));
        send(report("e2", "picked_up"));
        send(report("e3", "beamed_up"));

        assertThat(detail().get("reports").valueStream())
                .extracting(entry -> entry.get("courierStatus").asString() + " "
                        + entry.get("status").asString() + " "
                        + entry.get("outcome").asString())
                .containsExactly(
                        "out_for_delivery out_for_delivery moved",
                        "picked_up picked_up late",
                        "beamed_up unknown not-understood");
        assertThat(summary().get("status").asString()).isEqualTo("out_for_delivery");
        assertThat(summary().get("sequence").asInt()).isEqualTo(1);
    }

    @Test
    void a_silent_courier_is_asked_and_its_reports_count_once() {
        book();
        send(report("e1", "picked_up"));
        COURIER.stubFor(get(urlEqualTo("/bookings/" + waybill)).willReturn(okJson("""
                {"waybill": "%1$s", "reports": [
                    {"eventId": "e1", "waybill": "%1$s", "status": "picked_up", "occurredAt": "2026-11-22T06:00:00Z"},
                    {"eventId": "e2", "waybill": "%1$s", "status": "delivered", "occurredAt": "2026-11-22T07:00:00Z"},
                    {"eventId": "e3", "waybill": "foreign", "status": "lost", "occurredAt": "2026-11-22T07:00:00Z"}]}""".formatted(waybill))));

        service.jdbc()
                .sql("UPDATE shipment SET next_poll_at = created_at WHERE community_id = ?")
                .param(community)
                .update();

        Await.until("the end", SOON, () -> summary().get("status").asString().equals("delivered"));
        assertThat(detail().get("reports").valueStream())
                .extracting(entry -> entry.get("source").asString())
                .containsExactly("webhook", "poll");
        assertThat(events("shipment.status-changed.v1").size()).isBetween(1, 2);
    }

    @Test
    void a_wrongly_signed_report_is_refused_before_it_is_read() {
        service.client()
                .post()
                .uri("/webhooks/couriers/generic")
                .contentType(MediaType.APPLICATION_JSON)
                .header("webhook-id", "e1")
                .header("webhook-timestamp", Long.toString(Instant.now().getEpochSecond()))
                .header("webhook-signature", "v1,AAAA")
                .bodyValue("{\"broken")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/signature-invalid");
    }

    @Test
    void signed_reports_that_say_nothing_usable_are_refused() {
        for (var body : List.of(
                "",
                "[]",
                "null",
                "42",
                "{\"broken",
                "{}",
                report("", "picked_up"),
                report("x".repeat(129), "picked_up"))) {
            assertThat(send(body)).as(body).isEqualTo(400);
        }
    }

    @Test
    void a_waybill_not_known_yet_is_to_be_reported_again() {
        assertThat(send(report("e1", "picked_up"))).isEqualTo(404);
    }

    @Test
    void the_simulated_partners_are_not_there() {
        for (var path : List.of("/sandbox/couriers/generic/bookings", "/sandbox/wechat/codes")) {
            service.client()
                    .post()
                    .uri(path)
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue("{}")
                    .exchange()
                    .expectStatus()
                    .isNotFound();
        }
    }

    @Test
    void pages_follow_each_other_without_gaps() {
        for (int i = 0; i < 5; i++) {
            publishFormed(UUID.randomUUID());
        }
        Await.until("five shipments", SOON, () -> shipments().get("items").size() == 5);

        var first = getJson("?limit=3");
        var second = getJson("?limit=3&cursor=" + first.get("next").asString());

        assertThat(first.get("items")).hasSize(3);
        assertThat(second.get("items")).hasSize(2);
        assertThat(second.has("next")).isFalse();
        assertThat(first.get("items").valueStream().map(item -> item.get("id")))
                .doesNotContainAnyElementsOf(second.get("items")
                        .valueStream()
                        .map(item -> item.get("id"))
                        .toList());
    }

    @Test
    void residents_do_not_see_shipments() {
        var token = service.tokens().member(community, UUID.randomUUID(), "resident");

        service.client(token)
                .get()
                .uri("/v1/communities/{c}/shipments", community)
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    private void form() {
        publishFormed(groupBuy);
    }

    private void publishFormed(UUID id) {
        service.events()
                .publish(
                        community,
                        "group-buy.formed.v1",
                        id,
                        Map.of(
                                "groupBuyId",
                                id,
                                "title",
                                "青菜",
                                "supplierId",
                                UUID.randomUUID(),
                                "supplierName",
                                "绿源农场",
                                "orders",
                                List.of(Map.of(
                                        "orderId",
                                        UUID.randomUUID(),
                                        "householdId",
                                        UUID.randomUUID(),
                                        "serialNumber",
                                        1,
                                        "doorstep",
                                        false,
                                        "weightGrams",
                                        3_000,
                                        "lines",
                                        List.of()))));
    }

    private void book() {
        form();
        awaitEvent("shipment.booked.v1");
    }

    private JsonNode awaitEvent(String type) {
        return service.events()
                .await(type, event -> event.community().equals(community))
                .data();
    }

    private List<JsonNode> events(String type) {
        return service.events().heard(type).stream()
                .filter(event -> event.community().equals(community))
                .map(event -> event.data())
                .toList();
    }

    private static List<String> references() {
        return COURIER.getAllServeEvents().stream()
                .map(ServeEvent::getRequest)
                .filter(request -> request.getUrl().equals("/bookings"))
                .map(request -> request.getBodyAsString().replaceAll(".*\"reference\":\"([^\"]+)\".*", "$1"))
                .distinct()
                .toList();
    }

    private String report(String eventId, String status) {
        return """
                {"eventId": "%s", "waybill": "%s", "status": "%s", "occurredAt": "2026-11-22T06:30:00Z", "more": 1}""".formatted(eventId, waybill, status);
    }

    private int send(String body) {
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

    private WebTestClient coordinator() {
        return service.client(service.tokens().member(community, UUID.randomUUID(), "coordinator"));
    }

    private JsonNode shipments() {
        return getJson("");
    }

    private JsonNode summary() {
        var items = getJson("?groupBuyId=" + groupBuy).get("items");
        return items.isEmpty() ? tools.jackson.databind.node.MissingNode.getInstance() : items.get(0);
    }

    private String state() {
        return summary().path("state").asString("");
    }

    private JsonNode detail() {
        return getJson("/" + summary().get("id").asString());
    }

    private JsonNode getJson(String more) {
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
