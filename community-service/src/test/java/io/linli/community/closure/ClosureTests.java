package io.linli.community.closure;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.community.closure.Closure.Command;
import io.linli.community.closure.Closure.Decision;
import io.linli.community.closure.Closure.State;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ClosureTests {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant TONIGHT = NOW.plusSeconds(3600);

    /// Every command in every state: the state it leads to, with `!` where it comes into force, or why not.
    private static final String TABLE = """
                        | Open             | ToClose           | ToClose due       | Closed           | ToReopen          | ToReopen due
            close       | Closed!          | Closed!           | Closed!           | ALREADY_CLOSED   | Closed            | Closed
            close later | ToClose          | CLOSURE_PLANNED   | CLOSURE_PLANNED   | ALREADY_CLOSED   | REOPENING_PLANNED | REOPENING_PLANNED
            close once  | TOO_FAR          | TOO_FAR           | TOO_FAR           | TOO_FAR          | TOO_FAR           | TOO_FAR
            reopen      | NOT_CLOSED       | Open              | Open              | Open!            | Open!             | Open!
            reopen later| NOT_CLOSED       | CLOSURE_PLANNED   | CLOSURE_PLANNED   | ToReopen         | REOPENING_PLANNED | REOPENING_PLANNED
            reopen once | TOO_FAR          | TOO_FAR           | TOO_FAR           | TOO_FAR          | TOO_FAR           | TOO_FAR
            take effect | NOT_DUE          | NOT_DUE           | Closed!           | NOT_DUE          | NOT_DUE           | Open!
            """;

    @TestFactory
    Stream<DynamicTest> every_command_in_every_state_has_its_answer() {
        var lines = TABLE.lines().map(ClosureTests::cells).toList();
        var states = lines.getFirst();
        assertThat(states.stream().skip(1)).containsExactlyElementsOf(states().keySet());
        assertThat(lines.stream().skip(1).map(List::getFirst))
                .containsExactlyElementsOf(commands().keySet());
        return lines.stream()
                .skip(1)
                .flatMap(line -> IntStream.range(1, line.size())
                        .mapToObj(column -> DynamicTest.dynamicTest(
                                line.getFirst() + " when " + states.get(column),
                                () -> assertThat(outcome(states.get(column), line.getFirst()))
                                        .isEqualTo(line.get(column)))));
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|")).map(String::strip).toList();
    }

    private static Map<String, State> states() {
        var states = new LinkedHashMap<String, State>();
        states.put("Open", new State.Open());
        states.put("ToClose", new State.ToClose(NOW.plusMillis(1)));
        states.put("ToClose due", new State.ToClose(NOW));
        states.put("Closed", new State.Closed());
        states.put("ToReopen", new State.ToReopen(NOW.plusMillis(1)));
        states.put("ToReopen due", new State.ToReopen(NOW));
        return states;
    }

    private static Map<String, Command> commands() {
        var year = NOW.plus(Closure.AHEAD_MAX).plusMillis(1);
        var commands = new LinkedHashMap<String, Command>();
        commands.put("close", new Command.Close(NOW));
        commands.put("close later", new Command.Close(TONIGHT));
        commands.put("close once", new Command.Close(year));
        commands.put("reopen", new Command.Reopen(Instant.EPOCH));
        commands.put("reopen later", new Command.Reopen(TONIGHT));
        commands.put("reopen once", new Command.Reopen(year));
        commands.put("take effect", new Command.TakeEffect());
        return commands;
    }

    private static String outcome(String state, String command) {
        return switch (new Closure(7, states().get(state)).decide(commands().get(command), NOW)) {
            case Decision.Changed(var next) ->
                next.state().getClass().getSimpleName() + (next.version() == 8 ? "!" : "");
            case Decision.Rejected(var reason) -> reason.name();
        };
    }
}
