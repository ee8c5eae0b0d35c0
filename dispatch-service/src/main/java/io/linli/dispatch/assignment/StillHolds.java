package io.linli.dispatch.assignment;

import io.linli.dispatch.task.Offer;
import io.linli.dispatch.task.PlannedStop;
import io.linli.dispatch.task.WaitingTask;
import io.linli.dispatch.volunteer.OnShift;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What of a plan may be offered as things stand under lock: the task waits, the volunteer is there, was not barred,
/// and
/// has the load free.
final class StillHolds {
    private StillHolds() {}

    static List<Offer> of(List<PlannedStop> stops, List<OnShift> onShift, List<WaitingTask> waiting) {
        var tasks = waiting.stream().collect(Collectors.toMap(WaitingTask::id, Function.identity()));
        var free = new HashMap<>(onShift.stream().collect(Collectors.toMap(OnShift::volunteer, OnShift::freeGrams)));
        var offers = new ArrayList<Offer>();
        for (var stop : stops) {
            var task = tasks.get(stop.task());
            var grams = free.get(stop.volunteer());
            if (task == null || grams == null || task.weightGrams() > grams) {
                continue;
            }
            if (!task.barred().contains(stop.volunteer())) {
                free.put(stop.volunteer(), grams - task.weightGrams());
                offers.add(new Offer(stop.task(), stop.volunteer()));
            }
        }
        return offers;
    }
}
