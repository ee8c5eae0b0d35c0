package io.linli.dispatch.task;

import io.linli.dispatch.DispatchSettings;
import io.linli.dispatch.due.DueAssignments;
import io.linli.kit.messaging.Event;
import io.linli.kit.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Gives commands to tasks: decides, stores, tells others, and has the assignment look again where load came free.
/// Runs inside the caller's transaction.
@Component
class ChangeTasks {

    private final Tasks tasks;
    private final Parcels parcels;
    private final Passes passes;
    private final Outbox outbox;
    private final DueAssignments due;
    private final DispatchSettings settings;
    private final TaskSettings taskSettings;
    private final Clock clock;

    ChangeTasks(
            Tasks tasks,
            Parcels parcels,
            Passes passes,
            Outbox outbox,
            DueAssignments due,
            DispatchSettings settings,
            TaskSettings taskSettings,
            Clock clock) {
        this.tasks = tasks;
        this.parcels = parcels;
        this.passes = passes;
        this.outbox = outbox;
        this.due = due;
        this.settings = settings;
        this.taskSettings = taskSettings;
        this.clock = clock;
    }

    private record Change(Task before, Task.Command command, Task.Decision decision) {}

    /// The decision on one task; empty when there is no such task in the community.
    Mono<Task.Decision> find(UUID community, UUID task, Function<Task, Task.Command> command) {
        return tasks.findForUpdate(community, task)
                .flatMap(found -> all(List.of(found), command).map(List::getFirst));
    }

    /// Decides on tasks that the caller has locked; those that reject their command stay as they are.
    Mono<List<Task.Decision>> all(List<Task> locked, Function<Task, Task.Command> command) {
        var now = clock.instant();
        var changes = locked.stream()
                .map(task -> change(task, command.apply(task), now))
                .toList();
        return store(changes, now)
                .thenReturn(changes.stream().map(Change::decision).toList());
    }

    private static Change change(Task task, Task.Command command, Instant now) {
        return new Change(task, command, task.decide(command, now));
    }

    private Mono<Void> store(List<Change> changes, Instant now) {
        var next = changes.stream()
                .flatMap(change -> changed(change).map(Task.Decision.Changed::next))
                .toList();
        if (next.isEmpty()) {
            return Mono.empty();
        }
        return tasks.save(next)
                .then(remember(
                        changes.stream().flatMap(change -> passes(change, now)).toList()))
                .then(countFailures(next, now))
                .then(publish(changes.stream().flatMap(ChangeTasks::events).toList()))
                .then(lookAgain(changes, now));
    }

    /// A parcel outlives its task: the next one with it is another attempt.
    private Mono<Void> countFailures(List<Task> next, Instant now) {
        var failed = next.stream()
                .filter(task -> task.state() instanceof Task.State.Failed)
                .flatMap(task -> Stream.ofNullable(task.work().parcelId()))
                .toList();
        return failed.isEmpty() ? Mono.empty() : parcels.failed(failed, now.plus(taskSettings.retryAfter()));
    }

    private static Stream<Task.Decision.Changed> changed(Change change) {
        return change.decision() instanceof Task.Decision.Changed changed ? Stream.of(changed) : Stream.empty();
    }

    private static Stream<Event> events(Change change) {
        return changed(change)
                .flatMap(changed -> changed.events().stream()
                        .map(event -> new Event(changed.next().community(), event.type(), event.taskId(), event)));
    }

    private Mono<Void> publish(List<Event> events) {
        return events.isEmpty() ? Mono.empty() : outbox.publish(events);
    }

    private Mono<Void> remember(List<Passes.Pass> found) {
        return found.isEmpty() ? Mono.empty() : passes.save(found);
    }

    private Stream<Passes.Pass> passes(Change change, Instant now) {
        var task = change.before();
        var holder = task.volunteer();
        if (changed(change).findAny().isEmpty() || holder == null) {
            return Stream.empty();
        }
        return switch (change.command()) {
            case Task.Command.Refuse _ -> Stream.of(pass(task, holder, null));
            case Task.Command.Expire _ -> Stream.of(pass(task, holder, again(now)));
            case Task.Command.Fail fail -> Stream.of(failure(task, holder, fail.reason(), now));
            case Task.Command.WriteOff off -> Stream.of(failure(task, holder, off.reason(), now));
            case Task.Command.Reassign given when holder.equals(given.to()) -> Stream.empty();
            case Task.Command.Reassign _ -> Stream.of(pass(task, holder, again(now)));
            case Task.Command.Offer _,
                    Task.Command.Accept _,
                    Task.Command.Collect _,
                    Task.Command.PickUp _,
                    Task.Command.SetOut _,
                    Task.Command.Drop _,
                    Task.Command.Undo _,
                    Task.Command.Confirm _,
                    Task.Command.ConfirmBySilence _,
                    Task.Command.Cancel _ -> Stream.empty();
        };
    }

    private Passes.Pass failure(Task task, UUID volunteer, FailureReason reason, Instant now) {
        return pass(task, volunteer, reason.isBetweenPeople() ? null : again(now));
    }

    private Instant again(Instant now) {
        return now.plus(settings.offerAgainAfter());
    }

    private static Passes.Pass pass(Task task, UUID volunteer, @Nullable Instant until) {
        return new Passes.Pass(task.work().subject(task.id()), volunteer, task.community(), until);
    }

    /// Load comes free whenever a volunteer stops holding a task; a pass that ends, or a later attempt, makes a task
    /// assignable again.
    private Mono<Void> lookAgain(List<Change> changes, Instant now) {
        var atOnce = new HashSet<UUID>();
        var later = new HashSet<UUID>();
        var retried = new HashSet<UUID>();
        changes.stream()
                .flatMap(ChangeTasks::changed)
                .map(Task.Decision.Changed::next)
                .forEach(next -> {
                    if (freesLoad(next.state())) {
                        atOnce.add(next.community());
                    }
                    if (next.attempt().notBefore() != null
                            && next.attempt().notBefore().isAfter(now)) {
                        retried.add(next.community());
                    }
                });
        changes.stream()
                .flatMap(change -> passes(change, now))
                .filter(pass -> pass.until() != null)
                .forEach(pass -> later.add(pass.community()));
        return ask(atOnce, now).then(ask(later, again(now))).then(ask(retried, now.plus(taskSettings.retryAfter())));
    }

    private Mono<Void> ask(HashSet<UUID> communities, Instant dueAt) {
        return communities.isEmpty() ? Mono.empty() : due.askAll(communities, dueAt);
    }

    private static boolean freesLoad(Task.State state) {
        return switch (state) {
            case Task.State.Waiting _, Task.State.Dropped _, Task.State.Failed _, Task.State.Cancelled _ -> true;
            case Task.State.Offered _,
                    Task.State.Accepted _,
                    Task.State.Collected _,
                    Task.State.OnTheWay _,
                    Task.State.Delivered _ -> false;
        };
    }
}
