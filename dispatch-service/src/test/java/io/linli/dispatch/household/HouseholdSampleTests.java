package io.linli.dispatch.household;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class HouseholdSampleTests {

    @Test
    void a_household_of_the_community_is_understood() throws IOException {
        var sample = Files.readString(Path.of("../community-service/src/main/events/household.changed.v1.json"));
        var json = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .build();

        var changed = json.readValue(sample, HouseholdEvents.HouseholdChanged.class);

        assertThat(changed.householdId()).isNotNull();
        assertThat(changed.buildingId()).isNotNull();
        assertThat(changed.version()).isPositive();
    }
}
