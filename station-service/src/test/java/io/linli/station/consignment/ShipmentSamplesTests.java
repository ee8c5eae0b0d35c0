package io.linli.station.consignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.station.consignment.ShipmentNews.GroupBuyFormed;
import io.linli.station.consignment.ShipmentNews.ShipmentBooked;
import io.linli.station.consignment.ShipmentNews.ShipmentStatusChanged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The station reads what the samples of group-buy-service and partner-adapters say.
class ShipmentSamplesTests {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    static java.util.stream.Stream<Arguments> heard() {
        return java.util.stream.Stream.of(
                Arguments.of("group-buy-service/src/main/events/group-buy.formed.v1.json", GroupBuyFormed.class),
                Arguments.of("partner-adapters/src/main/events/shipment.booked.v1.json", ShipmentBooked.class),
                Arguments.of(
                        "partner-adapters/src/main/events/shipment.status-changed.v1.json",
                        ShipmentStatusChanged.class));
    }

    @ParameterizedTest
    @MethodSource("heard")
    void a_heard_event_is_read(String sample, Class<? extends ShipmentNews> news) throws IOException {
        var read = JSON.readValue(Files.readString(Path.of("../" + sample)), news);

        assertThat(read).hasNoNullFieldsOrProperties();
        if (read instanceof GroupBuyFormed formed) {
            assertThat(formed.orders())
                    .isNotEmpty()
                    .allSatisfy(order -> assertThat(order).hasNoNullFieldsOrProperties());
        }
    }
}
