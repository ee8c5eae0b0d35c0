package io.linli.partner.courier;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.testing.Await;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

class BookingTests extends ShippingScene {
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
        COURIER.verify(1, postRequestedFor(urlEqualTo("/bookings")).withRequestBody(containing(waybill)));
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
        assertThat(summary().get("bookingProblem").asString()).isEqualTo("the courier gave no usable answer");
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
                .willReturn(okJson("{\"waybill\": \"%s\"}".formatted(waybill)).withFixedDelay(3_000)));
        form();
        Await.until("an attempt without an answer", SOON, () -> summary().has("bookingProblem"));

        courierTakesBookings();

        awaitEvent("shipment.booked.v1");
        assertThat(references()).containsOnly(summary().get("id").asString());
    }

    @Test
    void a_waybill_given_twice_is_not_taken_and_holds_up_nobody_else() {
        book();
        var second = UUID.randomUUID();
        publishFormed(second);
        Await.until(
                "the clash",
                SOON,
                () -> summary(second).path("bookingProblem").asString("").contains("waybill"));

        courierGives(waybill + "-2");

        Await.until(
                "the other waybill",
                SOON,
                () -> summary(second).path("waybill").asString("").endsWith("-2"));
        assertThat(summary().get("waybill").asString()).isEqualTo(waybill);
    }

    @Test
    void what_the_courier_refuses_is_told_as_cancelled() {
        COURIER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(422)));
        form();

        var told = awaitEvent("shipment.status-changed.v1");

        assertThat(told.get("status").asString()).isEqualTo("cancelled");
        assertThat(told.get("sequence").asInt()).isEqualTo(1);
        assertThat(told.has("waybill")).isFalse();
        assertThat(state()).isEqualTo("refused");
        assertThat(summary().get("status").asString()).isEqualTo("cancelled");
        assertThat(summary().get("bookingProblem").asString()).contains("422");
        assertThat(summary().get("bookingAttempts").asInt()).isEqualTo(1);
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
        COURIER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(422)));
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
}
