package io.linli.partner.sandbox;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.testing.Await;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SandboxCourierTests extends SandboxScene {
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
}
