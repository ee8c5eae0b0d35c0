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
import java.util.Set;
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

    private static final UUID BATCH = new UUID(0, 3);
    private static final Task.Retry RETRY = new Task.Retry(2, Duration.ofMinutes(30));

    /// Every command x state: the next state with what is published, or the reason in capitals.
    private static final String DELIVERY = """
            command       | waiting            | offered            | run-out            | accepted                    | collected               | on-the-way              | dropped              | silent               | delivered | failed | cancelled
            offer         | offered            | NOT_WAITING        | NOT_WAITING        | NOT_WAITING                 | NOT_WAITING             | NOT_WAITING             | NOT_WAITING          | NOT_WAITING          | CLOSED    | CLOSED | CLOSED
            accept        | NOT_YOURS          | accepted+accepted  | OFFER_EXPIRED      | ALREADY_ACCEPTED            | ALREADY_COLLECTED       | ALREADY_ON_THE_WAY      | ALREADY_DROPPED      | ALREADY_DROPPED      | CLOSED    | CLOSED | CLOSED
            accept-other  | NOT_YOURS          | NOT_YOURS          | NOT_YOURS          | NOT_YOURS                   | NOT_YOURS               | NOT_YOURS               | NOT_YOURS            | NOT_YOURS            | CLOSED    | CLOSED | CLOSED
            refuse        | NOT_YOURS          | waiting            | waiting            | waiting+released            | ALREADY_COLLECTED       | ALREADY_ON_THE_WAY      | ALREADY_DROPPED      | ALREADY_DROPPED      | CLOSED    | CLOSED | CLOSED
            refuse-other  | NOT_YOURS          | NOT_YOURS          | NOT_YOURS          | NOT_YOURS                   | NOT_YOURS               | NOT_YOURS               | NOT_YOURS            | NOT_YOURS            | CLOSED    | CLOSED | CLOSED
            expire        | NOT_OFFERED        | NOT_DUE            | waiting            | NOT_OFFERED                 | NOT_OFFERED             | NOT_OFFERED             | NOT_OFFERED          | NOT_OFFERED          | CLOSED    | CLOSED | CLOSED
            collect       | collected+accepted | collected+accepted | collected+accepted | collected                   | ALREADY_COLLECTED       | ALREADY_COLLECTED       | ALREADY_DROPPED      | ALREADY_DROPPED      | CLOSED    | CLOSED | CLOSED
            collect-other | collected+accepted | collected+accepted | collected+accepted | collected+released+accepted | ALREADY_COLLECTED       | ALREADY_COLLECTED       | ALREADY_DROPPED      | ALREADY_DROPPED      | CLOSED    | CLOSED | CLOSED
            pick-up       | NOT_YOURS          | NOT_CARRIED        | NOT_CARRIED        | NOT_CARRIED                 | NOT_CARRIED             | NOT_CARRIED             | NOT_CARRIED          | NOT_CARRIED          | CLOSED    | CLOSED | CLOSED
            set-out       | NOT_YOURS          | NOT_ACCEPTED       | NOT_ACCEPTED       | NOT_COLLECTED               | ontheway                | ALREADY_ON_THE_WAY      | ALREADY_DROPPED      | ALREADY_DROPPED      | CLOSED    | CLOSED | CLOSED
            drop          | NOT_YOURS          | NOT_ACCEPTED       | NOT_ACCEPTED       | NOT_COLLECTED               | dropped+dropped         | dropped+dropped         | ALREADY_DROPPED      | ALREADY_DROPPED      | CLOSED    | CLOSED | CLOSED
            undo          | NOT_YOURS          | NOT_DROPPED        | NOT_DROPPED        | NOT_DROPPED                 | NOT_DROPPED             | NOT_DROPPED             | ontheway+drop-undone | ontheway+drop-undone | CLOSED    | CLOSED | CLOSED
            undo-another  | NOT_YOURS          | NOT_DROPPED        | NOT_DROPPED        | NOT_DROPPED                 | NOT_DROPPED             | NOT_DROPPED             | NOT_IN_BATCH         | NOT_IN_BATCH         | CLOSED    | CLOSED | CLOSED
            confirm       | NOT_DROPPED        | NOT_DROPPED        | NOT_DROPPED        | NOT_DROPPED                 | NOT_DROPPED             | NOT_DROPPED             | delivered+delivered  | delivered+delivered  | CLOSED    | CLOSED | CLOSED
            silence       | NOT_DROPPED        | NOT_DROPPED        | NOT_DROPPED        | NOT_DROPPED                 | NOT_DROPPED             | NOT_DROPPED             | NOT_DUE              | delivered+delivered  | CLOSED    | CLOSED | CLOSED
            fail          | NOT_YOURS          | NOT_ACCEPTED       | NOT_ACCEPTED       | failed+failed               | failed+failed           | failed+failed           | ALREADY_DROPPED      | ALREADY_DROPPED      | CLOSED    | CLOSED | CLOSED
            fail-unsafe   | NOT_YOURS          | NOT_ACCEPTED       | NOT_ACCEPTED       | failed+failed+escalated     | failed+failed+escalated | failed+failed+escalated | ALREADY_DROPPED      | ALREADY_DROPPED      | CLOSED    | CLOSED | CLOSED
            write-off     | NOT_ACCEPTED       | NOT_ACCEPTED       | NOT_ACCEPTED       | failed+failed               | failed+failed           | failed+failed           | failed+failed        | failed+failed        | CLOSED    | CLOSED | CLOSED
            cancel        | cancelled          | cancelled          | cancelled          | cancelled+released          | ALREADY_COLLECTED       | ALREADY_COLLECTED       | ALREADY_DROPPED      | ALREADY_DROPPED      | CLOSED    | CLOSED | CLOSED
            reassign      | offered            | offered            | offered            | offered+released            | ALREADY_COLLECTED       | ALREADY_ON_THE_WAY      | ALREADY_DROPPED      | ALREADY_DROPPED      | CLOSED    | CLOSED | CLOSED
            give-back     | NOT_OFFERED        | waiting            | waiting            | waiting+released            | ALREADY_COLLECTED       | ALREADY_ON_THE_WAY      | ALREADY_DROPPED      | ALREADY_DROPPED      | CLOSED    | CLOSED | CLOSED
            """;

    /// The same for what is not collected anywhere.
    private static final String ERRAND = """
            command       | waiting      | offered           | run-out       | accepted                | on-the-way              | dropped              | silent               | delivered | failed | cancelled
            offer         | offered      | NOT_WAITING       | NOT_WAITING   | NOT_WAITING             | NOT_WAITING             | NOT_WAITING          | NOT_WAITING          | CLOSED    | CLOSED | CLOSED
            accept        | NOT_YOURS    | accepted+accepted | OFFER_EXPIRED | ALREADY_ACCEPTED        | ALREADY_ON_THE_WAY      | ALREADY_DROPPED      | ALREADY_DROPPED      | CLOSED    | CLOSED | CLOSED
            accept-other  | NOT_YOURS    | NOT_YOURS         | NOT_YOURS     | NOT_YOURS               | NOT_YOURS               | NOT_YOURS            | NOT_YOURS            | CLOSED    | CLOSED | CLOSED
            refuse        | NOT_YOURS    | waiting           | waiting       | waiting+released        | ALREADY_ON_THE_WAY      | ALREADY_DROPPED      | ALREADY_DROPPED      | CLOSED    | CLOSED | CLOSED
            refuse-other  | NOT_YOURS    | NOT_YOURS         | NOT_YOURS     | NOT_YOURS               | NOT_YOURS               | NOT_YOURS            | NOT_YOURS            | CLOSED    | CLOSED | CLOSED
            expire        | NOT_OFFERED  | NOT_DUE           | waiting       | NOT_OFFERED             | NOT_OFFERED             | NOT_OFFERED          | NOT_OFFERED          | CLOSED    | CLOSED | CLOSED
            collect       | NOT_CARRIED  | NOT_CARRIED       | NOT_CARRIED   | NOT_CARRIED             | NOT_CARRIED             | NOT_CARRIED          | NOT_CARRIED          | CLOSED    | CLOSED | CLOSED
            collect-other | NOT_CARRIED  | NOT_CARRIED       | NOT_CARRIED   | NOT_CARRIED             | NOT_CARRIED             | NOT_CARRIED          | NOT_CARRIED          | CLOSED    | CLOSED | CLOSED
            pick-up       | NOT_YOURS    | NOT_CARRIED       | NOT_CARRIED   | NOT_CARRIED             | NOT_CARRIED             | NOT_CARRIED          | NOT_CARRIED          | CLOSED    | CLOSED | CLOSED
            set-out       | NOT_YOURS    | NOT_ACCEPTED      | NOT_ACCEPTED  | ontheway                | ALREADY_ON_THE_WAY      | ALREADY_DROPPED      | ALREADY_DROPPED      | CLOSED    | CLOSED | CLOSED
            drop          | NOT_YOURS    | NOT_ACCEPTED      | NOT_ACCEPTED  | dropped+dropped         | dropped+dropped         | ALREADY_DROPPED      | ALREADY_DROPPED      | CLOSED    | CLOSED | CLOSED
            undo          | NOT_YOURS    | NOT_DROPPED       | NOT_DROPPED   | NOT_DROPPED             | NOT_DROPPED             | ontheway+drop-undone | ontheway+drop-undone | CLOSED    | CLOSED | CLOSED
            undo-another  | NOT_YOURS    | NOT_DROPPED       | NOT_DROPPED   | NOT_DROPPED             | NOT_DROPPED             | NOT_IN_BATCH         | NOT_IN_BATCH         | CLOSED    | CLOSED | CLOSED
            confirm       | NOT_DROPPED  | NOT_DROPPED       | NOT_DROPPED   | NOT_DROPPED             | NOT_DROPPED             | delivered+delivered  | delivered+delivered  | CLOSED    | CLOSED | CLOSED
            silence       | NOT_DROPPED  | NOT_DROPPED       | NOT_DROPPED   | NOT_DROPPED             | NOT_DROPPED             | NOT_DUE              | delivered+delivered  | CLOSED    | CLOSED | CLOSED
            fail          | NOT_YOURS    | NOT_ACCEPTED      | NOT_ACCEPTED  | waiting+released        | waiting+released        | ALREADY_DROPPED      | ALREADY_DROPPED      | CLOSED    | CLOSED | CLOSED
            fail-unsafe   | NOT_YOURS    | NOT_ACCEPTED      | NOT_ACCEPTED  | failed+failed+escalated | failed+failed+escalated | ALREADY_DROPPED      | ALREADY_DROPPED      | CLOSED    | CLOSED | CLOSED
            write-off     | NOT_ACCEPTED | NOT_ACCEPTED      | NOT_ACCEPTED  | waiting+released        | waiting+released        | waiting+released     | waiting+released     | CLOSED    | CLOSED | CLOSED
            cancel        | cancelled    | cancelled         | cancelled     | cancelled+released      | cancelled+released      | ALREADY_DROPPED      | ALREADY_DROPPED      | CLOSED    | CLOSED | CLOSED
            reassign      | offered      | offered           | offered       | offered+released        | ALREADY_ON_THE_WAY      | ALREADY_DROPPED      | ALREADY_DROPPED      | CLOSED    | CLOSED | CLOSED
            give-back     | NOT_OFFERED  | waiting           | waiting       | waiting+released        | ALREADY_ON_THE_WAY      | ALREADY_DROPPED      | ALREADY_DROPPED      | CLOSED    | CLOSED | CLOSED
            """;

    @TestFactory
    Stream<DynamicTest> every_state_of_a_delivery_answers_every_command() {
        return tests(TaskKind.DELIVERY, DELIVERY);
    }

    @TestFactory
    Stream<DynamicTest> every_state_of_an_errand_answers_every_command() {
        return tests(TaskKind.ERRAND, ERRAND);
    }

    private static Stream<DynamicTest> tests(TaskKind kind, String rules) {
        var lines = rules.lines().map(TaskTests::cells).toList();
        var states = lines.getFirst();
        assertThat(states.stream().skip(1))
                .containsExactlyElementsOf(states(kind).keySet());
        assertThat(lines.stream().skip(1).map(List::getFirst))
                .containsExactlyElementsOf(commands().keySet());
        return lines.stream()
                .skip(1)
                .flatMap(line -> Stream.iterate(1, column -> column < line.size(), c -> c + 1)
                        .map(column -> DynamicTest.dynamicTest(
                                line.getFirst() + " when " + states.get(column),
                                () -> assertThat(outcome(kind, states.get(column), line.getFirst()))
                                        .isEqualTo(line.get(column)))));
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|")).map(String::strip).toList();
    }

    private static String outcome(TaskKind kind, String state, String command) {
        return describe(states(kind).get(state).decide(commands().get(command), NOW));
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

    private static Map<String, Task> states(TaskKind kind) {
        var yesterday = NOW.minus(SILENCE);
        var dropped = new State.Dropped(MINE, NOW.minusSeconds(600), PROOF, BATCH);
        var states = new LinkedHashMap<String, Task>();
        states.put("waiting", in(kind, new State.Waiting(), NOW));
        states.put("offered", in(kind, new State.Offered(MINE, NOW.plusSeconds(1)), NOW));
        states.put("run-out", in(kind, new State.Offered(MINE, NOW), NOW));
        states.put("accepted", in(kind, new State.Accepted(MINE), NOW));
        if (kind != TaskKind.ERRAND) {
            states.put("collected", in(kind, new State.Collected(MINE), NOW));
        }
        states.put("on-the-way", in(kind, new State.OnTheWay(MINE, NOW), NOW));
        states.put("dropped", in(kind, dropped, yesterday.plusSeconds(1)));
        states.put("silent", in(kind, dropped, yesterday));
        states.put("delivered", in(kind, new State.Delivered(MINE, NOW, PROOF, ConfirmedBy.AUTO), NOW));
        states.put("failed", in(kind, new State.Failed(MINE, FailureReason.UNSAFE, true), NOW));
        states.put("cancelled", in(kind, new State.Cancelled(), NOW));
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
        commands.put("pick-up", new Command.PickUp(MINE));
        commands.put("set-out", new Command.SetOut(MINE));
        commands.put("drop", new Command.Drop(MINE, PROOF, BATCH));
        commands.put("undo", new Command.Undo(MINE, BATCH));
        commands.put("undo-another", new Command.Undo(MINE, new UUID(0, 9)));
        commands.put("confirm", new Command.Confirm(ConfirmedBy.RESIDENT));
        commands.put("silence", new Command.ConfirmBySilence(SILENCE));
        commands.put("fail", new Command.Fail(MINE, FailureReason.NOT_HOME, RETRY));
        commands.put("fail-unsafe", new Command.Fail(MINE, FailureReason.UNSAFE, RETRY));
        commands.put("write-off", new Command.WriteOff(FailureReason.OTHER, RETRY));
        commands.put("cancel", new Command.Cancel());
        commands.put("reassign", new Command.Reassign(OTHER, NOW.plusSeconds(600)));
        commands.put("give-back", new Command.Reassign(null, NOW));
        return commands;
    }

    private static Task in(TaskKind kind, State state, Instant since) {
        return in(kind, 1, state, since);
    }

    private static Task in(TaskKind kind, int attempt, State state, Instant since) {
        var stop = new Work.Stop(new UUID(1, 2), new UUID(1, 3), "12", 80, -25, 5, true);
        var parcel = kind == TaskKind.DELIVERY ? new Work.Parcel(new UUID(1, 1), 1, "2-5-2418") : null;
        var needs = new Needs(Set.of(), 1, Window.ANY, false);
        var work = new Work(kind, stop, parcel, 4200, needs, null);
        return new Task(new UUID(1, 4), new UUID(1, 5), work, new Task.Attempt(attempt, null), 7, since, state);
    }

    private static Task delivery(String state) {
        return states(TaskKind.DELIVERY).get(state);
    }

    @Test
    void a_return_is_picked_up_at_the_door_by_its_volunteer() {
        var accepted = states(TaskKind.RETURN).get("accepted");

        assertThat(describe(accepted.decide(new Command.Collect(MINE), NOW))).isEqualTo("NOT_CARRIED");
        assertThat(describe(accepted.decide(new Command.Drop(MINE, PROOF, null), NOW)))
                .isEqualTo("NOT_COLLECTED");
        assertThat(describe(accepted.decide(new Command.PickUp(OTHER), NOW))).isEqualTo("NOT_YOURS");
        assertThat(describe(accepted.decide(new Command.PickUp(MINE), NOW))).isEqualTo("collected");
        assertThat(describe(states(TaskKind.RETURN).get("collected").decide(new Command.Cancel(), NOW)))
                .isEqualTo("ALREADY_COLLECTED");
    }

    @Test
    void what_nobody_has_in_hand_is_tried_again_later_until_the_attempts_are_used_up() {
        var failing = new Command.Fail(MINE, FailureReason.NOT_READY, RETRY);
        var first = in(TaskKind.MEDICINE, 1, new State.OnTheWay(MINE, NOW), NOW);
        var second = in(TaskKind.MEDICINE, 2, new State.OnTheWay(MINE, NOW), NOW);

        var later = ((Decision.Changed) first.decide(failing, NOW)).next();

        assertThat(later.attempt()).isEqualTo(new Task.Attempt(2, NOW.plus(RETRY.after())));
        assertThat(describe(second.decide(failing, NOW))).isEqualTo("failed+failed+escalated");
        assertThat(describe(
                        in(TaskKind.DELIVERY, 2, new State.Accepted(MINE), NOW).decide(failing, NOW)))
                .isEqualTo("failed+failed+escalated");
    }

    @Test
    void the_time_of_a_volunteer_counts_from_what_was_taken_in_hand_to_the_drop() {
        var before = NOW.minusSeconds(900);
        var collected = in(TaskKind.DELIVERY, new State.Collected(MINE), before);
        var way = ((Decision.Changed) collected.decide(new Command.SetOut(MINE), NOW)).next();
        var accepted = in(TaskKind.ERRAND, new State.Accepted(MINE), before);

        assertThat(way.state()).isEqualTo(new State.OnTheWay(MINE, before));
        assertThat(started(way)).isEqualTo(before);
        assertThat(started(collected)).isEqualTo(before);
        assertThat(started(accepted)).isEqualTo(before);
        assertThat(started(((Decision.Changed) accepted.decide(new Command.SetOut(MINE), NOW)).next()))
                .isEqualTo(NOW);
    }

    private static Instant started(Task task) {
        var dropped = (Decision.Changed) task.decide(new Command.Drop(MINE, PROOF, null), NOW.plusSeconds(60));
        return ((State.Dropped) dropped.next().state()).started();
    }

    @Test
    void a_failure_tells_whether_the_parcel_had_left_the_station() {
        var before = failed(delivery("accepted"));
        var after = failed(delivery("collected"));

        assertThat(before.collected()).isFalse();
        assertThat(after.collected()).isTrue();
        assertThat(after.reason()).isEqualTo("not-home");
    }

    private static TaskEvent.TaskFailed failed(Task task) {
        var decision = (Decision.Changed) task.decide(new Command.Fail(MINE, FailureReason.NOT_HOME, RETRY), NOW);
        return (TaskEvent.TaskFailed) decision.events().getFirst();
    }

    @Test
    void a_delivery_tells_who_confirmed_it() {
        var byResident = delivery("silent").decide(new Command.Confirm(ConfirmedBy.RESIDENT), NOW);
        var bySilence = delivery("silent").decide(new Command.ConfirmBySilence(SILENCE), NOW);

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
        var task = in(random.nextBoolean() ? TaskKind.DELIVERY : TaskKind.CHECK_IN, new State.Waiting(), NOW);
        var now = NOW;
        var heard = new ArrayList<String>();
        for (int step = 0; step < 60; step++) {
            now = now.plus(Duration.ofMinutes(random.nextInt(600)));
            var decision = task.decide(choices.get(random.nextInt(choices.size())), now);
            if (decision instanceof Decision.Changed changed) {
                assertThat(task.state()).isNotInstanceOf(State.Closed.class);
                assertThat(changed.next().version()).isEqualTo(task.version() + 1);
                changed.events().forEach(event -> heard.add(name(event) + " "));
                task = changed.next();
            }
        }

        var held = "accepted (dropped drop-undone )*(dropped )?";
        assertThat(String.join("", heard))
                .matches("(" + held + "released )*(" + held + "((delivered|failed) (escalated )?)?)?");
    }
}
