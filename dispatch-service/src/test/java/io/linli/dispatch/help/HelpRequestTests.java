package io.linli.dispatch.help;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.help.HelpRequest.Decision;
import io.linli.dispatch.help.HelpRequest.Reason;
import io.linli.dispatch.help.HelpState.Giver;
import io.linli.dispatch.help.clock.HelpClock;
import io.linli.dispatch.help.clock.HelpClock.Level;
import io.linli.dispatch.help.clock.Patience;
import io.linli.dispatch.help.clock.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HelpRequestTests {

    private static final Instant ASKED = Instant.parse("2026-11-22T08:00:00Z");
    private static final Instant NOW = ASKED.plus(Duration.ofMinutes(10));
    private static final Patience PATIENCE = new Patience(Duration.ofMinutes(30), Duration.ofHours(4));
    private static final Duration WITHIN = Duration.ofHours(72);
    private static final UUID HOUSEHOLD = UUID.randomUUID();
    private static final Giver.Volunteer VOLUNTEER = new Giver.Volunteer(UUID.randomUUID(), UUID.randomUUID());
    private static final Giver.Partner PARTNER = new Giver.Partner(UUID.randomUUID(), UUID.randomUUID());

    private static final Map<String, HelpState> STATES = Map.ofEntries(
            Map.entry("open", new HelpState.Open()),
            Map.entry("triaged", new HelpState.Triaged()),
            Map.entry("matched", new HelpState.Matched(VOLUNTEER.reference())),
            Map.entry("referred", new HelpState.Referred(PARTNER)),
            Map.entry("carried", new HelpState.InProgress(VOLUNTEER)),
            Map.entry("treated", new HelpState.InProgress(PARTNER)),
            Map.entry("answered", new HelpState.Answered(VOLUNTEER)),
            Map.entry("reported", new HelpState.Answered(PARTNER)),
            Map.entry("closed", new HelpState.Closed(false)),
            Map.entry("rated", new HelpState.Closed(true)),
            Map.entry("cancelled", new HelpState.Cancelled()));

    private static final Map<String, HelpCommand> COMMANDS = Map.ofEntries(
            Map.entry("triage", new HelpCommand.Triage(Urgency.URGENT, 2, PATIENCE)),
            Map.entry("match", new HelpCommand.Match(VOLUNTEER.reference())),
            Map.entry("refer", new HelpCommand.Refer(PARTNER, "cannot sleep")),
            Map.entry("recall", new HelpCommand.Recall()),
            Map.entry("take-up-v", new HelpCommand.TakeUp(VOLUNTEER)),
            Map.entry("take-up-p", new HelpCommand.TakeUp(PARTNER)),
            Map.entry("release", new HelpCommand.Release(VOLUNTEER)),
            Map.entry("take-back", new HelpCommand.TakeBack(VOLUNTEER)),
            Map.entry("give-up-v", new HelpCommand.GiveUp(VOLUNTEER.reference())),
            Map.entry("give-up-p", new HelpCommand.GiveUp(PARTNER.reference())),
            Map.entry("answer-v", new HelpCommand.Answer(VOLUNTEER)),
            Map.entry("answer-p", new HelpCommand.Answer(PARTNER)),
            Map.entry("close", new HelpCommand.Close(UUID.randomUUID(), WITHIN)),
            Map.entry("reopen", new HelpCommand.Reopen(WITHIN, PATIENCE)),
            Map.entry("cancel", new HelpCommand.Cancel()),
            Map.entry("rate", new HelpCommand.Rate()),
            Map.entry("escalate", new HelpCommand.Escalate()));

    /// What every command makes of every state; whatever has no line here is refused with the reason named below.
    private static final Map<String, String> MOVES = Map.ofEntries(
            Map.entry("open triage", "triaged"),
            Map.entry("open cancel", "cancelled"),
            Map.entry("triaged match", "matched"),
            Map.entry("triaged refer", "referred"),
            Map.entry("triaged cancel", "cancelled"),
            Map.entry("matched recall", "triaged"),
            Map.entry("matched take-up-v", "carried"),
            Map.entry("matched give-up-v", "open"),
            Map.entry("matched answer-v", "answered"),
            Map.entry("matched cancel", "cancelled"),
            Map.entry("referred recall", "triaged"),
            Map.entry("referred take-up-p", "treated"),
            Map.entry("referred give-up-p", "open"),
            Map.entry("referred answer-p", "reported"),
            Map.entry("referred cancel", "cancelled"),
            Map.entry("carried take-up-v", "carried"),
            Map.entry("carried recall", "triaged"),
            Map.entry("carried release", "matched"),
            Map.entry("carried give-up-v", "open"),
            Map.entry("carried answer-v", "answered"),
            Map.entry("carried cancel", "cancelled"),
            Map.entry("treated recall", "triaged"),
            Map.entry("treated take-up-p", "treated"),
            Map.entry("treated give-up-p", "open"),
            Map.entry("treated answer-p", "reported"),
            Map.entry("treated cancel", "cancelled"),
            Map.entry("answered release", "matched"),
            Map.entry("answered take-back", "carried"),
            Map.entry("answered give-up-v", "open"),
            Map.entry("answered close", "closed"),
            Map.entry("reported close", "closed"),
            Map.entry("reported reopen", "open"),
            Map.entry("answered reopen", "open"),
            Map.entry("closed reopen", "open"),
            Map.entry("closed rate", "rated"),
            Map.entry("rated reopen", "open"));

    private static final Map<String, List<Reason>> REFUSALS = Map.ofEntries(
            Map.entry("triage", List.of(Reason.ALREADY_TRIAGED, Reason.ALREADY_GIVEN, Reason.ALREADY_ANSWERED)),
            Map.entry("match", List.of(Reason.NOT_TRIAGED, Reason.ALREADY_GIVEN, Reason.ALREADY_ANSWERED)),
            Map.entry("refer", List.of(Reason.NOT_TRIAGED, Reason.ALREADY_GIVEN, Reason.ALREADY_ANSWERED)),
            Map.entry("recall", List.of(Reason.NOT_GIVEN, Reason.ALREADY_ANSWERED)),
            Map.entry("take-up-v", List.of(Reason.OTHER_HELPER, Reason.ALREADY_ANSWERED)),
            Map.entry("take-up-p", List.of(Reason.OTHER_HELPER, Reason.ALREADY_ANSWERED)),
            Map.entry("release", List.of(Reason.OTHER_HELPER, Reason.NOT_TAKEN_UP, Reason.ALREADY_ANSWERED)),
            Map.entry("take-back", List.of(Reason.OTHER_HELPER, Reason.NOT_ANSWERED)),
            Map.entry("give-up-v", List.of(Reason.OTHER_HELPER, Reason.ALREADY_ANSWERED)),
            Map.entry("give-up-p", List.of(Reason.OTHER_HELPER, Reason.ALREADY_ANSWERED)),
            Map.entry("answer-v", List.of(Reason.OTHER_HELPER, Reason.ALREADY_ANSWERED)),
            Map.entry("answer-p", List.of(Reason.OTHER_HELPER, Reason.ALREADY_ANSWERED)),
            Map.entry("close", List.of(Reason.NOT_ANSWERED)),
            Map.entry("reopen", List.of(Reason.NOT_ANSWERED)),
            Map.entry("cancel", List.of(Reason.ALREADY_ANSWERED)),
            Map.entry("rate", List.of(Reason.NOT_CLOSED, Reason.ALREADY_RATED)),
            Map.entry("escalate", List.of(Reason.NOT_DUE)));

    private static HelpRequest in(HelpState state) {
        return in(state, Urgency.URGENT);
    }

    private static HelpRequest in(HelpState state, Urgency urgency) {
        var ask = new HelpAsk(HOUSEHOLD, null, UUID.randomUUID(), HelpAsk.Kind.ERRAND, urgency, 1, ASKED);
        var clock = HelpClock.start(ASKED, PATIENCE);
        return new HelpRequest(UUID.randomUUID(), UUID.randomUUID(), ask, 3, 0, ASKED, clock, state);
    }

    @TestFactory
    Stream<DynamicTest> each_command_moves_each_state_or_is_refused_with_its_reason() {
        return STATES.keySet().stream()
                .sorted()
                .flatMap(state -> COMMANDS.keySet().stream()
                        .sorted()
                        .map(command -> DynamicTest.dynamicTest(state + " " + command, () -> check(state, command))));
    }

    private static void check(String state, String command) {
        var before = in(STATES.get(state));
        var to = MOVES.get(state + " " + command);
        switch (before.decide(COMMANDS.get(command), NOW)) {
            case Decision.Changed(var next, var _) -> {
                assertThat(to).as("a refusal was expected").isNotNull();
                assertThat(next.state()).isEqualTo(STATES.get(to));
                assertThat(next.version()).isEqualTo(before.version() + 1);
            }
            case Decision.Rejected(var reason) -> {
                assertThat(to).as("refused with " + reason).isNull();
                boolean ended = reason == Reason.ENDED
                        && List.of("answered", "reported", "closed", "rated", "cancelled")
                                .contains(state);
                assertThat(ended || REFUSALS.get(command).contains(reason))
                        .as("%s %s is refused with %s", state, command, reason)
                        .isTrue();
            }
        }
    }

    @Test
    void who_helped_does_not_close_the_request() {
        var answered = in(new HelpState.Answered(VOLUNTEER));

        var decision = answered.decide(new HelpCommand.Close(VOLUNTEER.member(), WITHIN), NOW);

        assertThat(decision).isEqualTo(new Decision.Rejected(Reason.HELPER_MAY_NOT_CLOSE));
    }

    @Test
    void a_task_given_back_by_an_earlier_volunteer_stays_with_the_present_one() {
        var earlier = new Giver.Volunteer(VOLUNTEER.reference(), UUID.randomUUID());

        var decision = in(new HelpState.InProgress(VOLUNTEER)).decide(new HelpCommand.Release(earlier), NOW);

        assertThat(decision).isEqualTo(new Decision.Rejected(Reason.OTHER_HELPER));
    }

    @Test
    void a_drop_taken_back_by_another_volunteer_changes_nothing() {
        var other = new Giver.Volunteer(VOLUNTEER.reference(), UUID.randomUUID());

        var decision = in(new HelpState.Answered(VOLUNTEER)).decide(new HelpCommand.TakeBack(other), NOW);

        assertThat(decision).isEqualTo(new Decision.Rejected(Reason.OTHER_HELPER));
    }

    @Test
    void a_drop_taken_back_lets_the_clock_run_on_from_when_help_was_asked_for() {
        var answered = in(new HelpState.Answered(VOLUNTEER));
        assertThat(answered.due()).isNull();

        var helping = (Decision.Changed) answered.decide(new HelpCommand.TakeBack(VOLUNTEER), NOW);

        assertThat(helping.next().due()).isEqualTo(ASKED.plus(PATIENCE.resolution()));
    }

    @Test
    void a_closed_request_is_reopened_within_the_time_and_waits_anew() {
        var closed = in(new HelpState.Closed(true));
        var reopen = new HelpCommand.Reopen(WITHIN, PATIENCE);

        var inTime = (Decision.Changed) closed.decide(reopen, ASKED.plus(WITHIN));
        var late = closed.decide(reopen, ASKED.plus(WITHIN).plusMillis(1));

        assertThat(inTime.next().round()).isEqualTo(1);
        assertThat(inTime.next().due()).isEqualTo(ASKED.plus(WITHIN).plus(PATIENCE.firstAnswer()));
        assertThat(late).isEqualTo(new Decision.Rejected(Reason.TOO_LATE));
    }

    @Test
    void an_answer_stands_when_nobody_objected_in_time_and_closing_late_does_not_change_that() {
        var answered = in(new HelpState.Answered(VOLUNTEER));
        var late = ASKED.plus(WITHIN).plusMillis(1);
        var reopen = new HelpCommand.Reopen(WITHIN, PATIENCE);
        var close = new HelpCommand.Close(UUID.randomUUID(), WITHIN);

        var closed = (Decision.Changed) answered.decide(close, late);
        var closedInTime = (Decision.Changed) answered.decide(close, ASKED.plus(WITHIN));

        assertThat(answered.decide(reopen, ASKED.plus(WITHIN))).isInstanceOf(Decision.Changed.class);
        assertThat(answered.decide(reopen, late)).isEqualTo(new Decision.Rejected(Reason.TOO_LATE));
        assertThat(closed.next().decide(reopen, late)).isEqualTo(new Decision.Rejected(Reason.TOO_LATE));
        assertThat(closedInTime.next().decide(reopen, late)).isInstanceOf(Decision.Changed.class);
    }

    @Test
    void a_corrected_urgency_counts_from_when_help_was_asked_for() {
        var soon = new Patience(Duration.ofMinutes(5), Duration.ofMinutes(30));

        var triaged = (Decision.Changed)
                in(new HelpState.Open()).decide(new HelpCommand.Triage(Urgency.LIFE_THREATENING, 3, soon), NOW);

        assertThat(triaged.next().due()).isEqualTo(ASKED.plus(soon.firstAnswer()));
        assertThat(triaged.next().ask().need()).isEqualTo(3);
    }

    @Test
    void the_alarm_is_given_when_a_life_is_found_in_danger_or_its_request_is_open_again_and_only_then() {
        var alarmed = new java.util.TreeSet<String>();
        STATES.forEach((state, standing) -> COMMANDS.forEach((command, given) -> {
            if (in(standing, Urgency.LIFE_THREATENING).decide(given, NOW) instanceof Decision.Changed(var _, var told)
                    && told.stream().anyMatch(HelpEvent.HelpAlarmed.class::isInstance)) {
                alarmed.add(state + " " + command);
            }
        }));
        var found = new HelpCommand.Triage(Urgency.LIFE_THREATENING, 3, PATIENCE);
        var open = in(new HelpState.Open());

        assertThat(alarmed)
                .containsExactlyInAnyOrderElementsOf(MOVES.entrySet().stream()
                        .filter(move -> move.getValue().equals("open"))
                        .map(Map.Entry::getKey)
                        .toList());
        assertThat(((Decision.Changed) open.decide(found, NOW)).events())
                .containsExactly(new HelpEvent.HelpAlarmed(open.id(), HOUSEHOLD, "errand"));
        assertThat(((Decision.Changed) in(new HelpState.Open(), Urgency.LIFE_THREATENING)
                                .decide(found, NOW))
                        .events())
                .isEmpty();
    }

    @Test
    void nobody_answering_goes_to_the_coordinator_then_to_the_street_and_no_further() {
        var first = escalate(in(new HelpState.Open()), ASKED.plus(PATIENCE.firstAnswer()));
        var second = escalate(first, ASKED.plus(PATIENCE.resolution()));

        assertThat(first.clock().level()).isEqualTo(Level.COORDINATOR);
        assertThat(second.clock().level()).isEqualTo(Level.STREET);
        assertThat(second.escalationDue()).isNull();
        assertThat(second.decide(new HelpCommand.Escalate(), ASKED.plus(Duration.ofDays(9))))
                .isEqualTo(new Decision.Rejected(Reason.NOT_DUE));
    }

    @Test
    void what_was_taken_up_in_time_is_escalated_only_when_it_is_not_solved_in_time() {
        var carried = in(new HelpState.InProgress(VOLUNTEER));
        assertThat(carried.decide(new HelpCommand.Escalate(), ASKED.plus(PATIENCE.firstAnswer())))
                .isEqualTo(new Decision.Rejected(Reason.NOT_DUE));

        var late = ASKED.plus(PATIENCE.resolution());
        var first = escalate(carried, late);

        assertThat(first.clock().level()).isEqualTo(Level.COORDINATOR);
        assertThat(first.escalationDue()).isEqualTo(late.plus(PATIENCE.firstAnswer()));
    }

    private static HelpRequest escalate(HelpRequest request, Instant now) {
        assertThat(request.decide(new HelpCommand.Escalate(), now.minusMillis(1)))
                .isEqualTo(new Decision.Rejected(Reason.NOT_DUE));
        return ((Decision.Changed) request.decide(new HelpCommand.Escalate(), now)).next();
    }

    @Test
    void need_moves_a_request_ahead_in_the_queue() {
        var clock = HelpClock.start(ASKED, PATIENCE);

        assertThat(clock.rank(false, 3)).isEqualTo(clock.due(false).minus(Duration.ofMinutes(9)));
    }

    @Test
    void whoever_stops_needing_a_partner_tells_the_partner() {
        for (var state : List.of(new HelpState.Referred(PARTNER), new HelpState.InProgress(PARTNER))) {
            for (var command : List.of(new HelpCommand.Cancel(), new HelpCommand.Recall())) {
                var request = in(state);
                var decision = (Decision.Changed) request.decide(command, NOW);
                assertThat(decision.events())
                        .containsExactly(new HelpEvent.HelpWithdrawn(request.id(), PARTNER.reference()));
            }
        }
    }

    @Test
    void whatever_happens_levels_and_rounds_only_rise_and_nothing_leaves_a_cancelled_request() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var commands = COMMANDS.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(Map.Entry::getValue)
                    .toList();
            var request = in(new HelpState.Open());
            var now = NOW;
            for (int step = 0; step < 60; step++) {
                now = now.plus(Duration.ofMinutes(random.nextInt(120)));
                var before = request;
                if (before.decide(commands.get(random.nextInt(commands.size())), now)
                        instanceof Decision.Changed(var next, var _)) {
                    assertThat(before.state()).as("seed " + seed).isNotInstanceOf(HelpState.Cancelled.class);
                    assertThat(next.round()).isGreaterThanOrEqualTo(before.round());
                    if (next.round() == before.round()) {
                        assertThat(next.clock().level())
                                .isGreaterThanOrEqualTo(before.clock().level());
                    }
                    request = next;
                }
            }
        }
    }
}
