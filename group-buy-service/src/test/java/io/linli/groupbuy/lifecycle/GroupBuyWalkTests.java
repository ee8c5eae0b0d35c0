package io.linli.groupbuy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.linli.groupbuy.lifecycle.GroupBuy.Decided;
import io.linli.groupbuy.lifecycle.GroupBuy.Decision.Accepted;
import io.linli.groupbuy.lifecycle.GroupBuy.Draft;
import io.linli.groupbuy.lifecycle.GroupBuy.Failed;
import io.linli.groupbuy.lifecycle.GroupBuy.Made;
import io.linli.groupbuy.lifecycle.GroupBuy.Open;
import io.linli.groupbuy.lifecycle.GroupBuy.Outcome;
import io.linli.groupbuy.lifecycle.GroupBuy.Scheduled;
import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A group buy that is asked for anything at any time.
class GroupBuyWalkTests {
    private static final Instant OPENS = Instant.parse("2026-11-24T10:00:00Z");
    private static final UUID ANN = new UUID(0, 4);
    private static final UUID BOB = new UUID(0, 5);
    private static final Terms TERMS = new Terms(
            new UUID(0, 1), new UUID(0, 2), new UUID(0, 3), "合作社", "蔬菜", ANN, OPENS, OPENS.plusSeconds(86_400), 3);

    @Test
    void only_moves_forward_whatever_is_asked_in_whatever_order() {
        for (long seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var now = OPENS.minusSeconds(random.nextInt(3600));
            GroupBuy groupBuy = new Draft(TERMS);
            for (var step = 0; step < 40; step++) {
                now = now.plusSeconds(random.nextInt(3 * 3600));
                var before = groupBuy;
                var command = anyCommand(random, before.terms().version());
                groupBuy = GroupBuy.decide(before, command, now) instanceof Accepted(var next) ? next : before;

                assertThat(rank(groupBuy)).as("seed %d, %s", seed, command).isGreaterThanOrEqualTo(rank(before));
                if (before instanceof Decided was) {
                    assertThat(groupBuy).as("seed %d", seed).isInstanceOf(Decided.class);
                    assertThat(((Decided) groupBuy).outcome())
                            .as("seed %d", seed)
                            .isEqualTo(was.outcome());
                }
                if (before instanceof Failed || before instanceof Cancelled) {
                    assertThat(groupBuy).as("seed %d", seed).isEqualTo(before);
                }
            }
        }
    }

    private static int rank(GroupBuy groupBuy) {
        return switch (groupBuy) {
            case Draft _ -> 0;
            case Scheduled _ -> 1;
            case Open _ -> 2;
            case Closed _ -> 3;
            case Made made -> 4 + made.stage().ordinal();
            case Failed _, Cancelled _ -> 100;
        };
    }

    private static Command anyCommand(Random random, int version) {
        return switch (random.nextInt(11)) {
            case 0 -> new Edit(version, TERMS);
            case 1 -> new Publish(version, false, 0);
            case 2 -> new OpenOnTime();
            case 3 -> new ChangeOrders();
            case 4 -> new CloseOnTime();
            case 5 -> new CloseByHand();
            case 6 -> new Decide(new Outcome(random.nextInt(6), random.nextInt(10_000), random.nextInt(4)));
            case 7 -> random.nextInt(10) == 0 ? new Cancel("") : new ChangeOrders();
            case 8 -> new Lead(BOB, Set.of());
            case 9 -> new TellDelivery();
            default -> new Advance(Stage.values()[random.nextInt(5)]);
        };
    }
}
