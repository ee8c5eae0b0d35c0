package io.linli.partner.payment;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.linli.kit.testing.Await;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentProviderTests extends PaymentScene {
    static final Map<String, ResponseDefinitionBuilder> TROUBLE = Map.of(
            "down", aResponse().withStatus(503),
            "slow", okJson("{}").withFixedDelay(2_000),
            "reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
            "no JSON", okJson("<html>"),
            "empty", aResponse().withStatus(200),
            "without a number", okJson("{\"payUrl\": \"x\"}"),
            "not logged in", aResponse().withStatus(401));

    static Stream<String> trouble() {
        return TROUBLE.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("trouble")
    void a_provider_in_trouble_is_asked_again_under_the_same_reference(String trouble) {
        PROVIDER.stubFor(any(anyUrl()).willReturn(TROUBLE.get(trouble)));
        request();
        Await.until("asked twice", SOON, () -> asked() >= 2);
        assertThat(payments().get(0).get("state").asString()).isEqualTo("to-prepare");

        prepare();

        awaitState("payable");
        assertThat(payments().get(0).get("payUrl").asString()).isEqualTo("https://pay.example/" + payment);
        assertThat(PROVIDER.findAll(postRequestedFor(urlEqualTo("/prepayments"))))
                .allSatisfy(asked ->
                        assertThat(asked.getBodyAsString()).contains(payment.toString(), "\"amountFen\":1900"));
    }

    private long asked() {
        return PROVIDER.findAll(postRequestedFor(urlEqualTo("/prepayments"))).size();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 422})
    void what_the_provider_will_not_take_has_failed(int status) {
        PROVIDER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status)));

        request();

        awaitState("closed");
        assertThat(awaitTold("payment.failed.v1").get("reason").asString()).isEqualTo("refused");
    }

    @Test
    void what_can_not_be_paid_in_time_is_not_even_asked_for() {
        prepare();

        request(Instant.now().minusSeconds(1));

        awaitState("closed");
        assertThat(asked()).isZero();
        assertThat(awaitTold("payment.failed.v1").get("reason").asString()).isEqualTo("expired");
    }

    @Test
    void a_lost_notice_is_made_up_for_by_asking() {
        prepare();
        PROVIDER.stubFor(get(urlEqualTo("/prepayments/" + payment)).willReturn(okJson("""
                {"notices": [{"kind": "paid", "reference": "%s", "amountFen": 1900,
                    "occurredAt": "2026-11-24T12:05:00Z"}]}""".formatted(payment))));

        request();

        awaitState("paid");
        assertThat(told("payment.succeeded.v1")).hasSize(1);
    }

    @Test
    void what_nobody_paid_ends_once_the_provider_has_nothing_to_say_of_it() {
        prepare();

        request(Instant.now().plusSeconds(2));

        awaitState("closed");
        assertThat(awaitTold("payment.failed.v1").get("reason").asString()).isEqualTo("expired");
    }

    /// The provider is away when the time is over, and somebody had paid.
    @Test
    void a_payment_is_asked_about_for_as_long_as_the_provider_does_not_answer() {
        var standing = urlEqualTo("/prepayments/" + payment);
        prepare();
        PROVIDER.stubFor(get(standing).willReturn(aResponse().withStatus(503)));
        var payBy = Instant.now().plusSeconds(2);
        request(payBy);
        awaitState("payable");
        Await.until(
                "the time to be over",
                SOON,
                () -> PROVIDER.getAllServeEvents().stream()
                        .map(event -> event.getRequest())
                        .anyMatch(asked -> asked.getUrl().equals("/prepayments/" + payment)
                                && asked.getLoggedDate().toInstant().isAfter(payBy.plusSeconds(2))));
        assertThat(payments().get(0).get("state").asString()).isEqualTo("payable");

        PROVIDER.stubFor(get(standing).willReturn(okJson("""
                {"notices": [{"kind": "paid", "reference": "%s", "amountFen": 1900,
                    "occurredAt": "2026-11-24T12:05:00Z"}]}""".formatted(payment))));

        awaitState("paid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"kind\": \"paid\"}]", "null", "[null]", "7"})
    void an_answer_that_is_none_changes_nothing(String notices) {
        prepare();
        PROVIDER.stubFor(
                get(urlEqualTo("/prepayments/" + payment)).willReturn(okJson("{\"notices\": %s}".formatted(notices))));

        request();
        awaitState("payable");
        Await.until(
                "asked about",
                SOON,
                () -> PROVIDER.getAllServeEvents().stream()
                                .filter(event -> event.getRequest().getUrl().equals("/prepayments/" + payment))
                                .count()
                        > 1);

        assertThat(payments().get(0).get("state").asString()).isEqualTo("payable");
    }

    @ParameterizedTest
    @MethodSource("trouble")
    void a_refund_is_asked_for_until_it_has_gone_back(String trouble) {
        var refunds = "/prepayments/" + payment + "/refunds";
        prepare();
        PROVIDER.stubFor(post(urlEqualTo(refunds)).willReturn(TROUBLE.get(trouble)));
        request();
        requestRefund(700);
        Await.until(
                "asked twice",
                SOON,
                () -> PROVIDER.findAll(postRequestedFor(urlEqualTo(refunds))).size() >= 2);

        PROVIDER.stubFor(post(urlEqualTo(refunds)).willReturn(okJson("{\"refundedAt\": \"2026-11-26T09:00:00Z\"}")));

        var told = awaitTold("payment.refunded.v1");
        assertThat(told.get("refundId").asString()).isEqualTo(refund.toString());
        assertThat(told.get("amountFen").asLong()).isEqualTo(700);
        assertThat(told("payment.refunded.v1")).hasSize(1);
    }

    @Test
    void a_refused_refund_is_not_given_up() {
        var refunds = "/prepayments/" + payment + "/refunds";
        prepare();
        PROVIDER.stubFor(post(urlEqualTo(refunds)).willReturn(aResponse().withStatus(422)));
        request();
        requestRefund(700);

        Await.until(
                "asked again",
                SOON,
                () -> PROVIDER.findAll(postRequestedFor(urlEqualTo(refunds))).size() >= 2);
        assertThat(told("payment.refunded.v1")).isEmpty();
    }
}
