package io.linli.groupbuy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.groupbuy.lifecycle.GroupBuy.Command;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.ChangeOrders;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.CloseByHand;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.CloseOnTime;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.OpenOnTime;
import io.linli.groupbuy.lifecycle.GroupBuy.Decision;
import io.linli.groupbuy.lifecycle.GroupBuy.Decision.Accepted;
import io.linli.groupbuy.lifecycle.GroupBuy.Decision.Rejected;
import io.linli.groupbuy.lifecycle.GroupBuy.Failed;
import io.linli.groupbuy.lifecycle.GroupBuy.Formed;
import io.linli.groupbuy.lifecycle.GroupBuy.Open;
import io.linli.groupbuy.lifecycle.GroupBuy.Reason;
import io.linli.groupbuy.lifecycle.GroupBuy.Scheduled;
import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GroupBuyTests {
    private static final Instant OPENS = Instant.parse("2026-11-24T10:00:00Z");
    private static final Instant CLOSES = Instant.parse("2026-11-25T10:00:00Z");
    private static final Instant BEFORE = OPENS.minusNanos(1000);
    private static final Instant LAST = CLOSES.minusNanos(1000);
    private static final Instant LONG_AFTER = CLOSES.plusSeconds(7200);

    private static final Terms TERMS =
            new Terms(new UUID(0, 1), new UUID(0, 2), new UUID(0, 3), "合作社", "蔬菜", new UUID(0, 4), OPENS, CLOSES, 3);
    private static final GroupBuy SCHEDULED = new Scheduled(TERMS);
    private static final GroupBuy OPEN = new Open(TERMS);
    private static final GroupBuy FORMED = new Formed(TERMS, CLOSES, 3);
    private static final GroupBuy FAILED = new Failed(TERMS, CLOSES, 2);

    static Stream<Arguments> every_state_and_command() {
        return Stream.of(
                // The timer opens.
                then(SCHEDULED, new OpenOnTime(), BEFORE, refused(Reason.NOT_OPEN_YET)),
                then(SCHEDULED, new OpenOnTime(), OPENS, new Accepted(OPEN)),
                then(SCHEDULED, new OpenOnTime(), LONG_AFTER, new Accepted(OPEN)),
                then(OPEN, new OpenOnTime(), OPENS, refused(Reason.ALREADY_OPEN)),
                then(FORMED, new OpenOnTime(), OPENS, refused(Reason.ALREADY_CLOSED)),
                then(FAILED, new OpenOnTime(), OPENS, refused(Reason.ALREADY_CLOSED)),
                // Orders change.
                then(SCHEDULED, new ChangeOrders(), BEFORE, refused(Reason.NOT_OPEN_YET)),
                then(SCHEDULED, new ChangeOrders(), OPENS, new Accepted(OPEN)),
                then(SCHEDULED, new ChangeOrders(), LAST, new Accepted(OPEN)),
                then(SCHEDULED, new ChangeOrders(), CLOSES, refused(Reason.WINDOW_CLOSED)),
                then(OPEN, new ChangeOrders(), OPENS, new Accepted(OPEN)),
                then(OPEN, new ChangeOrders(), LAST, new Accepted(OPEN)),
                then(OPEN, new ChangeOrders(), CLOSES, refused(Reason.WINDOW_CLOSED)),
                then(OPEN, new ChangeOrders(), LONG_AFTER, refused(Reason.WINDOW_CLOSED)),
                then(FORMED, new ChangeOrders(), LAST, refused(Reason.WINDOW_CLOSED)),
                then(FAILED, new ChangeOrders(), LAST, refused(Reason.WINDOW_CLOSED)),
                // The timer closes.
                then(SCHEDULED, new CloseOnTime(0), LAST, refused(Reason.NOT_DUE)),
                then(SCHEDULED, new CloseOnTime(0), CLOSES, new Accepted(new Failed(TERMS, CLOSES, 0))),
                then(OPEN, new CloseOnTime(3), LAST, refused(Reason.NOT_DUE)),
                then(OPEN, new CloseOnTime(3), CLOSES, new Accepted(new Formed(TERMS, CLOSES, 3))),
                then(OPEN, new CloseOnTime(2), CLOSES, new Accepted(new Failed(TERMS, CLOSES, 2))),
                then(OPEN, new CloseOnTime(9), LONG_AFTER, new Accepted(new Formed(TERMS, LONG_AFTER, 9))),
                then(FORMED, new CloseOnTime(3), LONG_AFTER, refused(Reason.ALREADY_CLOSED)),
                then(FAILED, new CloseOnTime(3), LONG_AFTER, refused(Reason.ALREADY_CLOSED)),
                // The leader closes.
                then(SCHEDULED, new CloseByHand(0), BEFORE, refused(Reason.NOT_OPEN_YET)),
                then(SCHEDULED, new CloseByHand(0), OPENS, new Accepted(new Failed(TERMS, OPENS, 0))),
                then(OPEN, new CloseByHand(3), LAST, new Accepted(new Formed(TERMS, LAST, 3))),
                then(OPEN, new CloseByHand(2), LAST, new Accepted(new Failed(TERMS, LAST, 2))),
                then(OPEN, new CloseByHand(3), LONG_AFTER, new Accepted(new Formed(TERMS, LONG_AFTER, 3))),
                then(FORMED, new CloseByHand(3), LAST, refused(Reason.ALREADY_CLOSED)),
                then(FAILED, new CloseByHand(3), LAST, refused(Reason.ALREADY_CLOSED)));
    }

    @ParameterizedTest
    @MethodSource("every_state_and_command")
    void decides_every_command_in_every_state(GroupBuy groupBuy, Command command, Instant now, Decision expected) {
        assertThat(GroupBuy.decide(groupBuy, command, now)).isEqualTo(expected);
    }

    @Test
    void is_open_at_once_when_its_time_has_come_already() {
        assertThat(GroupBuy.create(TERMS, BEFORE)).isEqualTo(SCHEDULED);
        assertThat(GroupBuy.create(TERMS, OPENS)).isEqualTo(OPEN);
    }

    @Test
    void ends_after_it_begins() {
        assertThatThrownBy(() -> new Terms(
                        TERMS.id(), TERMS.community(), TERMS.supplierId(), "a", "b", TERMS.leaderId(), OPENS, OPENS, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void once_closed_it_stays_as_it_is_whatever_is_asked() {
        for (long seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var now = BEFORE.minusSeconds(random.nextInt(3600));
            GroupBuy groupBuy = SCHEDULED;
            for (var step = 0; step < 30; step++) {
                now = now.plusSeconds(random.nextInt(3 * 3600));
                var before = groupBuy;
                var decision = GroupBuy.decide(before, anyCommand(random), now);
                groupBuy = decision instanceof Accepted(var next) ? next : before;

                if (before instanceof Formed || before instanceof Failed) {
                    assertThat(decision).as("seed %d", seed).isInstanceOf(Rejected.class);
                }
                if (groupBuy instanceof Formed formed) {
                    assertThat(formed.participants()).as("seed %d", seed).isGreaterThanOrEqualTo(3);
                }
                if (groupBuy instanceof Failed failed) {
                    assertThat(failed.participants()).as("seed %d", seed).isLessThan(3);
                }
            }
        }
    }

    private static Command anyCommand(Random random) {
        return List.of(
                        new OpenOnTime(),
                        new ChangeOrders(),
                        new CloseOnTime(random.nextInt(6)),
                        new CloseByHand(random.nextInt(6)))
                .get(random.nextInt(4));
    }

    private static Arguments then(GroupBuy groupBuy, Command command, Instant now, Decision expected) {
        return Arguments.of(groupBuy, command, now, expected);
    }

    private static Decision refused(Reason reason) {
        return new Rejected(reason);
    }
}
