package io.linli.dispatch.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.task.Task.Command;
import io.linli.dispatch.task.Task.Decision;
import io.linli.dispatch.task.Task.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TaskTests {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final UUID MINE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final Proof PROOF = new Proof("photo", "photos/1.jpg", "0".repeat(64));
    private static final Duration SILENCE = Duration.ofHours(24);

    /// Every state x command: the next state with what is published, or the reason in capitals.
    private static final String RULES = """
            state     | offer       | accept            | accept-other | refuse            | refuse-other | expire      | collect            | collect-other               | drop            | confirm             | silence             | fail            | write-off     | cancel
            waiting   | offered     | NOT_YOURS         | NOT_YOURS    | NOT_YOURS         | NOT_YOURS    | NOT_OFFERED | collected+accepted | collected+accepted          | NOT_YOURS       | NOT_DROPPED         | NOT_DROPPED         | NOT_YOURS       | NOT_ACCEPTED  | cancelled
            offered   | NOT_WAITING | accepted+accepted | NOT_YOURS    | waiting           | NOT_YOURS    | NOT_DUE     | collected+accepted | collected+accepted          | NOT_ACCEPTED    | NOT_DROPPED         | NOT_DROPPED         | NOT_ACCEPTED    | NOT_ACCEPTED  | cancelled
            run-out   | NOT_WAITING | OFFER_EXPIRED     | NOT_YOURS    | waiting           | NOT_YOURS    | waiting     | collected+accepted | collected+accepted          | NOT_ACCEPTED    | NOT_DROPPED         | NOT_DROPPED         | NOT_ACCEPTED    | NOT_ACCEPTED  | cancelled
            accepted  | NOT_WAITING | ALREADY_ACCEPTED  | NOT_YOURS    | waiting+released  | NOT_YOURS    | NOT_OFFERED | collected          | collected+released+accepted | NOT_COLLECTED   | NOT_DROPPED         | NOT_DROPPED         | failed+failed   | failed+failed | cancelled+released
            collected | NOT_WAITING | ALREADY_COLLECTED | NOT_YOURS    | ALREADY_COLLECTED | NOT_YOURS    | NOT_OFFERED | ALREADY_COLLECTED  | ALREADY_COLLECTED           | dropped+dropped | NOT_DROPPED         | NOT_DROPPED         | failed+failed   | failed+failed | ALREADY_COLLECTED
            dropped   | NOT_WAITING | ALREADY_DROPPED   | NOT_YOURS    | ALREADY_DROPPED   | NOT_YOURS    | NOT_OFFERED | ALREADY_DROPPED    | ALREADY_DROPPED             | ALREADY_DROPPED | delivered+delivered | NOT_DUE             | ALREADY_DROPPED | failed+failed | ALREADY_DROPPED
            silent    | NOT_WAITING | ALREADY_DROPPED   | NOT_YOURS    | ALREADY_DROPPED   | NOT_YOURS    | NOT_OFFERED | ALREADY_DROPPED    | ALREADY_DROPPED             | ALREADY_DROPPED | delivered+delivered | delivered+delivered | ALREADY_DROPPED | failed+failed | ALREADY_DROPPED
            delivered | CLOSED      | CLOSED            | CLOSED       | CLOSED            | CLOSED       | CLOSED      | CLOSED             | CLOSED                      | CLOSED          | CLOSED              | CLOSED              | CLOSED          | CLOSED        | CLOSED
            failed    | CLOSED      | CLOSED            | CLOSED       | CLOSED            | CLOSED       | CLOSED      | CLOSED             | CLOSED                      | CLOSED          | CLOSED              | CLOSED              | CLOSED          | CLOSED        | CLOSED
            cancelled | CLOSED      | CLOSED            | CLOSED       | CLOSED            | CLOSED       | CLOSED      | CLOSED             | CLOSED                      | CLOSED          | CLOSED              | CLOSED              | CLOSED          | CLOSED        | CLOSED
            """;

    @TestFactory
    Stream<DynamicTest> every_state_answers_every_command() {
        var lines = RULES.lines().map(TaskTests::cells).toList();
        var commands = lines.getFirst();
        assertThat(commands.subList(1, commands.size()))
                .containsExactlyElementsOf(commands().keySet());
        assertThat(lines.stream().skip(1).map(List::getFirst)).containsExactlyElementsOf(states().keySet());
        return lines.stream()
                .skip(1)
                .flatMap(line -> Stream.iterate(1, column -> column < line.size(), c -> c + 1)
                        .map(column -> DynamicTest.dynamicTest(
                                commands.get(column) + " when " + line.getFirst(),
                                () -> assertThat(outcome(line.getFirst(), commands.get(column)))
                                        .isEqualTo(line.get(column)))));
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|")).map(String::strip).toList();
    }

    private static String outcome(String state, String command) {
        var task = states().get(state);
        return describe(task.decide(commands().get(command), NOW));
    }

    private static String describe(Decision decision) {
        return switch (decision) {
            case Decision.Rejected rejected -> rejected.reason().name();
            case Decision.Changed changed ->
                Stream.concat(
                                Stream.of(name(changed.next())),
                                changed.events().stream().map(TaskTests::name))
                        .reduce((left, right) -> left + "+" + right)
                        .orElseThrow();
        };
    }

    private static String name(Task task) {
        return task.state().getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String name(TaskEvent event) {
        return event.type().replace("task.", "").replace(".v1", "");
    }

    private static Map<String, Task> states() {
        var states = new LinkedHashMap<String, Task>();
        states.put("waiting", in(new State.Waiting(), NOW));
        states.put("offered", in(new State.Offered(MINE, NOW.plusSeconds(1)), NOW));
        states.put("run-out", in(new State.Offered(MINE, NOW), NOW));
        states.put("accepted", in(new State.Accepted(MINE), NOW));
        states.put("collected", in(new State.Collected(MINE), NOW));
        states.put(
                "dropped", in(new State.Dropped(MINE, PROOF), NOW.minus(SILENCE).plusSeconds(1)));
        states.put("silent", in(new State.Dropped(MINE, PROOF), NOW.minus(SILENCE)));
        states.put("delivered", in(new State.Delivered(MINE, PROOF, ConfirmedBy.AUTO), NOW));
        states.put("failed", in(new State.Failed(MINE, FailureReason.UNSAFE, true), NOW));
        states.put("cancelled", in(new State.Cancelled(), NOW));
        return states;
    }

    private static Map<String, Command> commands() {
        var commands = new LinkedHashMap<String, Command>();
        commands.put("offer", new Command.Offer(MINE, NOW.plusSeconds(600)));
        commands.put("accept", new Command.Accept(MINE));
        commands.put("accept-other", new Command.Accept(OTHER));
        commands.put("refuse", new Command.Refuse(MINE));
        commands.put("refuse-other", new Command.Refuse(OTHER));
        commands.put("expire", new Command.Expire());
        commands.put("collect", new Command.Collect(MINE));
        commands.put("collect-other", new Command.Collect(OTHER));
        commands.put("drop", new Command.Drop(MINE, PROOF));
        commands.put("confirm", new Command.Confirm());
        commands.put("silence", new Command.ConfirmBySilence(SILENCE));
        commands.put("fail", new Command.Fail(MINE, FailureReason.NOT_HOME));
        commands.put("write-off", new Command.WriteOff(FailureReason.OTHER));
        commands.put("cancel", new Command.Cancel());
        return commands;
    }

    private static Task in(State state, Instant since) {
        var parcel =
                new Task.Parcel(new UUID(1, 1), 1, new UUID(1, 2), new UUID(1, 3), "12", 80, -25, 5, 4200, "2-5-2418");
        return new Task(new UUID(1, 4), new UUID(1, 5), parcel, 7, since, state);
    }

    @Test
    void a_failure_tells_whether_the_parcel_had_left_the_station() {
        var before = failed(states().get("accepted"));
        var after = failed(states().get("collected"));

        assertThat(before.collected()).isFalse();
        assertThat(after.collected()).isTrue();
        assertThat(after.reason()).isEqualTo("not-home");
    }

    private static TaskEvent.TaskFailed failed(Task task) {
        var decision = (Decision.Changed) task.decide(new Command.Fail(MINE, FailureReason.NOT_HOME), NOW);
        return (TaskEvent.TaskFailed) decision.events().getFirst();
    }

    @Test
    void a_delivery_tells_who_confirmed_it() {
        var byResident = states().get("silent").decide(new Command.Confirm(), NOW);
        var bySilence = states().get("silent").decide(new Command.ConfirmBySilence(SILENCE), NOW);

        assertThat(confirmedBy(byResident)).isEqualTo("resident");
        assertThat(confirmedBy(bySilence)).isEqualTo("auto");
    }

    private static String confirmedBy(Decision decision) {
        return ((TaskEvent.TaskDelivered) ((Decision.Changed) decision).events().getFirst()).confirmedBy();
    }

    /// Whatever happens, versions count up, an accepted volunteer is let go or carries it through, and what is over
    /// stays over.
    @RepeatedTest(200)
    void random_walks_keep_the_promises(RepetitionInfo walk) {
        var random = new Random(walk.getCurrentRepetition());
        var choices = List.copyOf(commands().values());
        var task = in(new State.Waiting(), NOW);
        var now = NOW;
        var heard = new ArrayList<String>();
        for (int step = 0; step < 40; step++) {
            now = now.plus(Duration.ofMinutes(random.nextInt(600)));
            var decision = task.decide(choices.get(random.nextInt(choices.size())), now);
            if (decision instanceof Decision.Changed changed) {
                assertThat(task.state()).isNotInstanceOf(State.Closed.class);
                assertThat(changed.next().version()).isEqualTo(task.version() + 1);
                changed.events().forEach(event -> heard.add(name(event)));
                task = changed.next();
            }
        }

        var path = String.join(" ", heard);
        assertThat(path).matches("(accepted released ?)*(accepted ?)?(dropped ?)?(delivered|failed)?");
    }
}
