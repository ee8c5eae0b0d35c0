package io.linli.groupbuy.completion;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.completion.CompleteOrders.ParcelEnded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
