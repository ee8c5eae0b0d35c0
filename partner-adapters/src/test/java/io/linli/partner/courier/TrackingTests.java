package io.linli.partner.courier;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.testing.Await;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

class TrackingTests extends ShippingScene {
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
                report("x".repeat(129), "picked_up"),
                report("e1", "picked_up").replace("2026-", "+400000-"),
                report("e1", "picked_up").replace("2026-", "-5000-"),
                report("e1", "picked_up").replace("\"2026-11-22T06:30:00Z\"", "1e17"))) {
            assertThat(send(body)).as(body).isEqualTo(400);
        }
    }

    @Test
    void a_waybill_not_known_yet_is_to_be_reported_again() {
        assertThat(send(report("e1", "picked_up"))).isEqualTo(404);
    }
}
