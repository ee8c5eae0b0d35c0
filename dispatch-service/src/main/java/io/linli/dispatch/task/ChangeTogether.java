package io.linli.dispatch.task;

import io.linli.kit.data.Ids;
import io.linli.kit.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Changes several tasks of one door in the caller's transaction: all of them or, with a problem, none.
@Component
class ChangeTogether {

    private final Tasks tasks;
    private final DropBatches batches;
    private final ChangeTasks changeTasks;
    private final TaskSettings settings;
    private final Clock clock;

    ChangeTogether(Tasks tasks, DropBatches batches, ChangeTasks changeTasks, TaskSettings settings, Clock clock) {
        this.tasks = tasks;
        this.batches = batches;
        this.changeTasks = changeTasks;
        this.settings = settings;
        this.clock = clock;
    }

    record Dropped(UUID batch, Instant undoUntil, List<Task> tasks) {}

    /// *Errors:* 404 `task-not-found`, 422 `not-one-door`, and the problem of the first task that rejects it.
    Mono<Dropped> drop(UUID community, UUID volunteer, List<UUID> ids, Proof proof) {
        var batch = Ids.next();
        var now = clock.instant();
        return lock(ids)
                .flatMap(locked -> all(locked, _ -> new Task.Command.Drop(volunteer, proof, batch)))
                .flatMap(next -> batches.add(community, batch, volunteer, now).thenReturn(next))
                .map(next -> new Dropped(batch, now.plus(settings.undoWithin()), next));
    }

    /// *Errors:* as of a drop; what `command` throws.
    Mono<List<Task>> confirm(List<UUID> ids, Function<Task, Task.Command> command) {
        return lock(ids).flatMap(locked -> all(locked, command));
    }

    /// *Errors:* 404 `drop-not-found`, 409 `undo-too-late`, and the problem of the first task that rejects it.
    Mono<List<Task>> undo(UUID community, UUID volunteer, UUID batch) {
        return batches.find(community, batch)
                .filter(found -> found.volunteer().equals(volunteer))
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "drop-not-found")))
                .filter(found -> found.last()
                        && clock.instant().isBefore(found.droppedAt().plus(settings.undoWithin())))
                .flatMap(_ -> tasks.lockBatch(batch))
                .filter(locked -> !locked.isEmpty())
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.CONFLICT, "undo-too-late")))
                .flatMap(locked -> all(locked, _ -> new Task.Command.Undo(volunteer, batch)));
    }

    private Mono<List<Task>> lock(List<UUID> ids) {
        var wanted = new HashSet<>(ids);
        return tasks.lockAll(wanted).doOnNext(locked -> {
            if (locked.size() < wanted.size()) {
                throw TasksController.notFound();
            }
            if (locked.stream()
                            .map(task -> task.work().stop().household())
                            .distinct()
                            .count()
                    > 1) {
                throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "not-one-door");
            }
        });
    }

    private Mono<List<Task>> all(List<Task> locked, Function<Task, Task.Command> command) {
        return changeTasks
                .all(locked, command)
                .map(decisions -> decisions.stream().map(TaskWrites::changed).toList());
    }
}
