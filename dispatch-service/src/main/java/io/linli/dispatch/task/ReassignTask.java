package io.linli.dispatch.task;

import io.linli.dispatch.DispatchSettings;
import io.linli.dispatch.volunteer.LockVolunteers;
import io.linli.kit.web.Problem;
import java.time.Clock;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Takes a task from one volunteer and offers it to another or to whoever comes next.
@Component
class ReassignTask {

    private final Tasks tasks;
    private final LockVolunteers lockVolunteers;
    private final DispatchSettings settings;
    private final Clock clock;

    ReassignTask(Tasks tasks, LockVolunteers lockVolunteers, DispatchSettings settings, Clock clock) {
        this.tasks = tasks;
        this.lockVolunteers = lockVolunteers;
        this.settings = settings;
        this.clock = clock;
    }

    Task.Command command(@Nullable UUID to) {
        return new Task.Command.Reassign(to, clock.instant().plus(settings.offerValid()));
    }

    /// Locks the task, then both volunteers in the order of their ids, as assignments do; those never wait for a task.
    /// *Errors:* 404 `task-not-found`, 422 `volunteer-unknown`.
    Mono<Void> prepare(UUID community, UUID task, @Nullable UUID to) {
        if (to == null) {
            return Mono.empty();
        }
        return tasks.findForUpdate(community, task)
                .switchIfEmpty(Mono.error(TasksController::notFound))
                .flatMap(found -> lockVolunteers.lock(
                        community,
                        Stream.concat(Stream.of(to), Stream.ofNullable(found.volunteer()))
                                .toList()))
                .filter(known -> known.contains(to))
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "volunteer-unknown")))
                .then();
    }
}
