package io.linli.groupbuy.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.allocation.Allocation;
import io.linli.groupbuy.allocation.Allocation.Grant;
import io.linli.groupbuy.allocation.AllocationInput;
import io.linli.groupbuy.allocation.AllocationInput.Change;
import io.linli.groupbuy.allocation.AllocationInput.Claim;
import io.linli.groupbuy.allocation.AllocationInput.Household;
import io.linli.groupbuy.allocation.AllocationRun;
import io.linli.groupbuy.allocation.AllocationRun.Head;
import io.linli.groupbuy.allocation.AllocationRun.Occasion;
import io.linli.groupbuy.allocation.Policy;
import io.linli.groupbuy.lifecycle.Item;
import io.linli.groupbuy.ordering.Order;
import io.linli.groupbuy.ordering.Order.Line;
import io.linli.groupbuy.ordering.Order.State;
import io.linli.groupbuy.ordering.ShortenedOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is lost to whom, whatever was claimed and however often less is told.
class ShortfallTests {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final Item GREENS = new Item(new UUID(0, 3), "青菜", "500 g", 500, 350, 9_999, 0, 9_999);

    @ParameterizedTest
    @EnumSource(Policy.class)
    void what_orders_lose_is_exactly_what_is_missing_and_damaged(Policy policy) {
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var last = run(input(policy, random), 1);
            var orders = toOrders(last);
            for (var delivery = 2; delivery < 5; delivery++) {
                var supply = last.head().supply();
                var usable = random.nextLong(supply + 1);
                var damaged = random.nextLong(6);
                var arrival = new Arrival(GREENS.id(), usable + damaged, damaged);
                var made = run(last.input().withSupply(usable), delivery);

                var shortened = Shortfall.of(List.of(new Count.Short(GREENS, arrival, last)), List.of(made))
                        .shorten(List.copyOf(orders.values()));

                var whole = Allocation.replay(last.input().withSupply(Math.min(usable + damaged, supply)));
                assertThat(sum(shortened, false))
                        .as("seed %d", seed)
                        .isEqualTo(granted(last) - granted(whole.grants()));
                assertThat(sum(shortened, true)).as("seed %d", seed).isEqualTo(granted(whole.grants()) - granted(made));
                for (var order : shortened) {
                    assertThat(order.lessFen()).as("seed %d", seed).isPositive();
                    orders.put(order.order().id(), without(order));
                }
                for (var grant : made.grants()) {
                    assertThat(orders.get(grant.order()).lines().getFirst().granted())
                            .as("seed %d", seed)
                            .isEqualTo((int) grant.granted());
                }
                last = made;
            }
        }
    }

    private static AllocationInput input(Policy policy, Random random) {
        var claims = new ArrayList<Claim>();
        var households = new ArrayList<Household>();
        for (var serial = 1; serial <= 1 + random.nextInt(15); serial++) {
            var household = new UUID(1, random.nextInt(8));
            var at = NOW.plusSeconds(random.nextInt(5));
            claims.add(
                    new Claim(new UUID(2, serial), household, serial, List.of(new Change(at, 1 + random.nextInt(9)))));
        }
        for (var number = 0; number < 8; number++) {
            households.add(new Household(new UUID(1, number), 1 + random.nextInt(5), random.nextInt(3)));
        }
        var claimed = claims.stream().mapToLong(Claim::quantity).sum();
        return AllocationInput.of(policy, random.nextLong(claimed + 5), claims, households);
    }

    private static AllocationRun run(AllocationInput input, int number) {
        var grants = Allocation.replay(input).grants();
        var occasion = number == 1 ? Occasion.CLOSE : Occasion.DELIVERY;
        var head = new Head(
                new UUID(4, number),
                new UUID(0, 2),
                GREENS.id(),
                number,
                occasion,
                input.policy(),
                input.supply(),
                input.claimed(),
                granted(grants),
                NOW);
        return new AllocationRun(head, input, grants);
    }

    private static Map<UUID, Order> toOrders(AllocationRun run) {
        var orders = new HashMap<UUID, Order>();
        for (var grant : run.grants()) {
            var line = new Line(GREENS.id(), "青菜", (int) grant.claimed(), (int) grant.granted(), 350, 300L, 500);
            orders.put(grant.order(), order(grant, line));
        }
        return orders;
    }

    private static Order order(Grant grant, Line line) {
        var buyer = new Order.Buyer(grant.household(), grant.household(), "王*", false);
        return new Order(
                grant.order(),
                new UUID(0, 1),
                new UUID(0, 2),
                buyer,
                1,
                State.CONFIRMED,
                Order.Payment.NOT_AWAITED,
                false,
                List.of(line),
                NOW);
    }

    private static Order without(ShortenedOrder shortened) {
        var order = shortened.order();
        var line = order.lines().getFirst();
        var left = shortened.lines().getFirst().granted();
        return order.with(List.of(new Line(
                line.itemId(), line.name(), line.quantity(), left, line.priceFen(), line.finalPriceFen(), 500)));
    }

    private static long granted(AllocationRun run) {
        return granted(run.grants());
    }

    private static long granted(List<Grant> grants) {
        return grants.stream().mapToLong(Grant::granted).sum();
    }

    private static long sum(List<ShortenedOrder> shortened, boolean damaged) {
        return shortened.stream()
                .flatMap(order -> order.lines().stream())
                .mapToLong(line -> damaged ? line.damaged() : line.missing())
                .sum();
    }
}
