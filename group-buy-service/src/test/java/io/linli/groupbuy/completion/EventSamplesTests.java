package io.linli.groupbuy.completion;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.completion.CompleteOrders.ParcelEnded;
import io.linli.groupbuy.completion.CompleteOrders.ParcelReady;
import io.linli.groupbuy.completion.FollowShipments.Booked;
import io.linli.groupbuy.completion.FollowShipments.StatusChanged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class EventSamplesTests {

    @ParameterizedTest
    @ValueSource(strings = {"parcel.handed-over.v1", "parcel.delivered.v1", "parcel.failed.v1"})
    void the_stations_samples_are_understood(String type) throws IOException {
        var sample = Files.readString(Path.of("../station-service/src/main/events", type + ".json"));

        var read = JsonMapper.builder().build().readValue(sample, ParcelEnded.class);

        assertThat(read.parcelId()).isNotNull();
        assertThat(read.orderIds()).isNotEmpty();
    }

    @Test
    void the_sample_of_a_ready_parcel_is_understood() throws IOException {
        var sample = Files.readString(Path.of("../station-service/src/main/events/parcel.ready.v1.json"));

        assertThat(read(sample, ParcelReady.class).groupBuyId()).isNotNull();
    }

    @Test
    void the_samples_of_shipments_are_understood() throws IOException {
        var events = Path.of("../partner-adapters/src/main/events");

        var booked = read(Files.readString(events.resolve("shipment.booked.v1.json")), Booked.class);
        var changed = read(Files.readString(events.resolve("shipment.status-changed.v1.json")), StatusChanged.class);

        assertThat(booked.groupBuyId()).isNotNull();
        assertThat(changed.groupBuyId()).isNotNull();
        assertThat(changed.status()).isEqualTo("picked_up");
    }

    private static <T> T read(String sample, Class<T> type) {
        return JsonMapper.builder().build().readValue(sample, type);
    }
}
