package io.linli.dispatch.task;

import io.linli.kit.messaging.Event;
import java.util.stream.Stream;

/// A command that was given to a task, and what was decided.
record Change(Task before, Task.Command command, Task.Decision decision) {

    /// The task as it is now; none when the command was rejected.
    Stream<Task> next() {
        return changed().map(Task.Decision.Changed::next);
    }

    Stream<Event> events() {
        return changed()
                .flatMap(changed -> changed.events().stream()
                        .map(event -> new Event(before.community(), event.type(), event.taskId(), event)));
    }

    Stream<TaskEvent.TaskEscalated> escalations() {
        return changed()
                .flatMap(changed -> changed.events().stream())
                .filter(TaskEvent.TaskEscalated.class::isInstance)
                .map(TaskEvent.TaskEscalated.class::cast);
    }

    private Stream<Task.Decision.Changed> changed() {
        return decision instanceof Task.Decision.Changed changed ? Stream.of(changed) : Stream.empty();
    }
}
