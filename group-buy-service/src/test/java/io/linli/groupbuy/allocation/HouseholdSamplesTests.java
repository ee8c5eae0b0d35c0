package io.linli.groupbuy.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The policies read what the sample of community-service says.
class HouseholdSamplesTests {

    @Test
    void a_heard_event_is_read() throws IOException {
        var json = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        var sample = Path.of("../community-service/src/main/events/household.changed.v1.json");

        assertThat(json.readValue(Files.readString(sample), HouseholdChanged.class))
                .hasNoNullFieldsOrProperties();
    }
}
