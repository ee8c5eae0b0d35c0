package io.linli.partner.payment;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;

class PaymentNoticesTests extends PaymentScene {
    @BeforeEach
    void the_provider_takes_everything() {
        prepare();
        PROVIDER.stubFor(
                post(urlEqualTo("/prepayments/" + payment + "/refunds")).willReturn(okJson("{}")));
    }

    @Test
    void a_payment_that_is_told_of_twice_succeeds_once() {
        request();
        awaitState("payable");

        assertThat(say("paid", payment, 1900)).isEqualTo(200);
        assertThat(say("paid", payment, 1900)).isEqualTo(200);

        assertThat(told("payment.succeeded.v1")).hasSize(1);
        awaitState("paid");
    }

    @Test
    void two_hundred_copies_of_a_notice_at_once_succeed_once() throws Exception {
        request();
        awaitState("payable");

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(IntStream.range(0, 200)
                    .<Callable<Integer>>mapToObj(_ -> () -> say("paid", payment, 1900))
                    .toList());
            for (var answer : answers) {
                assertThat(answer.get()).isIn(200, 503);
            }
        }

        assertThat(told("payment.succeeded.v1")).hasSize(1);
    }

    @Test
    void money_that_arrives_after_the_closing_has_still_arrived() {
        request();

        say("closed", payment, 1900);
        say("paid", payment, 1900);
        say("closed", payment, 1900);

        awaitState("paid");
        assertThat(told("payment.failed.v1")).hasSize(1);
        assertThat(told("payment.succeeded.v1")).hasSize(1);
    }

    @Test
    void a_refund_told_before_its_payment_is_kept_too() {
        request();
        requestRefund(700);
        io.linli.kit.testing.Await.until("the refund", SOON, () -> say("refunded", refund, 700) == 200);

        say("refunded", refund, 700);
        say("paid", payment, 1900);

        assertThat(told("payment.refunded.v1")).hasSize(1);
        assertThat(told("payment.succeeded.v1")).hasSize(1);
    }

    @Test
    void other_amounts_are_not_taken() {
        request();
        requestRefund(700);
        io.linli.kit.testing.Await.until("the refund", SOON, () -> say("refunded", refund, 699) == 422);

        assertThat(say("paid", payment, 1899)).isEqualTo(422);

        assertThat(told("payment.succeeded.v1")).isEmpty();
        assertThat(told("payment.refunded.v1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"paid", "closed", "refunded"})
    void a_reference_nobody_knows_is_sent_again_later(String kind) {
        assertThat(say(kind, UUID.randomUUID(), 1900)).isEqualTo(404);
    }

    @Test
    void a_word_we_do_not_know_changes_nothing() {
        request();

        assertThat(say("chargeback", payment, 1900)).isEqualTo(200);

        assertThat(told("payment.succeeded.v1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{}",
                "{\"kind\": \"paid\"}",
                "{\"kind\": \"paid\", \"reference\": \"x\", \"amountFen\": 1, \"occurredAt\": \"2026-11-24T12:05:00Z\"}",
                "{\"kind\": \"paid\", \"reference\": \"0193a1b0-7c00-7000-8000-000000000001\", \"amountFen\": 0,"
                        + " \"occurredAt\": \"2026-11-24T12:05:00Z\"}",
                "{\"kind\": \"paid\", \"reference\": \"0193a1b0-7c00-7000-8000-000000000001\", \"amountFen\": 1,"
                        + " \"occurredAt\": \"+12026-11-24T12:05:00Z\"}"
            })
    void a_signed_notice_that_is_none_is_refused(String body) {
        assertThat(send(body)).isEqualTo(400);
    }

    @Test
    void an_unsigned_notice_changes_nothing() {
        request();

        service.client()
                .post()
                .uri("/webhooks/payments/generic")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"kind\": \"paid\", \"reference\": \"%s\", \"amountFen\": 1900}".formatted(payment))
                .exchange()
                .expectStatus()
                .isUnauthorized();

        assertThat(told("payment.succeeded.v1")).isEmpty();
    }

    @Test
    void a_household_sees_its_own_payments_and_a_coordinator_all() {
        request();

        assertThat(list(resident(household), "")).hasSize(1);
        assertThat(list(resident(UUID.randomUUID()), "")).isEmpty();
        assertThat(list(resident(UUID.randomUUID()), "?orderId=" + order)).isEmpty();
        assertThat(list(service.tokens().member(community, UUID.randomUUID(), "coordinator"), ""))
                .hasSize(1);
    }
}
