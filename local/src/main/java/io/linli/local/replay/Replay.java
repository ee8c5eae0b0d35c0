package io.linli.local.replay;

import io.linli.local.client.Api;
import io.linli.local.client.Crew;
import io.linli.local.client.Dispatch;
import io.linli.local.client.GroupBuys;
import io.linli.local.client.Station;
import io.linli.local.system.Progress;
import io.linli.local.system.RunningSystem;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Plays a plan through the public API and audits what came of it.
///
/// Nothing is remembered outside the system: whoever plays the same plan again goes on where the last run broke off.
public final class Replay {

    private static final int IN_FLIGHT = 32;
    private static final Duration A_DAY = Duration.ofDays(1);

    private final ReplayPlan plan;
    private final RunningSystem system;
    private final Settings settings;
    private final Progress say;
    private final StepTimes times = new StepTimes();
    private final Crew crew = new Crew(IN_FLIGHT);

    record Settings(String community, String operatorPhone, Pace pace, Roster roster, Clock clock) {}

    /// What the replay ends with.
    ///
    /// @param day absent when the volunteers had no limits
    record Outcome(
            List<Observed> groupBuys,
            List<StepTimes.Summary> steps,
            Events events,
            @Nullable RealDay day,
            List<String> findings) {
        boolean isSound() {
            return findings.isEmpty();
        }
    }

    Replay(ReplayPlan plan, RunningSystem system, Settings settings, Progress say) {
        this.plan = plan;
        this.system = system;
        this.settings = settings;
        this.say = say;
    }

    Outcome play() {
        var there = new Neighbourhood(new Api(system.gateway()), settings, times, crew);
        say.say("Moving in: %d households into \"%s\" …"
                .formatted(plan.households().size(), settings.community()));
        there.moveIn(plan);
        var supplier =
                there.groupBuys().supplier(there.leader, "回放供应商", there.keys).supplierId();
        var book = new DayBook(there);
        var played = new ArrayList<Observed>();
        DaySlot last = null;
        for (var groupBuy : plan.groupBuys()) {
            keepPace(last, groupBuy.slot());
            last = groupBuy.slot();
            played.add(playOne(groupBuy, there, supplier, book));
        }
        return audit(played, there, book);
    }

    private Observed playOne(ReplayPlan.GroupBuy groupBuy, Neighbourhood there, UUID supplier, DayBook book) {
        long start = System.nanoTime();
        var id = new GroupBuyRun(groupBuy, there, times, crew, book).play(supplier);
        var observed = observe(id, there);
        say.say("  %s  %4d orders  %4d parcels  %4d handed over  %4d delivered  %6.1f s"
                .formatted(
                        groupBuy.slot().title(),
                        observed.orders().size(),
                        observed.parcels().size(),
                        observed.parcelsIn("handed-over"),
                        observed.parcelsIn("delivered"),
                        Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0));
        return observed;
    }

    private void keepPace(@Nullable DaySlot last, DaySlot next) {
        if (last == null) {
            return;
        }
        try {
            Thread.sleep(settings.pace().between(last, next));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Observed observe(UUID groupBuy, Neighbourhood there) {
        var details = there.groupBuys().get(there.leader, groupBuy);
        var totals = there.groupBuys().totals(there.leader, groupBuy);
        var orders = there.groupBuys().orders(there.leader, groupBuy);
        var parcels = there.station()
                .consignment(there.keeper, groupBuy)
                .map(consignment -> there.station().parcels(there.keeper, consignment.consignmentId()))
                .orElse(List.of());
        return new Observed(
                groupBuy,
                details.title(),
                details.state(),
                totals.items().stream().map(Replay::item).toList(),
                orders.stream().map(Replay::order).toList(),
                parcels.stream().map(Replay::parcel).toList());
    }

    private static Observed.Item item(GroupBuys.ItemTotals item) {
        return new Observed.Item(item.itemId(), item.name(), item.initial(), item.sold(), item.left());
    }

    private static Observed.Order order(GroupBuys.Order order) {
        var lines = order.lines().stream()
                .collect(Collectors.toMap(GroupBuys.Line::itemId, GroupBuys.Line::quantity, Integer::sum));
        return new Observed.Order(order.orderId(), order.householdId(), order.state(), lines);
    }

    private static Observed.Parcel parcel(Station.Parcel parcel) {
        return new Observed.Parcel(parcel.parcelId(), parcel.householdId(), parcel.state(), parcel.orderIds());
    }

    private Outcome audit(List<Observed> played, Neighbourhood there, DayBook book) {
        Map<String, Observed> byTitle = new HashMap<>();
        played.forEach(groupBuy -> byTitle.put(groupBuy.title(), groupBuy));
        var findings = new ArrayList<>(Audit.of(plan.groupBuys(), byTitle, there.users()));
        var events = Events.of(there.operator, system.services());
        if (events.parked() > 0) {
            findings.add(events.parked() + " events are parked");
        }
        var day = settings.roster().isRealDay() ? realDay(there, book) : null;
        if (day != null) {
            findings.addAll(day.findings());
        }
        return new Outcome(List.copyOf(played), times.summaries(), events, day, List.copyOf(findings));
    }

    private RealDay realDay(Neighbourhood there, DayBook book) {
        var now = settings.clock().instant();
        var hours = new HashMap<UUID, Dispatch.Hours>();
        there.volunteers()
                .limits()
                .keySet()
                .forEach(volunteer -> hours.put(
                        volunteer,
                        there.dispatch().hours(there.coordinator, volunteer, now.minus(A_DAY), now.plusSeconds(1))));
        var tasks = there.dispatch().all(there.coordinator);
        return RealDay.of(tasks, there.dispatch().volunteers(there.coordinator), hours, book.seen());
    }
}
