package io.linli.dispatch.task;

import io.linli.dispatch.DispatchSettings;
import io.linli.dispatch.due.DueAssignments;
import io.linli.dispatch.hours.CreditHours;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// What follows from changes of tasks, in their transaction: who is not asked again, what a coordinator has to look at,
/// whose hours are credited, and when the assignment looks again.
@Component
class Aftermath {

    private final Passes passes;
    private final Parcels parcels;
    private final Escalations escalations;
    private final CreditHours creditHours;
    private final DueAssignments due;
    private final DispatchSettings settings;
    private final TaskSettings taskSettings;

    Aftermath(
            Passes passes,
            Parcels parcels,
            Escalations escalations,
            CreditHours creditHours,
            DueAssignments due,
            DispatchSettings settings,
            TaskSettings taskSettings) {
        this.passes = passes;
        this.parcels = parcels;
        this.escalations = escalations;
        this.creditHours = creditHours;
        this.due = due;
        this.settings = settings;
        this.taskSettings = taskSettings;
    }

    Mono<Void> of(List<Change> changes, Instant now) {
        var passed = changes.stream().flatMap(change -> passes(change, now)).toList();
        return (passed.isEmpty() ? Mono.<Void>empty() : passes.save(passed))
                .then(countFailures(changes, now))
                .then(escalate(changes, now))
                .then(credit(changes))
                .then(lookAgain(changes, passed, now));
    }

    private Stream<Passes.Pass> passes(Change change, Instant now) {
        var task = change.before();
        var holder = task.volunteer();
        if (change.next().findAny().isEmpty() || holder == null) {
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

    /// A parcel outlives its task: the next one with it is another attempt.
    private Mono<Void> countFailures(List<Change> changes, Instant now) {
        var failed = changes.stream()
                .flatMap(Change::next)
                .filter(task -> task.state() instanceof Task.State.Failed)
                .flatMap(task -> Stream.ofNullable(task.work().parcelId()))
                .toList();
        return failed.isEmpty() ? Mono.empty() : parcels.failed(failed, now.plus(taskSettings.retryAfter()));
    }

    private Mono<Void> escalate(List<Change> changes, Instant now) {
        return Flux.fromIterable(changes)
                .concatMap(change -> Flux.fromStream(change.escalations())
                        .concatMap(escalated -> escalations.raise(change.before(), escalated.reason(), now)))
                .then();
    }

    /// Volunteers in the order of their ids, as every assignment takes them.
    private Mono<Void> credit(List<Change> changes) {
        var dropped = changes.stream()
                .filter(change -> change.next().anyMatch(next -> next.state() instanceof Task.State.Delivered))
                .map(Change::before)
                .sorted(Comparator.comparing((Task task) -> String.valueOf(task.volunteer())))
                .toList();
        return Flux.fromIterable(dropped).concatMap(this::credit).then();
    }

    /// From when it was taken in hand to when it stood at the door.
    private Mono<Void> credit(Task dropped) {
        return dropped.state() instanceof Task.State.Dropped at
                ? creditHours.credit(dropped.community(), at.volunteer(), dropped.id(), at.started(), dropped.since())
                : Mono.empty();
    }

    /// Load comes free whenever a volunteer stops holding a task; a pass that ends, or a later attempt, makes a task
    /// assignable again.
    private Mono<Void> lookAgain(List<Change> changes, List<Passes.Pass> passed, Instant now) {
        var atOnce = new HashSet<UUID>();
        var retried = new HashSet<UUID>();
        changes.stream().flatMap(Change::next).forEach(next -> {
            if (freesLoad(next.state())) {
                atOnce.add(next.community());
            }
            var notBefore = next.attempt().notBefore();
            if (notBefore != null && notBefore.isAfter(now)) {
                retried.add(next.community());
            }
        });
        var later = passed.stream()
                .filter(pass -> pass.until() != null)
                .map(Passes.Pass::community)
                .collect(Collectors.toSet());
        return ask(atOnce, now).then(ask(later, again(now))).then(ask(retried, now.plus(taskSettings.retryAfter())));
    }

    private Mono<Void> ask(Set<UUID> communities, Instant dueAt) {
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
