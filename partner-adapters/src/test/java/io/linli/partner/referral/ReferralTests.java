package io.linli.partner.referral;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.partner.referral.Referral.Command;
import io.linli.partner.referral.Referral.Decision;
import io.linli.partner.referral.Referral.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReferralTests {
    private static final Instant NOW = Instant.parse("2026-11-22T06:30:00Z");
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();
    private static final Map<String, Command> COMMANDS = Map.of(
            "accept", new Command.Accept(),
            "decline", new Command.Decline(),
            "report", new Command.Report("done"),
            "withdraw", new Command.Withdraw());
    private static final Map<String, State> MOVES = Map.of(
            "WAITING accept", State.ACCEPTED,
            "WAITING decline", State.DECLINED,
            "WAITING report", State.REPORTED,
            "WAITING withdraw", State.WITHDRAWN,
            "ACCEPTED decline", State.DECLINED,
            "ACCEPTED report", State.REPORTED,
            "ACCEPTED withdraw", State.WITHDRAWN);

    private static UUID id(int last) {
        return UUID.fromString("01939a10-0000-7000-8000-0000000000" + last);
    }

    private static Referral in(State state) {
        var need = new Referral.Need("psychological-advice", "today", 2, "cannot sleep", NOW);
        return new Referral(id(13), UUID.randomUUID(), id(11), id(14), need, NOW, state);
    }

    @TestFactory
    Stream<DynamicTest> each_command_moves_each_state_or_is_refused() {
        return Stream.of(State.values())
                .flatMap(state -> COMMANDS.keySet().stream()
                        .map(command -> DynamicTest.dynamicTest(state + " " + command, () -> check(state, command))));
    }

    private static void check(State state, String command) {
        var to = MOVES.get(state + " " + command);
        switch (in(state).decide(COMMANDS.get(command))) {
            case Decision.Changed(var next, var events) -> {
                assertThat(next.state()).isEqualTo(to);
                assertThat(next.need().text() == null).isEqualTo(to != State.ACCEPTED);
                assertThat(events).hasSize(to == State.WITHDRAWN ? 0 : 1);
            }
            case Decision.Rejected(var reason) -> {
                assertThat(to).isNull();
                assertThat(reason)
                        .isEqualTo(state == State.ACCEPTED ? Referral.Reason.ALREADY_ACCEPTED : Referral.Reason.ENDED);
            }
        }
    }

    @Test
    void an_answer_is_written_as_its_sample() throws IOException {
        var text = "Spoke for half an hour; a second call is agreed for Thursday";
        var reported = new ReferralAnswered(id(13), id(11), id(14), "reported", text);

        assertThat(JSON.<JsonNode>valueToTree(reported))
                .isEqualTo(JSON.readTree(Files.readString(Path.of("src/main/events/referral.answered.v1.json"))));
    }

    @Test
    void what_dispatch_tells_is_understood() throws IOException {
        var referred = JSON.readValue(dispatch("help.referred.v1"), HearReferrals.HelpReferred.class);
        var withdrawn = JSON.readValue(dispatch("help.withdrawn.v1"), HearReferrals.HelpWithdrawn.class);

        assertThat(referred.partnerId()).isNotNull();
        assertThat(referred.text()).isNotBlank();
        assertThat(referred.answerBy()).isNotNull();
        assertThat(withdrawn.referralId()).isEqualTo(referred.referralId());
    }

    private static String dispatch(String type) throws IOException {
        return Files.readString(Path.of("../dispatch-service/src/main/events", type + ".json"));
    }
}
