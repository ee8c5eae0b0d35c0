package io.linli.dispatch.building;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class BuildingSampleTests {

    @Test
    void a_building_of_the_community_is_understood() throws IOException {
        var sample = Files.readString(Path.of("../community-service/src/main/events/building.added.v1.json"));
        var json = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .build();

        var added = json.readValue(sample, BuildingEvents.BuildingAdded.class);

        assertThat(added.buildingId()).isNotNull();
        assertThat(added.name()).isNotBlank();
        assertThat(added.floors()).isPositive();
    }

    @Test
    void a_household_of_the_community_is_understood() throws IOException {
        var sample = Files.readString(Path.of("../community-service/src/main/events/household.changed.v1.json"));
        var json = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .build();

        var home = json.readValue(sample, BuildingEvents.HouseholdChanged.class).home();

        assertThat(home.floor()).isEqualTo(12);
        assertThat(home.needLevel()).isEqualTo(2);
        assertThat(home.building()).isNotNull();
    }
}
