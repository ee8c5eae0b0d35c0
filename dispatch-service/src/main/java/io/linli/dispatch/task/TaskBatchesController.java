package io.linli.dispatch.task;

import io.linli.dispatch.api.BatchConfirmation;
import io.linli.dispatch.api.BatchDrop;
import io.linli.dispatch.api.DroppedBatch;
import io.linli.dispatch.api.TaskBatchesApi;
import io.linli.dispatch.api.TaskList;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Writes;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Several tasks at one door at once, over HTTP.
@RestController
class TaskBatchesController implements TaskBatchesApi {

    private static final String VOLUNTEER = "volunteer";

    private final ChangeTogether changeTogether;
    private final Writes writes;

    TaskBatchesController(ChangeTogether changeTogether, Writes writes) {
        this.changeTogether = changeTogether;
        this.writes = writes;
    }

    @Override
    public Mono<DroppedBatch> dropTasks(
            UUID communityId, Mono<BatchDrop> drop, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, VOLUNTEER))
                .flatMap(asking -> drop.flatMap(body -> {
                    var proof = TaskProgressController.proof(body.getProof());
                    return writes.once(
                            exchange,
                            communityId,
                            body,
                            DroppedBatch.class,
                            () -> changeTogether
                                    .drop(communityId, asking.member(), body.getTaskIds(), proof)
                                    .map(dropped -> toAnswer(dropped, asking)));
                }));
    }

    @Override
    public Mono<TaskList> undoDrop(
            UUID communityId, UUID dropId, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, VOLUNTEER))
                .flatMap(asking -> writes.once(
                        exchange,
                        communityId,
                        "",
                        TaskList.class,
                        () -> changeTogether
                                .undo(communityId, asking.member(), dropId)
                                .map(tasks -> toAnswer(tasks, asking))));
    }

    @Override
    public Mono<TaskList> confirmTasks(
            UUID communityId,
            Mono<BatchConfirmation> confirmation,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(communityId))
                .flatMap(asking -> confirmation.flatMap(body -> writes.once(
                        exchange,
                        communityId,
                        body,
                        TaskList.class,
                        () -> changeTogether
                                .confirm(body.getTaskIds(), task -> TaskProgressController.confirm(task, asking))
                                .map(tasks -> toAnswer(tasks, asking)))));
    }

    private static DroppedBatch toAnswer(ChangeTogether.Dropped dropped, Membership asking) {
        return new DroppedBatch(
                dropped.batch(),
                dropped.undoUntil(),
                toAnswer(dropped.tasks(), asking).getItems());
    }

    private static TaskList toAnswer(List<Task> tasks, Membership asking) {
        return new TaskList(tasks.stream()
                .map(task -> TasksController.toAnswer(task, asking))
                .toList());
    }
}
