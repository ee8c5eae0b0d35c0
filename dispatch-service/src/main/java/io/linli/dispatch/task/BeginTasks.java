package io.linli.dispatch.task;

import io.linli.dispatch.building.Building;
import io.linli.dispatch.due.DueAssignments;
import io.linli.kit.data.Ids;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Has a task wait for a volunteer, in the caller's transaction.
@Component
class BeginTasks {

    private final Tasks tasks;
    private final DueAssignments due;
    private final Clock clock;

    BeginTasks(Tasks tasks, DueAssignments due, Clock clock) {
        this.tasks = tasks;
        this.due = due;
        this.clock = clock;
    }

    Mono<UUID> begin(UUID community, Work work, Task.Attempt attempt) {
        var now = clock.instant();
        var task = new Task(Ids.next(), community, work, attempt, 1, now, new Task.State.Waiting());
        var dueAt = attempt.notBefore() == null || attempt.notBefore().isBefore(now) ? now : attempt.notBefore();
        return tasks.add(task).then(Mono.defer(() -> due.ask(community, dueAt))).thenReturn(task.id());
    }

    static Work.Stop stop(UUID household, Building building, int floor) {
        return new Work.Stop(
                household, building.id(), building.name(), building.x(), building.y(), floor, building.lift());
    }
}
