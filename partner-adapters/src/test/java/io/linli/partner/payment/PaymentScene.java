package io.linli.partner.payment;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.partner.PartnerApplication;
import io.linli.partner.TestSettings;
import io.linli.partner.WebhookSecret;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

/// The service with a payment provider of WireMock, and one payment that a household is asked for.
class PaymentScene {
    static final Duration SOON = Duration.ofSeconds(20);
    private static final int LEFTOVERS = 10;
    static final WireMockServer PROVIDER =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(PartnerApplication.class, "partner-adapters")
            .with("linli.partner.payments.url", PaymentScene::start)
            .with("linli.partner.courier-webhook-secret", TestSettings.SECRET)
            .with("linli.partner.payments.webhook-secret", TestSettings.SECRET)
            .with("linli.partner.payments.timeout-millis", "500")
            .with("linli.partner.payments.poll-millis", "50")
            .with("linli.partner.payments.silence-millis", "300")
            .with("linli.partner.payments.expired-after-millis", "1000")
            .with("linli.partner.payments.claim-millis", "2000")
            .with("linli.partner.payments.retry-min-millis", "50")
            .with("linli.partner.payments.retry-max-millis", "200")
            .with("linli.database.acquire-timeout", "20s")
            .with("linli.database.transaction-timeout", "25s")
            .with("resilience4j.circuitbreaker.configs.partner.wait-duration-in-open-state", "100ms");

    final UUID community = UUID.randomUUID();
    final UUID household = UUID.randomUUID();
    final UUID payment = UUID.randomUUID();
    final UUID order = UUID.randomUUID();
    final UUID refund = UUID.randomUUID();

    private static String start() {
        PROVIDER.start();
        return PROVIDER.baseUrl();
    }

    @AfterAll
    static void stop() {
        PROVIDER.stop();
    }

    /// What earlier tests left is answered well: else its failures keep the breaker open for this one.
    @BeforeEach
    void forget() {
        PROVIDER.resetAll();
        PROVIDER.stubFor(
                any(anyUrl()).atPriority(LEFTOVERS).willReturn(okJson("""
                                {"prepayId": "{{randomValue type='UUID'}}", "payUrl": "https://pay.example/earlier",
                                 "notices": [], "refundedAt": "2026-11-26T09:00:00Z"}""").withTransformers("response-template")));
    }

    /// The provider takes our payment, and only ours: one that an earlier test left would take its number.
    void prepare() {
        PROVIDER.stubFor(post(urlEqualTo("/prepayments"))
                .withRequestBody(containing(payment.toString()))
                .willReturn(okJson("{\"prepayId\": \"PP-%s\", \"payUrl\": \"https://pay.example/%s\", \"more\": 1}"
                        .formatted(payment, payment))));
    }

    void request() {
        request(Instant.now().plusSeconds(900));
    }

    void request(Instant payBy) {
        var data = new LinkedHashMap<String, Object>();
        data.put("paymentId", payment);
        data.put("orderId", order);
        data.put("groupBuyId", UUID.randomUUID());
        data.put("householdId", household);
        data.put("title", "周二蔬菜");
        data.put("amountFen", 1900);
        data.put("payBy", payBy.truncatedTo(ChronoUnit.MILLIS).toString());
        service.events().publish(community, "payment.requested.v1", payment, data);
        Await.until("the payment", SOON, () -> !payments().isEmpty());
    }

    void requestRefund(long amountFen) {
        var data = Map.of("refundId", refund, "paymentId", payment, "orderId", order, "amountFen", amountFen);
        service.events().publish(community, "refund.requested.v1", refund, data);
    }

    /// What the provider says, signed; answers our status.
    int say(String kind, UUID reference, long amountFen) {
        return send("""
                {"kind": "%s", "reference": "%s", "amountFen": %d, "occurredAt": "2026-11-24T12:05:00Z", "more": 1}""".formatted(kind, reference, amountFen));
    }

    int send(String body) {
        var now = Instant.now().getEpochSecond();
        return service.client()
                .post()
                .uri("/webhooks/payments/generic")
                .contentType(MediaType.APPLICATION_JSON)
                .header("webhook-id", "n1")
                .header("webhook-timestamp", Long.toString(now))
                .header("webhook-signature", new WebhookSecret(TestSettings.SECRET).sign("n1", now, body))
                .bodyValue(body)
                .exchange()
                .returnResult()
                .getStatus()
                .value();
    }

    void awaitState(String state) {
        Await.until(
                state, SOON, () -> state.equals(payments().get(0).get("state").asString()));
    }

    JsonNode payments() {
        return list(resident(household), "?orderId=" + order);
    }

    JsonNode list(String token, String more) {
        return service.client(token)
                .get()
                .uri("/v1/communities/" + community + "/payments" + more)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody()
                .get("items");
    }

    String resident(UUID ofHousehold) {
        return service.tokens()
                .token(UUID.randomUUID())
                .member(community, UUID.randomUUID())
                .household(ofHousehold)
                .roles("resident")
                .sign();
    }

    /// The events of this type about our payment, once nothing more is to be published.
    List<JsonNode> told(String type) {
        Await.until(
                "everything published",
                SOON,
                () -> service.jdbc()
                                .sql("SELECT count(*) FROM outbox WHERE community_id = ?")
                                .param(community)
                                .query(Long.class)
                                .single()
                        == 0);
        return service.events().heard(type).stream()
                .filter(event -> event.subject().equals(payment))
                .map(event -> event.data())
                .toList();
    }

    JsonNode awaitTold(String type) {
        return service.events()
                .await(type, event -> event.subject().equals(payment))
                .data();
    }
}
