package io.linli.dispatch.help;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HelpEventSamplesTests {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final Path OURS = Path.of("src/main/events");

    private static UUID id(int last) {
        return UUID.fromString("01939a10-0000-7000-8000-0000000000" + last);
    }

    static Stream<HelpEvent> published() {
        return Stream.of(
                new HelpEvent.HelpAlarmed(id(11), id(12), "medical-advice"),
                new HelpEvent.HelpEscalated(
                        id(11), id(12), "errand", "urgent", "coordinator", Instant.parse("2026-11-22T06:30:00Z")),
                new HelpEvent.HelpReferred(
                        id(11),
                        id(13),
                        id(14),
                        "psychological-advice",
                        "today",
                        2,
                        "I cannot sleep any more",
                        Instant.parse("2026-11-23T06:30:00Z")),
                new HelpEvent.HelpWithdrawn(id(11), id(13)),
                new HelpEvent.HelpAnswered(id(11), id(12)));
    }

    @ParameterizedTest
    @MethodSource("published")
    void what_we_publish_is_what_the_sample_says(HelpEvent event) throws IOException {
        assertThat(JSON.<JsonNode>valueToTree(event)).isEqualTo(JSON.readTree(read(OURS, event.type())));
    }

    @Test
    void every_published_type_has_a_sample_and_every_sample_a_type() throws IOException {
        try (var files = Files.list(OURS)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("help.")))
                    .containsExactlyInAnyOrderElementsOf(
                            published().map(event -> event.type() + ".json").toList());
        }
    }

    @Test
    void a_partners_answer_is_understood() throws IOException {
        var sample = read(Path.of("../partner-adapters/src/main/events"), "referral.answered.v1");

        var answered = JSON.readValue(sample, FollowHelpers.ReferralAnswered.class);

        assertThat(answered.referralId()).isNotNull();
        assertThat(answered.partnerId()).isNotNull();
        assertThat(answered.answer()).isEqualTo("reported");
        assertThat(answered.text()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task.accepted.v1",
                "task.released.v1",
                "task.dropped.v1",
                "task.drop-undone.v1",
                "task.delivered.v1",
                "task.failed.v1"
            })
    void a_task_is_understood(String type) throws IOException {
        var held = JSON.readValue(read(OURS, type), FollowHelpers.TaskHeld.class);

        assertThat(held.taskId()).isNotNull();
        assertThat(held.volunteerId()).isNotNull();
    }

    private static String read(Path folder, String type) throws IOException {
        return Files.readString(folder.resolve(type + ".json"));
    }
}
