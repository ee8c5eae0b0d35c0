package io.linli.dispatch.route;

import io.linli.dispatch.task.TaskInHand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A volunteer's stops in the order in which to go. What an assignment has numbered comes first and keeps its number;
/// the rest goes building by building, the nearest first.
///
/// *Units*: grams; walking metres along paths that run east-west and north-south, from the gate.
record Route(UUID volunteer, List<Stop> stops) {

    record Stop(TaskInHand task, Instant eta) {}

    private record Place(double x, double y) {
        static final Place GATE = new Place(0, 0);

        static Place of(TaskInHand task) {
            return new Place(task.x(), task.y());
        }

        double metresTo(TaskInHand task) {
            return Math.abs(x - task.x()) + Math.abs(y - task.y());
        }
    }

    long loadGrams() {
        return stops.stream().mapToLong(stop -> stop.task().weightGrams()).sum();
    }

    /// One route per volunteer, in the order in which volunteers come.
    static List<Route> all(List<TaskInHand> tasks, RouteSettings settings, Instant now) {
        return tasks.stream()
                .collect(Collectors.groupingBy(TaskInHand::volunteer, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(hand -> of(hand.getKey(), hand.getValue(), settings, now))
                .toList();
    }

    static Route of(UUID volunteer, List<TaskInHand> tasks, RouteSettings settings, Instant now) {
        var stops = new ArrayList<Stop>();
        var at = now;
        TaskInHand before = null;
        for (var task : inOrder(tasks)) {
            at = at.plus(walk(before, task, settings)).plus(settings.atDoor());
            if (task.eta() != null) {
                at = task.eta();
            }
            stops.add(new Stop(task, at));
            before = task;
        }
        return new Route(volunteer, List.copyOf(stops));
    }

    private static List<TaskInHand> inOrder(List<TaskInHand> tasks) {
        var ordered = new ArrayList<>(tasks.stream()
                .filter(task -> task.stopNo() != null)
                .sorted(Comparator.comparing((TaskInHand task) -> stopNo(task)).thenComparing(TaskInHand::id))
                .toList());
        var left = new ArrayList<>(
                tasks.stream().filter(task -> task.stopNo() == null).toList());
        while (!left.isEmpty()) {
            var from = ordered.isEmpty() ? Place.GATE : Place.of(ordered.getLast());
            var next = left.stream().min(nearest(from)).orElseThrow();
            left.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    private static int stopNo(TaskInHand task) {
        var number = task.stopNo();
        return number == null ? Integer.MAX_VALUE : number;
    }

    private static Comparator<TaskInHand> nearest(Place from) {
        return Comparator.comparingDouble((TaskInHand task) -> from.metresTo(task))
                .thenComparing(TaskInHand::building)
                .thenComparingInt(TaskInHand::floor)
                .thenComparing(TaskInHand::id);
    }

    /// Down from the floor before, along the paths, and up again; within a building only the floors between.
    private static Duration walk(@Nullable TaskInHand before, TaskInHand to, RouteSettings settings) {
        if (before != null && before.building().equals(to.building())) {
            return climb(Math.abs(to.floor() - before.floor()), to.lift(), settings);
        }
        var from = before == null ? Place.GATE : Place.of(before);
        var down = before == null ? Duration.ZERO : climb(Math.abs(before.floor() - 1), before.lift(), settings);
        var seconds = from.metresTo(to) / settings.walkingMetresPerSecond();
        return down.plusSeconds(Math.round(seconds)).plus(climb(Math.abs(to.floor() - 1), to.lift(), settings));
    }

    private static Duration climb(int floors, boolean lift, RouteSettings settings) {
        return Duration.ofSeconds(
                (long) floors * (lift ? settings.secondsPerFloorByLift() : settings.secondsPerFloor()));
    }
}
