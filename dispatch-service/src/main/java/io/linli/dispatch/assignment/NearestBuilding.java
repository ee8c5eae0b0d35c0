package io.linli.dispatch.assignment;

import io.linli.dispatch.task.Offer;
import io.linli.dispatch.task.Place;
import io.linli.dispatch.task.WaitingTask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// The rule by which waiting tasks are offered: the building that waits longest goes to the nearest volunteer, whole as
/// far as the load allows; what is left of it goes to the next nearest.
///
/// *Units*: walking metres along paths that run east-west and north-south.
final class NearestBuilding {

    private final Map<UUID, Carrier> carriers = new LinkedHashMap<>();
    private final Map<UUID, Integer> tasksGiven = new HashMap<>();
    private final List<Offer> offers = new ArrayList<>();

    private NearestBuilding(List<Carrier> carriers) {
        carriers.forEach(carrier -> this.carriers.put(carrier.volunteer(), carrier));
    }

    /// The offers to make, given tasks in the order in which they began to wait.
    static List<Offer> plan(List<Carrier> carriers, List<WaitingTask> waiting) {
        var rule = new NearestBuilding(carriers);
        byBuilding(waiting).values().forEach(rule::share);
        return rule.offers;
    }

    static double walkingMetres(Place from, WaitingTask to) {
        return Math.abs(from.x() - to.x()) + Math.abs(from.y() - to.y());
    }

    private static Map<UUID, List<WaitingTask>> byBuilding(List<WaitingTask> waiting) {
        return waiting.stream()
                .collect(Collectors.groupingBy(WaitingTask::building, LinkedHashMap::new, Collectors.toList()));
    }

    private void share(List<WaitingTask> ofBuilding) {
        var left = householdsTogether(ofBuilding);
        for (var nearest = nearest(left); nearest.isPresent(); nearest = nearest(left)) {
            give(nearest.get(), left);
        }
    }

    private static List<WaitingTask> householdsTogether(List<WaitingTask> ofBuilding) {
        return ofBuilding.stream()
                .collect(Collectors.groupingBy(WaitingTask::household, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(List::stream)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /// The nearest who can take at least one of the tasks; of equally near ones the one with fewest new tasks.
    private Optional<UUID> nearest(List<WaitingTask> left) {
        return carriers.values().stream()
                .filter(carrier -> left.stream().anyMatch(task -> canTake(carrier, task)))
                .min(Comparator.comparingDouble((Carrier carrier) -> walkingMetres(carrier.place(), left.getFirst()))
                        .thenComparing(carrier -> tasksGiven.getOrDefault(carrier.volunteer(), 0))
                        .thenComparing(Carrier::volunteer))
                .map(Carrier::volunteer);
    }

    private void give(UUID volunteer, List<WaitingTask> left) {
        left.removeIf(task -> {
            var carrier = carriers.get(volunteer);
            if (carrier == null || !canTake(carrier, task)) {
                return false;
            }
            carriers.put(volunteer, carrier.loaded(new Place(task.x(), task.y()), task.weightGrams()));
            tasksGiven.merge(volunteer, 1, Integer::sum);
            offers.add(new Offer(task.id(), volunteer));
            return true;
        });
    }

    private static boolean canTake(Carrier carrier, WaitingTask task) {
        return task.weightGrams() <= carrier.freeGrams() && !task.barred().contains(carrier.volunteer());
    }
}
