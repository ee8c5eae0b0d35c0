package io.linli.station.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.station.parcel.Decision.Accepted;
import io.linli.station.parcel.Decision.Rejected;
import io.linli.station.parcel.Decision.Rejection;
import io.linli.station.parcel.ParcelEvent.ParcelCollected;
import io.linli.station.parcel.ParcelEvent.ParcelDelivered;
import io.linli.station.parcel.ParcelEvent.ParcelFailed;
import io.linli.station.parcel.ParcelEvent.ParcelHandedOver;
import io.linli.station.parcel.ParcelEvent.ParcelReady;
import io.linli.station.parcel.ParcelState.Arrived;
import io.linli.station.parcel.ParcelState.Carrier;
import io.linli.station.parcel.ParcelState.Delivered;
import io.linli.station.parcel.ParcelState.Dropped;
import io.linli.station.parcel.ParcelState.Expected;
import io.linli.station.parcel.ParcelState.Failed;
import io.linli.station.parcel.ParcelState.Failure;
import io.linli.station.parcel.ParcelState.HandedOver;
import io.linli.station.parcel.ParcelState.OutForDoorstep;
import io.linli.station.parcel.ParcelState.Ready;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParcelTests {
    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
    private static final Instant LATER = START.plusSeconds(60);
    private static final String LABEL = "2-5-2418";
    private static final Carrier CARRIER = new Carrier(new UUID(7, 1), new UUID(7, 2));
    private static final Carrier ANOTHER = new Carrier(new UUID(8, 1), new UUID(8, 2));
    private static final Recipient RECIPIENT = new Recipient(new UUID(6, 1), 5, false, false);

    private static final Recipient SHUT_IN = new Recipient(new UUID(6, 1), 5, false, true);

    private static final Map<String, ParcelState> STATES = states();
    private static final Map<String, Command> COMMANDS = commands();

    private static Map<String, ParcelState> states() {
        var states = new LinkedHashMap<String, ParcelState>();
        states.put("expected", new Expected());
        states.put("arrived", new Arrived());
        states.put("ready", new Ready(LABEL, null));
        states.put("accepted", new Ready(LABEL, CARRIER));
        states.put("out", new OutForDoorstep(LABEL, CARRIER));
        states.put("dropped", new Dropped(LABEL, CARRIER));
        states.put("handed-over", new HandedOver(LABEL));
        states.put("delivered", new Delivered(LABEL));
        states.put("failed", new Failed(Failure.MISSING, null));
        return states;
    }

    private static Map<String, Command> commands() {
        var commands = new LinkedHashMap<String, Command>();
        commands.put("arrive", new Command.Arrive());
        commands.put("shelve", new Command.Shelve(LABEL, RECIPIENT));
        commands.put("fail", new Command.Fail(Failure.DAMAGED));
        commands.put("hand-over", new Command.HandOver());
        commands.put("collect", new Command.Collect(CARRIER));
        commands.put("assign", new Command.Assign(CARRIER, LATER));
        commands.put("release", new Command.Release(CARRIER, LATER));
        commands.put("give-up", new Command.GiveUp(CARRIER.task(), LATER, "other", RECIPIENT));
        commands.put("drop", new Command.Drop(CARRIER.task(), "ab12"));
        commands.put("take-back", new Command.TakeBack(CARRIER.task()));
        commands.put("deliver", new Command.Deliver(CARRIER.task(), "resident"));
        commands.put("redirect", new Command.Redirect(SHUT_IN));
        commands.put("bring-back", new Command.BringBack(CARRIER.task(), LATER, "not-home"));
        return commands;
    }

    private static final Map<String, String> REFUSALS = Map.of(
            "expected", "NOT_ARRIVED",
            "arrived", "NOT_SHELVED",
            "ready", "ALREADY_SHELVED",
            "accepted", "ALREADY_SHELVED",
            "out", "WITH_VOLUNTEER",
            "dropped", "WITH_VOLUNTEER",
            "handed-over", "ALREADY_HANDED_OVER",
            "delivered", "ALREADY_DELIVERED",
            "failed", "ALREADY_FAILED");

    /// Every command against every state: the state it leads to, or `-` for the refusal that says where the parcel is.
    private static final String TABLE = """
                    expected arrived ready         accepted         out       dropped   handed-over delivered failed
        arrive      arrived  -       -             -                -         -         -           -         -
        shelve      -        ready   -             -                -         -         -           -         -
        fail        failed   failed  failed        failed           -         -         -           -         -
        hand-over   -        -       handed-over   handed-over      -         -         -           -         -
        collect     -        -       NOT_YOUR_TASK out-for-doorstep -         -         -           -         -
        assign      -        -       OLD_NEWS      ready            -         -         -           -         -
        release     -        -       ready         ready            -         -         -           -         -
        give-up     -        -       ready         ready            arrived   arrived   -           -         -
        drop        -        -       -             -                dropped   -         -           -         -
        take-back   -        -       -             -                NOT_DROPPED_YET out-for-doorstep -         -         -
        deliver     -        -       -             -                delivered delivered -           -         -
        redirect    -        -       ready         NO_OTHER_WAY     -         -         -           -         -
        bring-back  -        -       -             -                arrived   arrived   -           -         -
        """;

    @TestFactory
    Stream<DynamicTest> every_command_in_every_state_has_its_answer() {
        var lines =
                TABLE.strip().lines().map(line -> line.strip().split("\\s+")).toList();
        assertThat(lines.getFirst()).containsExactlyElementsOf(STATES.keySet());
        assertThat(lines.stream().skip(1).map(line -> line[0])).containsExactlyElementsOf(COMMANDS.keySet());
        return lines.stream().skip(1).flatMap(line -> cells(lines.getFirst(), line));
    }

    private static Stream<DynamicTest> cells(String[] states, String[] line) {
        return IntStream.range(0, states.length).mapToObj(column -> cell(states[column], line[0], line[column + 1]));
    }

    private static DynamicTest cell(String state, String command, String expected) {
        return DynamicTest.dynamicTest(
                command + " x " + state,
                () -> assertThat(outcome(parcel(STATES.get(state)).decide(COMMANDS.get(command))))
                        .isEqualTo(expected.equals("-") ? REFUSALS.get(state) : expected));
    }

    private static String outcome(Decision decision) {
        return switch (decision) {
            case Accepted accepted -> accepted.next().state().name();
            case Rejected rejected -> rejected.rejection().name();
        };
    }

    private static Parcel parcel(ParcelState state) {
        return parcel(state, state.carrier() != null, 0);
    }

    private static Parcel parcel(ParcelState state, boolean doorstep, int attempts) {
        return new Parcel(
                new UUID(1, 1),
                new UUID(2, 1),
                new UUID(3, 1),
                new UUID(4, 1),
                List.of(new UUID(5, 1)),
                4_200,
                doorstep,
                false,
                attempts,
                START,
                3,
                state);
    }

    private static Accepted accepted(Parcel parcel, Command command) {
        return (Accepted) parcel.decide(command);
    }

    private static Rejection rejected(Parcel parcel, Command command) {
        return ((Rejected) parcel.decide(command)).rejection();
    }

    @Test
    void a_shelved_parcel_is_told_to_all_with_its_label() {
        var step = accepted(parcel(new Arrived()), new Command.Shelve(LABEL, RECIPIENT));

        assertThat(step.events())
                .containsExactly(new ParcelReady(
                        new UUID(1, 1),
                        4,
                        new UUID(3, 1),
                        new UUID(4, 1),
                        new UUID(6, 1),
                        5,
                        4_200,
                        false,
                        LABEL,
                        List.of(new UUID(5, 1))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void a_volunteer_is_asked_for_until_two_attempts_have_failed(int attempts) {
        var wanted = new Recipient(new UUID(6, 1), 5, true, false);

        var byHousehold = accepted(parcel(new Arrived(), false, attempts), new Command.Shelve(LABEL, wanted));
        var byOrder = accepted(parcel(new Arrived(), true, attempts), new Command.Shelve(LABEL, RECIPIENT));

        assertThat(byHousehold.next().doorstep()).isEqualTo(attempts < 2);
        assertThat(byOrder.next().doorstep()).isEqualTo(attempts < 2);
    }

    @Test
    void only_the_volunteer_who_accepted_may_collect() {
        var accepted = parcel(new Ready(LABEL, CARRIER));

        assertThat(rejected(accepted, new Command.Collect(ANOTHER))).isEqualTo(Rejection.NOT_YOUR_TASK);
        assertThat(rejected(accepted, new Command.Collect(new Carrier(CARRIER.task(), ANOTHER.member()))))
                .isEqualTo(Rejection.NOT_YOUR_TASK);
        assertThat(rejected(accepted, new Command.Collect(new Carrier(ANOTHER.task(), CARRIER.member()))))
                .isEqualTo(Rejection.NOT_YOUR_TASK);
        assertThat(accepted(accepted, new Command.Collect(CARRIER)).events())
                .containsExactly(new ParcelCollected(new UUID(1, 1), 4, CARRIER.task(), CARRIER.member()));
    }

    @Test
    void an_acceptance_that_comes_after_its_release_is_old() {
        var released = accepted(parcel(new Ready(LABEL, null)), new Command.Release(CARRIER, LATER))
                .next();

        assertThat(rejected(released, new Command.Assign(CARRIER, LATER.minusMillis(1))))
                .isEqualTo(Rejection.OLD_NEWS);
    }

    @Test
    void a_release_of_an_earlier_volunteer_leaves_the_later_one() {
        var second = accepted(parcel(new Ready(LABEL, null), true, 0), new Command.Assign(ANOTHER, LATER))
                .next();

        assertThat(rejected(second, new Command.Release(CARRIER, LATER.minusMillis(1))))
                .isEqualTo(Rejection.OLD_NEWS);
        assertThat(rejected(second, new Command.Release(CARRIER, LATER.plusMillis(1))))
                .isEqualTo(Rejection.OLD_NEWS);
        assertThat(rejected(second, new Command.GiveUp(CARRIER.task(), LATER.plusMillis(1), "other", RECIPIENT)))
                .isEqualTo(Rejection.OLD_NEWS);
    }

    @Test
    void news_of_another_task_does_not_move_a_carried_parcel() {
        for (var state : List.of(new OutForDoorstep(LABEL, CARRIER), new Dropped(LABEL, CARRIER))) {
            assertThat(rejected(parcel(state), new Command.Deliver(ANOTHER.task(), "auto")))
                    .isEqualTo(Rejection.OLD_NEWS);
            assertThat(rejected(parcel(state), new Command.BringBack(ANOTHER.task(), LATER, "other")))
                    .isEqualTo(Rejection.OLD_NEWS);
            assertThat(rejected(parcel(state), new Command.GiveUp(ANOTHER.task(), LATER, "other", RECIPIENT)))
                    .isEqualTo(Rejection.OLD_NEWS);
        }
        assertThat(rejected(parcel(new OutForDoorstep(LABEL, CARRIER)), new Command.Drop(ANOTHER.task(), null)))
                .isEqualTo(Rejection.OLD_NEWS);
    }

    @Test
    void a_task_that_fails_before_collection_is_asked_for_once_more() {
        var step = accepted(
                parcel(new Ready(LABEL, CARRIER), true, 0),
                new Command.GiveUp(CARRIER.task(), LATER, "unsafe", RECIPIENT));

        assertThat(step.next().attempts()).isEqualTo(1);
        assertThat(step.next().state()).isEqualTo(new Ready(LABEL, null));
        assertThat(step.events()).singleElement().isInstanceOfSatisfying(ParcelReady.class, ready -> {
            assertThat(ready.doorstep()).isTrue();
            assertThat(ready.version()).isEqualTo(4);
        });
    }

    @Test
    void a_closed_building_has_its_parcels_carried_up_and_a_reopened_one_lets_them_be_collected() {
        var closed = accepted(parcel(new Ready(LABEL, null)), new Command.Redirect(SHUT_IN));
        var taken = accepted(closed.next(), new Command.Assign(CARRIER, LATER)).next();
        var reopened = accepted(taken, new Command.Redirect(RECIPIENT));

        assertThat(closed.reason()).isEqualTo("building-closed");
        assertThat(told(closed)).isTrue();
        assertThat(reopened.reason()).isEqualTo("building-reopened");
        assertThat(told(reopened)).isFalse();
        assertThat(reopened.next().state()).isEqualTo(new Ready(LABEL, null));
        assertThat(rejected(reopened.next(), new Command.Assign(CARRIER, LATER.plusSeconds(1))))
                .isEqualTo(Rejection.OLD_NEWS);
        assertThat(rejected(accepted(taken, new Command.Collect(CARRIER)).next(), new Command.Redirect(RECIPIENT)))
                .isEqualTo(Rejection.WITH_VOLUNTEER);
    }

    private static boolean told(Accepted step) {
        return ((ParcelReady) step.events().getFirst()).doorstep();
    }

    @Test
    void who_is_carried_for_another_reason_too_stays_carried_when_the_building_reopens() {
        var frail = new Recipient(new UUID(6, 1), 5, true, true);
        var byOrder = accepted(parcel(new Arrived(), true, 0), new Command.Shelve(LABEL, SHUT_IN));
        var byCare = accepted(parcel(new Arrived()), new Command.Shelve(LABEL, frail));
        var byClosure = accepted(parcel(new Arrived()), new Command.Shelve(LABEL, SHUT_IN));

        assertThat(rejected(byOrder.next(), new Command.Redirect(RECIPIENT))).isEqualTo(Rejection.NO_OTHER_WAY);
        assertThat(rejected(byCare.next(), new Command.Redirect(RECIPIENT))).isEqualTo(Rejection.NO_OTHER_WAY);
        assertThat(told(byClosure)).isTrue();
        assertThat(told(accepted(byClosure.next(), new Command.Redirect(RECIPIENT))))
                .isFalse();
        assertThat(rejected(parcel(new Ready(LABEL, null), false, 2), new Command.Redirect(SHUT_IN)))
                .isEqualTo(Rejection.NO_OTHER_WAY);
    }

    /// Any commands in any order: versions have no gap, final is final, and each end is told once.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void random_walks_end_at_most_once(long seed) {
        var random = new Random(seed);
        for (var walk = 0; walk < 400; walk++) {
            var parcel = parcel(new Expected(), random.nextBoolean(), 0);
            var events = new ArrayList<ParcelEvent>();
            for (var step = 0; step < 60; step++) {
                if (parcel.decide(randomCommand(random, step)) instanceof Accepted next) {
                    assertThat(next.next().version()).as("seed %d", seed).isEqualTo(parcel.version() + 1);
                    assertThat(isFinal(parcel.state())).as("seed %d", seed).isFalse();
                    events.addAll(next.events());
                    parcel = next.next();
                }
            }
            assertThat(endings(events)).as("seed %d", seed).isEqualTo(isFinal(parcel.state()) ? 1 : 0);
        }
    }

    private static Command randomCommand(Random random, int step) {
        var at = START.plusSeconds(1 + step);
        var carrier = random.nextBoolean() ? CARRIER : ANOTHER;
        return switch (random.nextInt(13)) {
            case 0 -> new Command.Arrive();
            case 1 -> new Command.Shelve(LABEL, RECIPIENT);
            case 2 -> random.nextInt(10) == 0 ? new Command.Fail(Failure.MISSING) : new Command.Arrive();
            case 3 -> random.nextInt(5) == 0 ? new Command.HandOver() : new Command.Arrive();
            case 4, 5 -> new Command.Collect(carrier);
            case 6, 7 -> new Command.Assign(carrier, at);
            case 8 -> new Command.Release(carrier, at);
            case 9 -> new Command.Drop(carrier.task(), null);
            case 10 ->
                random.nextBoolean()
                        ? new Command.BringBack(carrier.task(), at, "not-home")
                        : new Command.GiveUp(carrier.task(), at, "other", RECIPIENT);
            case 11 -> new Command.Redirect(random.nextBoolean() ? SHUT_IN : RECIPIENT);
            default -> new Command.Deliver(carrier.task(), "auto");
        };
    }

    private static boolean isFinal(ParcelState state) {
        return state instanceof HandedOver || state instanceof Delivered || state instanceof Failed;
    }

    private static long endings(List<ParcelEvent> events) {
        return events.stream()
                .filter(event -> event instanceof ParcelHandedOver
                        || event instanceof ParcelDelivered
                        || event instanceof ParcelFailed)
                .count();
    }
}
