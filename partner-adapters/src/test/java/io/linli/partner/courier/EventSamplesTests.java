package io.linli.partner.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EventSamplesTests {
    private static final UUID SHIPMENT = UUID.fromString("019a9f3e-6c1d-7b52-9a53-0d1f6a2b3c4d");
    private static final UUID GROUP_BUY = UUID.fromString("019a9f3e-0001-7b52-9a53-0d1f6a2b3c01");

    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @Test
    void a_booked_shipment_is_written_as_its_sample() {
        assertWritten(new ShipmentBooked(SHIPMENT, GROUP_BUY, "generic", "GC0000000017"));
    }

    @Test
    void a_changed_status_is_written_as_its_sample() {
        assertWritten(new ShipmentStatusChanged(
                SHIPMENT, GROUP_BUY, "generic", "GC0000000017", "picked_up", 1, Instant.parse("2026-11-22T06:30:00Z")));
    }

    @Test
    void a_refused_shipment_is_written_as_the_sample_without_a_waybill() throws IOException {
        var sample = (ObjectNode) json.readTree(Path.of("src/main/events/shipment.status-changed.v1.json"));
        sample.put("status", "cancelled").remove("waybill");

        var written = json.valueToTree(new ShipmentStatusChanged(
                SHIPMENT, GROUP_BUY, "generic", null, "cancelled", 1, Instant.parse("2026-11-22T06:30:00Z")));

        assertThat(written.equals(sample)).as(written.toString()).isTrue();
    }

    @Test
    void a_formed_group_buy_is_read_from_its_publishers_sample() throws IOException {
        var sample = Path.of("../group-buy-service/src/main/events/group-buy.formed.v1.json");

        var formed = json.readValue(Files.readString(sample), GroupBuyFormed.class);

        assertThat(formed.groupBuyId()).isNotNull();
        assertThat(formed.title()).isNotBlank();
        assertThat(formed.supplierName()).isNotBlank();
        assertThat(formed.pieces()).isPositive();
        assertThat(formed.weightGrams()).isPositive();
    }

    private void assertWritten(ShipmentEvent event) {
        var sample = Path.of("src/main/events", event.type() + ".json");

        assertThat(json.valueToTree(event).equals(json.readTree(sample.toFile())))
                .as(json.writeValueAsString(event))
                .isTrue();
    }
}
