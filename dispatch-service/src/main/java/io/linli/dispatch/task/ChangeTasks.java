package io.linli.dispatch.task;

import io.linli.kit.messaging.Event;
import io.linli.kit.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Gives commands to tasks: decides, stores, sees to what follows, and tells others. Runs inside the caller's
/// transaction.
@Component
class ChangeTasks {

    private final Tasks tasks;
    private final Aftermath aftermath;
    private final Outbox outbox;
    private final Clock clock;

    ChangeTasks(Tasks tasks, Aftermath aftermath, Outbox outbox, Clock clock) {
        this.tasks = tasks;
        this.aftermath = aftermath;
        this.outbox = outbox;
        this.clock = clock;
    }

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
        var next = changes.stream().flatMap(Change::next).toList();
        if (next.isEmpty()) {
            return Mono.empty();
        }
        return tasks.save(next)
                .then(publish(changes.stream().flatMap(Change::events).toList()))
                .then(Mono.defer(() -> aftermath.of(changes, now)));
    }

    private Mono<Void> publish(List<Event> events) {
        return events.isEmpty() ? Mono.empty() : outbox.publish(events);
    }
}
