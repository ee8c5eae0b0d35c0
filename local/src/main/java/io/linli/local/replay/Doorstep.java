package io.linli.local.replay;

import io.linli.local.client.Crew;
import io.linli.local.client.Dispatch.Task;
import io.linli.local.client.Station.Parcel;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Volunteers accept what they are offered, collect it, and go from door to door; the household confirms.
///
/// On a real day nobody opens to the redelivered at the first try.
final class Doorstep {

    private static final List<String> OPEN = List.of("offered", "accepted", "collected", "dropped");
    private static final List<String> WHY_NOT = List.of("not-home", "not-home", "refused");

    private final Neighbourhood there;
    private final StepTimes times;
    private final Crew crew;
    private final DayBook book;
    private final Set<UUID> redelivered;
    private final TaskSteps steps;

    /// @param redelivered households that do not open to the first who comes
    Doorstep(Neighbourhood there, StepTimes times, Crew crew, DayBook book, Set<UUID> redelivered) {
        this.there = there;
        this.times = times;
        this.crew = crew;
        this.book = book;
        this.redelivered = redelivered;
        this.steps = new TaskSteps(there, times);
    }

    private record Errand(Task task, Parcel parcel, UUID volunteer) {
        boolean isPast(String state) {
            return OPEN.indexOf(task.state()) > OPEN.indexOf(state);
        }
    }

    /// One look at all open tasks; each volunteer goes one round with what is theirs.
    void carry(List<Parcel> open) {
        Map<UUID, Parcel> parcels = new HashMap<>();
        open.stream().filter(Parcel::doorstep).forEach(parcel -> parcels.put(parcel.parcelId(), parcel));
        if (parcels.isEmpty()) {
            return;
        }
        var tasks = OPEN.stream()
                .flatMap(state -> there.dispatch().all(there.coordinator, state).stream())
                .collect(Collectors.toMap(Task::id, task -> task, (seenFirst, later) -> later))
                .values();
        if (isRealDay()) {
            book.look(List.copyOf(tasks));
            if (!book.isSettled(List.copyOf(tasks))) {
                return;
            }
        }
        crew.each(rounds(tasks, parcels), this::walk);
    }

    private boolean isRealDay() {
        return there.volunteers().roster().isRealDay();
    }

    private static Collection<List<Errand>> rounds(Collection<Task> tasks, Map<UUID, Parcel> parcels) {
        return tasks.stream()
                .flatMap(task -> errand(task, parcels.get(task.parcelId())).stream())
                .collect(Collectors.groupingBy(Errand::volunteer))
                .values();
    }

    private static Optional<Errand> errand(Task task, @Nullable Parcel parcel) {
        var volunteer = task.volunteerId();
        return parcel == null || volunteer == null
                ? Optional.empty()
                : Optional.of(new Errand(task, parcel, volunteer));
    }

    private void walk(List<Errand> hand) {
        long start = System.nanoTime();
        var collected =
                inOrder(hand).stream().filter(errand -> errand.isPast("offered") || accept(errand)).toList().stream()
                        .filter(errand -> errand.isPast("accepted") || collect(errand))
                        .toList();
        var reached = collected.stream().filter(this::deliver).toList();
        reached.stream()
                .filter(errand -> !errand.isPast("offered"))
                .forEach(errand -> times.add(Step.DOORSTEP, Duration.ofNanos(System.nanoTime() - start)));
        if (isRealDay() && !collected.isEmpty()) {
            book.walked(
                    collected.getFirst().volunteer(),
                    collected.stream().map(Errand::task).toList());
        }
    }

    private List<Errand> inOrder(List<Errand> hand) {
        var route =
                there.dispatch().route(there.volunteers().get(hand.getFirst().volunteer()));
        return hand.stream()
                .sorted(Comparator.comparing(
                        errand -> route.indexOf(errand.task().id())))
                .toList();
    }

    private boolean accept(Errand errand) {
        boolean accepted = steps.accept(errand.task(), errand.volunteer());
        if (accepted && isRealDay()) {
            book.accepted(errand.task(), errand.volunteer());
        }
        return accepted;
    }

    private boolean collect(Errand errand) {
        return steps.collect(errand.task(), errand.volunteer(), errand.parcel().parcelId());
    }

    /// Whether it ended at the door.
    private boolean deliver(Errand errand) {
        var task = errand.task();
        if (staysShut(errand)) {
            int household = errand.parcel().householdId().hashCode();
            steps.fail(task, errand.volunteer(), WHY_NOT.get(Math.floorMod(household, WHY_NOT.size())));
            return false;
        }
        return (errand.isPast("collected") || steps.drop(task, errand.volunteer()))
                && steps.confirm(task, errand.parcel().householdId());
    }

    private boolean staysShut(Errand errand) {
        return isRealDay()
                && errand.task().attempt() == 1
                && !errand.isPast("collected")
                && redelivered.contains(errand.parcel().householdId());
    }
}
