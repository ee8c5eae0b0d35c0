package io.linli.dispatch.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class EventSamplesTests {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();
    private static final UUID TASK = id(1);
    private static final UUID PARCEL = id(2);
    private static final UUID HOUSEHOLD = id(3);
    private static final UUID VOLUNTEER = id(4);

    private static UUID id(int last) {
        return UUID.fromString("01939a10-0000-7000-8000-00000000000" + last);
    }

    static Stream<TaskEvent> published() {
        var proof = new Proof(
                "photo",
                "photos/2026/11/22/0193.jpg",
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
        return Stream.of(
                new TaskEvent.TaskAccepted(TASK, "delivery", PARCEL, HOUSEHOLD, VOLUNTEER),
                new TaskEvent.TaskReleased(TASK, "delivery", PARCEL, HOUSEHOLD, VOLUNTEER),
                new TaskEvent.TaskDropped(TASK, "delivery", PARCEL, HOUSEHOLD, VOLUNTEER, proof),
                new TaskEvent.TaskDropUndone(TASK, "delivery", PARCEL, HOUSEHOLD, VOLUNTEER),
                new TaskEvent.TaskDelivered(TASK, "delivery", PARCEL, HOUSEHOLD, VOLUNTEER, "resident"),
                new TaskEvent.TaskFailed(TASK, "delivery", PARCEL, HOUSEHOLD, VOLUNTEER, "not-home", true),
                new TaskEvent.TaskEscalated(TASK, "medicine", null, HOUSEHOLD, "unsafe", 1));
    }

    @ParameterizedTest
    @MethodSource("published")
    void what_we_publish_is_what_the_sample_says(TaskEvent event) {
        var sample = JSON.readTree(read(Path.of("src/main/events", event.type() + ".json")));

        assertThat(JSON.<tools.jackson.databind.JsonNode>valueToTree(event)).isEqualTo(sample);
    }

    @Test
    void every_published_type_has_a_sample_and_every_sample_a_type() throws IOException {
        try (var files = Files.list(Path.of("src/main/events"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("task.")))
                    .containsExactlyInAnyOrderElementsOf(
                            published().map(event -> event.type() + ".json").toList());
        }
    }

    @Test
    void a_ready_parcel_of_the_station_is_understood() {
        var ready = JSON.readValue(read(station("parcel.ready.v1")), FollowParcels.Ready.class);

        assertThat(ready.label()).matches("\\d+-\\d+-\\d+");
        assertThat(ready.weightGrams()).isPositive();
        assertThat(ready.version()).isPositive();
        assertThat(ready.parcelId()).isNotNull();
        assertThat(ready.buildingId()).isNotNull();
        assertThat(ready.householdId()).isNotNull();
    }

    @Test
    void a_collected_parcel_of_the_station_is_understood() {
        var collected = JSON.readValue(read(station("parcel.collected.v1")), ParcelEvents.ParcelCollected.class);

        assertThat(collected.taskId()).isNotNull();
        assertThat(collected.volunteerId()).isNotNull();
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(strings = {"parcel.handed-over.v1", "parcel.failed.v1"})
    void the_end_of_a_parcel_is_understood(String type) {
        assertThat(JSON.readValue(read(station(type)), ParcelEvents.ParcelOver.class)
                        .parcelId())
                .isNotNull();
    }

    private static Path station(String type) {
        return Path.of("../station-service/src/main/events", type + ".json");
    }

    private static String read(Path sample) {
        try {
            return Files.readString(sample);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
