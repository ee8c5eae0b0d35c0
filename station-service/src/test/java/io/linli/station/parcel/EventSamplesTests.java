package io.linli.station.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.station.parcel.ParcelState.Arrived;
import io.linli.station.parcel.ParcelState.Carrier;
import io.linli.station.parcel.ParcelState.Dropped;
import io.linli.station.parcel.ParcelState.Failure;
import io.linli.station.parcel.ParcelState.Ready;
import io.linli.station.parcel.TaskNews.TaskAccepted;
import io.linli.station.parcel.TaskNews.TaskDelivered;
import io.linli.station.parcel.TaskNews.TaskDropped;
import io.linli.station.parcel.TaskNews.TaskFailed;
import io.linli.station.parcel.TaskNews.TaskReleased;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What the station publishes is what its samples say, and it reads what the samples of dispatch-service say.
class EventSamplesTests {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    private static final Carrier CARRIER = new Carrier(id(51), id(71));

    private static UUID id(int number) {
        return UUID.fromString("01980b1e-7c00-7000-8000-0000000000" + number);
    }

    private static Parcel parcel(ParcelState state, long version) {
        return new Parcel(
                id(31), id(81), id(11), id(21), List.of(id(41)), 4_200, true, false, 0, Instant.EPOCH, version, state);
    }

    static Stream<Arguments> published() {
        var ready = new Ready("2-5-2418", CARRIER);
        return Stream.of(
                Arguments.of(
                        "parcel.ready.v1",
                        parcel(new Arrived(), 2),
                        new Command.Shelve("2-5-2418", new Recipient(id(61), 5, true, false))),
                Arguments.of("parcel.handed-over.v1", parcel(ready, 3), new Command.HandOver()),
                Arguments.of("parcel.collected.v1", parcel(ready, 4), new Command.Collect(CARRIER)),
                Arguments.of(
                        "parcel.delivered.v1",
                        parcel(new Dropped("2-5-2418", CARRIER), 6),
                        new Command.Deliver(CARRIER.task(), "resident")),
                Arguments.of("parcel.failed.v1", parcel(new Arrived(), 2), new Command.Fail(Failure.DAMAGED)));
    }

    @ParameterizedTest
    @MethodSource("published")
    void a_published_event_is_its_sample(String type, Parcel before, Command command) throws IOException {
        var event = ((Decision.Accepted) before.decide(command)).events().getFirst();

        assertThat(event.eventType()).isEqualTo(type);
        assertThat(JSON.<Object>readValue(JSON.writeValueAsString(event), Object.class))
                .isEqualTo(JSON.readValue(Files.readString(sample("station-service", type)), Object.class));
    }

    @Test
    void every_sample_has_its_event() throws IOException {
        try (var samples = Files.list(Path.of("src/main/events"))) {
            assertThat(samples.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            published().map(each -> (String) each.get()[0]).toList());
        }
    }

    static Stream<Arguments> heard() {
        return Stream.of(
                Arguments.of("task.accepted.v1", TaskAccepted.class),
                Arguments.of("task.released.v1", TaskReleased.class),
                Arguments.of("task.dropped.v1", TaskDropped.class),
                Arguments.of("task.drop-undone.v1", TaskNews.TaskDropUndone.class),
                Arguments.of("task.delivered.v1", TaskDelivered.class),
                Arguments.of("task.failed.v1", TaskFailed.class));
    }

    @ParameterizedTest
    @MethodSource("heard")
    void a_heard_event_is_read(String type, Class<? extends TaskNews> news) throws IOException {
        assertThat(JSON.readValue(Files.readString(sample("dispatch-service", type)), news))
                .hasNoNullFieldsOrProperties();
    }

    private static Path sample(String module, String type) {
        return Path.of("../" + module + "/src/main/events/" + type + ".json");
    }
}
