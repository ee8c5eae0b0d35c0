package io.linli.dispatch.assignment;

import io.linli.dispatch.task.TaskInHand;
import io.linli.dispatch.volunteer.OnShift;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// A volunteer on shift with what is in hand: what was collected is carried to its end first, what was offered or
/// accepted belongs to the round that is planned.
record Carrier(OnShift onShift, List<TaskInHand> underWay, List<TaskInHand> promised) {

    private static final Comparator<TaskInHand> IN_ORDER = Comparator.comparing(
                    TaskInHand::stopNo, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(TaskInHand::id);

    static List<UUID> ids(List<OnShift> onShift) {
        return onShift.stream().map(OnShift::volunteer).toList();
    }

    static List<Carrier> all(List<OnShift> onShift, List<TaskInHand> inHand) {
        return onShift.stream().map(one -> of(one, inHand)).toList();
    }

    private static Carrier of(OnShift onShift, List<TaskInHand> inHand) {
        var mine = inHand.stream()
                .filter(task -> task.volunteer().equals(onShift.volunteer()))
                .sorted(IN_ORDER)
                .toList();
        return new Carrier(
                onShift,
                mine.stream().filter(Carrier::isUnderWay).toList(),
                mine.stream().filter(task -> !isUnderWay(task)).toList());
    }

    private static boolean isUnderWay(TaskInHand task) {
        return task.state().equals("collected") || task.state().equals("on-the-way");
    }

    UUID volunteer() {
        return onShift.volunteer();
    }

    /// When what is under way is done, as far as is known.
    Instant freeAt(Instant now) {
        return underWay.stream()
                .map(TaskInHand::eta)
                .filter(eta -> eta != null && eta.isAfter(now))
                .max(Comparator.naturalOrder())
                .orElse(now);
    }

    /// What may be carried on the round that is planned, what is promised included.
    long roundGrams() {
        return onShift.freeGrams()
                + promised.stream().mapToLong(TaskInHand::weightGrams).sum();
    }
}
