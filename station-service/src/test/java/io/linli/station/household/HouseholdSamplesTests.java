package io.linli.station.household;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The station reads what the sample of community-service says.
class HouseholdSamplesTests {

    @Test
    void a_heard_event_is_read() throws IOException {
        var json = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
        var sample = Path.of("../community-service/src/main/events/household.changed.v1.json");

        assertThat(json.readValue(Files.readString(sample), HouseholdChanged.class))
                .hasNoNullFieldsOrProperties();
    }
}
