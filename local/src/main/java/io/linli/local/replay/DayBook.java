package io.linli.local.replay;

import io.linli.local.client.Dispatch.Task;
import io.linli.local.client.Refused;
import io.linli.local.client.Registry.Building;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/// What is seen of the volunteers while they carry: whether a limit is broken at any look, whether a task is held by
/// two,
/// and how long their rounds would have taken them.
final class DayBook {

    private static final long SETTLED_NANOS = 700_000_000L;

    private final Neighbourhood there;
    private final Map<UUID, Building> buildings = new HashMap<>();
    private final Map<UUID, UUID> holders = new HashMap<>();
    private final Set<String> findings = new TreeSet<>();
    private Set<UUID> lastWaiting = Set.of();
    private long lastChange = System.nanoTime();
    private int looks;
    private int rivals;

    DayBook(Neighbourhood there) {
        this.there = there;
        there.buildings().forEach(building -> buildings.put(building.id(), building));
    }

    record Seen(int looks, int rivals, List<String> findings) {}

    synchronized Seen seen() {
        return new Seen(looks, rivals, List.copyOf(findings));
    }

    /// Whether offers have come to rest, so that a round is walked as it was planned and not piece by piece.
    synchronized boolean isSettled(List<Task> open) {
        var waiting = open.stream()
                .filter(task -> task.state().equals("offered"))
                .map(Task::id)
                .collect(Collectors.toCollection(HashSet::new));
        if (!waiting.equals(lastWaiting)) {
            lastWaiting = waiting;
            lastChange = System.nanoTime();
        }
        return System.nanoTime() - lastChange > SETTLED_NANOS;
    }

    /// Everybody's load, by what is listed as theirs and by what dispatch-service counts, and the stairs of every task.
    synchronized void look(List<Task> open) {
        looks++;
        var limits = there.volunteers().limits();
        var carried = new HashMap<UUID, Long>();
        open.stream().filter(DayBook::isInHand).forEach(task -> {
            var volunteer = Objects.requireNonNull(task.volunteerId());
            carried.merge(volunteer, task.weightGrams(), Long::sum);
            checkStairs(task, volunteer, Objects.requireNonNull(limits.get(volunteer)));
        });
        there.dispatch().volunteers(there.coordinator).forEach(one -> {
            checkLoad(one.memberId(), one.loadGrams(), one.maxLoadGrams());
            checkLoad(one.memberId(), carried.getOrDefault(one.memberId(), 0L), one.maxLoadGrams());
        });
    }

    private static boolean isInHand(Task task) {
        return task.volunteerId() != null && !task.state().equals("dropped");
    }

    private void checkLoad(UUID volunteer, long grams, long most) {
        if (grams > most) {
            findings.add("volunteer " + volunteer + " holds " + grams + " g, the limit is " + most + " g");
        }
    }

    private void checkStairs(Task task, UUID volunteer, Roster.Limits limits) {
        int stairs = door(task).stairs();
        if (stairs > limits.floors()) {
            findings.add("task " + task.id() + " sends volunteer " + volunteer + " up " + stairs
                    + " floors on foot, the limit is " + limits.floors());
        }
    }

    /// Notes who took the task, and has somebody else try to take it too.
    void accepted(Task task, UUID volunteer) {
        var key = there.keys.of("rival", task.id(), volunteer, task.since());
        boolean taken;
        try {
            there.dispatch().accept(there.volunteers().rival(volunteer), task.id(), key);
            taken = true;
        } catch (Refused refused) {
            taken = false;
        }
        note(task, volunteer, taken);
    }

    private synchronized void note(Task task, UUID volunteer, boolean takenByRival) {
        rivals++;
        var before = holders.put(task.id(), volunteer);
        if (takenByRival || before != null && !before.equals(volunteer)) {
            findings.add("task " + task.id() + " was held by two volunteers");
        }
    }

    /// Credits the time of a round: the day is played in minutes, so real times say nothing.
    void walked(UUID volunteer, List<Task> inOrder) {
        var doors = inOrder.stream().map(this::door).toList();
        int minutes = (int) (Walk.seconds(doors) / 60);
        if (minutes > 0) {
            var key = there.keys.of("round", inOrder.getFirst().id(), volunteer);
            var now = there.clock().instant().minusSeconds(1);
            there.dispatch().correctHours(there.coordinator, volunteer, minutes, "回放的步行时间", now, key);
        }
    }

    private Walk.Door door(Task task) {
        var building = Objects.requireNonNull(buildings.get(task.buildingId()));
        return new Walk.Door(building.id(), building.x(), building.y(), building.lift(), task.floor());
    }
}
