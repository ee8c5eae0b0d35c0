package io.linli.community;

import static io.linli.community.Neighbourhood.in;
import static io.linli.community.Neighbourhood.person;
import static io.linli.community.Neighbourhood.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.testing.ServiceUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is really published has the shape of the samples that the consumers test against.
class EventSamplesTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Neighbourhood neighbourhood = new Neighbourhood(service);

    @Test
    void a_new_building_is_told_like_the_sample() throws IOException {
        var place = neighbourhood.place();

        var told = service.events()
                .await("building.added.v1", event -> event.community().equals(place.community()));

        assertThat(told.subject()).isEqualTo(place.building());
        var sample = sample("building.added.v1");
        assertThat(shape(told.data())).isEqualTo(shape(sample));
        assertThat(told.data().path("buildingId").asString())
                .isEqualTo(place.building().toString());
        for (var same : new String[] {"name", "x", "y", "floors", "lift"}) {
            assertThat(told.data().path(same)).isEqualTo(sample.path(same));
        }
    }

    @Test
    void a_changed_household_is_told_like_the_sample_without_personal_data() throws IOException {
        var place = neighbourhood.place();
        var home = neighbourhood.home(place, "R1201", person("王小梅", "13800138001", "resident"));
        var path = in(place.community(), "/households/" + home.household());
        send(
                        neighbourhood.operator(),
                        HttpMethod.PUT,
                        path + "/consents/station-deposit",
                        Map.of("granted", true, "channel", "app"))
                .expectStatus()
                .isOk();
        send(
                        neighbourhood.operator(),
                        HttpMethod.PUT,
                        path + "/care",
                        Map.of("mobility", true, "quarantine", false, "frail", false))
                .expectStatus()
                .isOk();

        var told = service.events()
                .await(
                        "household.changed.v1",
                        event -> event.subject().equals(home.household())
                                && event.data().path("version").asLong() == 3);

        var sample = sample("household.changed.v1");
        assertThat(shape(told.data())).isEqualTo(shape(sample));
        assertThat(told.data().path("buildingName")).isEqualTo(sample.path("buildingName"));
        assertThat(told.data().path("floor")).isEqualTo(sample.path("floor"));
        assertThat(told.data().path("doorstep").asBoolean()).isTrue();
        assertThat(told.data().path("stationConsent").asBoolean()).isTrue();
        assertThat(service.events().heard("household.changed.v1"))
                .allSatisfy(event -> assertThat(event.data().toString()).doesNotContain("王小梅", "13800138001", "R1201"));
    }

    @Test
    void a_closed_and_a_reopened_building_are_told_like_the_samples() throws IOException {
        var place = neighbourhood.place();
        var path = in(place.community(), "/buildings/" + place.building());

        tell(path + "/closure", "building.closed.v1", place.building());
        tell(path + "/reopening", "building.reopened.v1", place.building());
    }

    private void tell(String path, String type, UUID building) throws IOException {
        var sample = sample(type);
        var reason = Map.of("reason", sample.path("reason").asString());
        send(neighbourhood.operator(), HttpMethod.POST, path, reason)
                .expectStatus()
                .isOk();

        var told = service.events().await(type, event -> event.subject().equals(building));

        assertThat(shape(told.data())).isEqualTo(shape(sample));
        for (var same : new String[] {"version", "name", "reason"}) {
            assertThat(told.data().path(same)).isEqualTo(sample.path(same));
        }
    }

    private static JsonNode sample(String type) throws IOException {
        return JSON.readTree(Files.readString(Path.of("src/main/events", type + ".json")));
    }

    /// Names and kinds of the fields.
    private static Map<String, String> shape(JsonNode event) {
        var shape = new TreeMap<String, String>();
        event.properties()
                .forEach(field ->
                        shape.put(field.getKey(), field.getValue().getNodeType().name()));
        return shape;
    }
}
