package io.linli.dispatch.task;

import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Ends a task that is not needed any more, in the caller's transaction.
@Component
public class CancelTask {

    private final ChangeTasks changeTasks;

    CancelTask(ChangeTasks changeTasks) {
        this.changeTasks = changeTasks;
    }

    /// False when there is no such task, it is over, or something of it is in a volunteer's hands or at the door.
    public Mono<Boolean> cancel(UUID community, UUID task) {
        return changeTasks
                .find(community, task, _ -> new Task.Command.Cancel())
                .map(decision -> decision instanceof Task.Decision.Changed)
                .defaultIfEmpty(false);
    }
}
