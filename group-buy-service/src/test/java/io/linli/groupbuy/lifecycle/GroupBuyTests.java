package io.linli.groupbuy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.groupbuy.lifecycle.GroupBuy.Arrived;
import io.linli.groupbuy.lifecycle.GroupBuy.Cancelled;
import io.linli.groupbuy.lifecycle.GroupBuy.Closed;
import io.linli.groupbuy.lifecycle.GroupBuy.Command;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.Advance;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.Cancel;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.ChangeOrders;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.CloseByHand;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.CloseOnTime;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.Decide;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.Edit;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.Lead;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.OpenOnTime;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.Publish;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.TellDelivery;
import io.linli.groupbuy.lifecycle.GroupBuy.Decision.Accepted;
import io.linli.groupbuy.lifecycle.GroupBuy.Decision.Rejected;
import io.linli.groupbuy.lifecycle.GroupBuy.Draft;
import io.linli.groupbuy.lifecycle.GroupBuy.Failed;
import io.linli.groupbuy.lifecycle.GroupBuy.Formed;
import io.linli.groupbuy.lifecycle.GroupBuy.Open;
import io.linli.groupbuy.lifecycle.GroupBuy.Ordered;
import io.linli.groupbuy.lifecycle.GroupBuy.Outcome;
import io.linli.groupbuy.lifecycle.GroupBuy.Reason;
import io.linli.groupbuy.lifecycle.GroupBuy.Scheduled;
import io.linli.groupbuy.lifecycle.GroupBuy.Settled;
import io.linli.groupbuy.lifecycle.GroupBuy.Shipped;
import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GroupBuyTests {
    private static final Instant OPENS = Instant.parse("2026-11-24T10:00:00Z");
    private static final Instant CLOSES = Instant.parse("2026-11-25T10:00:00Z");
    private static final UUID ANN = new UUID(0, 4);
    private static final UUID BOB = new UUID(0, 5);

    private static final Terms TERMS = terms("蔬菜", ANN, Set.of(), 1);
    private static final Terms REWRITTEN = terms("水果", ANN, Set.of(), 2);
    private static final Terms HANDED_OVER = terms("蔬菜", BOB, Set.of(ANN), 2);
    private static final Outcome ENOUGH = new Outcome(3, 10_000, 2);

    private static final GroupBuy DRAFT = new Draft(TERMS);
    private static final GroupBuy SCHEDULED = new Scheduled(TERMS);
    private static final GroupBuy OPEN = new Open(TERMS);
    private static final GroupBuy CLOSED = new Closed(TERMS, CLOSES);
    private static final GroupBuy FORMED = new Formed(TERMS, CLOSES, ENOUGH);
    private static final GroupBuy FAILED = new Failed(TERMS, CLOSES, new Outcome(2, 10_000, 2));
    private static final GroupBuy ORDERED = new Ordered(TERMS, CLOSES, ENOUGH);
    private static final GroupBuy SHIPPED = new Shipped(TERMS, CLOSES, ENOUGH);
    private static final GroupBuy ARRIVED = new Arrived(TERMS, CLOSES, ENOUGH);
    private static final GroupBuy SETTLED = new Settled(TERMS, CLOSES, ENOUGH);
    private static final GroupBuy CANCELLED = new Cancelled(TERMS, OPENS, "台风");

    private static final List<GroupBuy> STATES =
            List.of(DRAFT, SCHEDULED, OPEN, CLOSED, FORMED, FAILED, ORDERED, SHIPPED, ARRIVED, SETTLED, CANCELLED);

    /// One line per command and moment, one column per state, in the order above. A word in capitals is the state it
    /// becomes, any other the reason of the refusal.
    private static final String TABLE = """
            edit       before | DRAFT SCHEDULED open closed closed closed closed closed closed closed off
            edit       opens  | DRAFT open open closed closed closed closed closed closed closed off
            edit-blind before | missing missing open closed closed closed closed closed closed closed off
            edit-stale before | stale stale open closed closed closed closed closed closed closed off
            publish    before | SCHEDULED twice twice twice twice twice twice twice twice twice off
            publish    last   | OPEN twice twice twice twice twice twice twice twice twice off
            publish    closes | over twice twice twice twice twice twice twice twice twice off
            publish-stale last | stale twice twice twice twice twice twice twice twice twice off
            open       before | draft early open closed closed closed closed closed closed closed off
            open       opens  | draft OPEN open closed closed closed closed closed closed closed off
            open       after  | draft OPEN open closed closed closed closed closed closed closed off
            orders     before | draft early OPEN over over over over over over over off
            orders     opens  | draft OPEN OPEN over over over over over over over off
            orders     last   | draft OPEN OPEN over over over over over over over off
            orders     closes | draft over over over over over over over over over off
            orders     after  | draft over over over over over over over over over off
            on-time    last   | draft not-due not-due closed closed closed closed closed closed closed off
            on-time    closes | draft CLOSED CLOSED closed closed closed closed closed closed closed off
            on-time    after  | draft CLOSED CLOSED closed closed closed closed closed closed closed off
            by-hand    before | draft early CLOSED closed closed closed closed closed closed closed off
            by-hand    last   | draft CLOSED CLOSED closed closed closed closed closed closed closed off
            by-hand    after  | draft CLOSED CLOSED closed closed closed closed closed closed closed off
            decide     after  | live live live FORMED done done done done done done off
            formed     after  | not not not not further failed further further further further off
            ordered    after  | not not not not ORDERED failed further further further further off
            shipped    after  | not not not not SHIPPED failed SHIPPED further further further off
            arrived    after  | not not not not ARRIVED failed ARRIVED ARRIVED further further off
            settled    after  | not not not not SETTLED failed SETTLED SETTLED SETTLED further off
            tell       after  | not not not not FORMED failed ORDERED SHIPPED ARRIVED further off
            cancel     last   | CANCELLED CANCELLED CANCELLED CANCELLED done done done done done done off
            lead       last   | DRAFT SCHEDULED OPEN CLOSED FORMED failed ORDERED SHIPPED ARRIVED further off""";

    static Stream<Arguments> every_command_in_every_state() {
        return TABLE.lines().flatMap(line -> {
            var words = line.replace("|", "").split(" +");
            assertThat(words).hasSize(2 + STATES.size());
            return IntStream.range(0, STATES.size())
                    .mapToObj(index -> Arguments.of(words[0], words[1], STATES.get(index), words[index + 2]));
        });
    }

    @ParameterizedTest
    @MethodSource("every_command_in_every_state")
    void decides_every_command_in_every_state(String asked, String when, GroupBuy groupBuy, String expected) {
        var now = moment(when);

        var decision = GroupBuy.decide(groupBuy, command(asked), now);

        if (expected.equals(expected.toUpperCase(Locale.ROOT))) {
            assertThat(decision).isEqualTo(new Accepted(becoming(expected, asked, groupBuy, now)));
        } else {
            assertThat(decision).isEqualTo(new Rejected(reason(expected)));
        }
    }

    @Test
    void the_table_speaks_of_every_kind_of_command_and_state() {
        var kinds = every_command_in_every_state()
                .<Object>map(line -> command((String) line.get()[0]).getClass())
                .distinct();

        assertThat(kinds).containsExactlyInAnyOrder((Object[]) Command.class.getPermittedSubclasses());
        assertThat(STATES.stream().map(Object::getClass).distinct()).hasSize(11);
    }

    private static Instant moment(String when) {
        return switch (when) {
            case "before" -> OPENS.minusNanos(1000);
            case "opens" -> OPENS;
            case "last" -> CLOSES.minusNanos(1000);
            case "closes" -> CLOSES;
            case "after" -> CLOSES.plusSeconds(7200);
            default -> throw new IllegalArgumentException(when);
        };
    }

    private static Command command(String asked) {
        return switch (asked) {
            case "edit" -> new Edit(1, REWRITTEN);
            case "edit-blind" -> new Edit(null, REWRITTEN);
            case "edit-stale" -> new Edit(0, REWRITTEN);
            case "publish" -> new Publish(1, true, 0);
            case "publish-stale" -> new Publish(0, true, 0);
            case "open" -> new OpenOnTime();
            case "orders" -> new ChangeOrders();
            case "on-time" -> new CloseOnTime();
            case "by-hand" -> new CloseByHand();
            case "decide" -> new Decide(ENOUGH);
            case "tell" -> new TellDelivery();
            case "cancel" -> new Cancel("台风");
            case "lead" -> new Lead(BOB, Set.of(ANN));
            default -> new Advance(Stage.valueOf(asked.toUpperCase(Locale.ROOT)));
        };
    }

    private static GroupBuy becoming(String state, String asked, GroupBuy from, Instant now) {
        var terms = switch (asked) {
            case "edit" -> REWRITTEN;
            case "lead" -> HANDED_OVER;
            default -> TERMS;
        };
        return switch (state) {
            case "DRAFT" -> new Draft(terms);
            case "SCHEDULED" -> new Scheduled(terms);
            case "OPEN" -> new Open(terms);
            case "CLOSED" -> new Closed(terms, from instanceof Closed was ? was.closedAt() : now);
            case "FORMED" -> new Formed(terms, CLOSES, ENOUGH);
            case "ORDERED" -> new Ordered(terms, CLOSES, ENOUGH);
            case "SHIPPED" -> new Shipped(terms, CLOSES, ENOUGH);
            case "ARRIVED" -> new Arrived(terms, CLOSES, ENOUGH);
            case "SETTLED" -> new Settled(terms, CLOSES, ENOUGH);
            case "CANCELLED" -> new Cancelled(terms, now, "台风");
            default -> throw new IllegalArgumentException(state);
        };
    }

    private static Reason reason(String word) {
        return switch (word) {
            case "missing" -> Reason.VERSION_MISSING;
            case "stale" -> Reason.STALE_VERSION;
            case "draft" -> Reason.NOT_PUBLISHED;
            case "twice" -> Reason.ALREADY_PUBLISHED;
            case "early" -> Reason.NOT_OPEN_YET;
            case "open" -> Reason.ALREADY_OPEN;
            case "over" -> Reason.WINDOW_CLOSED;
            case "not-due" -> Reason.NOT_DUE;
            case "live" -> Reason.NOT_CLOSED;
            case "closed" -> Reason.ALREADY_CLOSED;
            case "done" -> Reason.ALREADY_DECIDED;
            case "not" -> Reason.NOT_FORMED;
            case "further" -> Reason.ALREADY_FURTHER;
            case "failed" -> Reason.FAILED;
            case "off" -> Reason.CANCELLED;
            default -> throw new IllegalArgumentException(word);
        };
    }

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of(new Outcome(3, 5_000, 2), true),
                Arguments.of(new Outcome(2, 9_000, 9), false),
                Arguments.of(new Outcome(9, 4_999, 9), false),
                Arguments.of(new Outcome(9, 9_000, 1), false),
                Arguments.of(new Outcome(0, 0, 0), false));
    }

    /// Minimum not reached: foodsoft#858.
    @ParameterizedTest
    @MethodSource("outcomes")
    void is_formed_only_when_every_minimum_is_reached(Outcome outcome, boolean formed) {
        var decision = GroupBuy.decide(CLOSED, new Decide(outcome), CLOSES);

        assertThat(decision)
                .isEqualTo(
                        new Accepted(formed ? new Formed(TERMS, CLOSES, outcome) : new Failed(TERMS, CLOSES, outcome)));
    }

    @Test
    void is_open_at_once_when_its_time_has_come_already() {
        assertThat(GroupBuy.create(TERMS, moment("before"))).isEqualTo(SCHEDULED);
        assertThat(GroupBuy.create(TERMS, OPENS)).isEqualTo(OPEN);
    }

    @Test
    void ends_after_it_begins() {
        assertThatThrownBy(() -> new Terms(
                        TERMS.id(), TERMS.community(), TERMS.supplierId(), "a", "b", TERMS.leaderId(), OPENS, OPENS, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Terms terms(String title, UUID leader, Set<UUID> coLeaders, int version) {
        var plain = Conditions.PLAIN;
        var conditions = new Conditions(
                plain.delivery(), plain.payment(), plain.fee(), plain.shares(), plain.kind(), plain.policy(), 5_000, 2);
        var zone = ZoneId.of("Asia/Shanghai");
        return new Terms(
                new UUID(0, 1),
                new UUID(0, 2),
                new UUID(0, 3),
                "合作社",
                title,
                leader,
                OPENS,
                CLOSES,
                3,
                conditions,
                coLeaders,
                zone,
                true,
                version);
    }
}
