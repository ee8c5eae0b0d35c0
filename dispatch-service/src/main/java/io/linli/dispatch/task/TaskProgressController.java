package io.linli.dispatch.task;

import io.linli.dispatch.api.DoorstepTask;
import io.linli.dispatch.api.Drop;
import io.linli.dispatch.api.DropProof;
import io.linli.dispatch.api.Failure;
import io.linli.dispatch.api.Refusal;
import io.linli.dispatch.api.TaskProgressApi;
import io.linli.dispatch.task.TaskWrites.Write;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// A task's way from the offer to the door, over HTTP.
@RestController
class TaskProgressController implements TaskProgressApi {

    private static final String VOLUNTEER = "volunteer";
    private static final String COORDINATOR = "coordinator";

    private final TaskSettings settings;
    private final EnterClosedBuilding enter;
    private final TaskWrites writes;

    TaskProgressController(TaskSettings settings, EnterClosedBuilding enter, TaskWrites writes) {
        this.enter = enter;
        this.settings = settings;
        this.writes = writes;
    }

    @Override
    public Mono<DoorstepTask> acceptTask(
            UUID communityId, UUID taskId, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> new Write(communityId, taskId, caller.as(communityId, VOLUNTEER), "", exchange))
                .flatMap(this::accept);
    }

    private Mono<DoorstepTask> accept(Write write) {
        var volunteer = write.volunteer();
        return writes.change(
                        write,
                        _ -> new Task.Command.Accept(volunteer),
                        TasksController.answerTo(write.asking()),
                        enter.count(write.community(), write.task(), volunteer))
                .onErrorResume(
                        Problem.class, refused -> enter.giveBack(write.community(), write.task(), volunteer, refused));
    }

    @Override
    public Mono<DoorstepTask> departTask(
            UUID communityId, UUID taskId, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return asVolunteer(communityId, taskId, exchange, Task.Command.SetOut::new);
    }

    @Override
    public Mono<DoorstepTask> pickUpTask(
            UUID communityId, UUID taskId, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return asVolunteer(communityId, taskId, exchange, Task.Command.PickUp::new);
    }

    private Mono<DoorstepTask> asVolunteer(
            UUID community, UUID task, ServerWebExchange exchange, Function<UUID, Task.Command> command) {
        return Caller.current()
                .map(caller -> new Write(community, task, caller.as(community, VOLUNTEER), "", exchange))
                .flatMap(write -> change(write, _ -> command.apply(write.volunteer())));
    }

    @Override
    public Mono<DoorstepTask> refuseTask(
            UUID communityId,
            UUID taskId,
            @Nullable String idempotencyKey,
            Mono<Refusal> refusal,
            ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, VOLUNTEER))
                .flatMap(asking -> refusal.defaultIfEmpty(new Refusal())
                        .map(body -> new Write(communityId, taskId, asking, body, exchange)))
                .flatMap(write -> change(write, _ -> new Task.Command.Refuse(write.volunteer())));
    }

    @Override
    public Mono<DoorstepTask> dropTask(
            UUID communityId,
            UUID taskId,
            Mono<Drop> drop,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, VOLUNTEER))
                .flatMap(asking -> drop.flatMap(body -> {
                    var proof = proof(body.getProof());
                    return change(
                            new Write(communityId, taskId, asking, body, exchange),
                            _ -> new Task.Command.Drop(asking.member(), proof, null));
                }));
    }

    /// *Errors:* 422 `photo-incomplete` for a photo that nobody can check later.
    static Proof proof(DropProof proof) {
        return Proof.of(proof.getKind().getValue(), proof.getReference(), proof.getSha256());
    }

    @Override
    public Mono<DoorstepTask> failTask(
            UUID communityId,
            UUID taskId,
            Mono<Failure> failure,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, VOLUNTEER, COORDINATOR))
                .flatMap(asking -> failure.map(body -> new Write(communityId, taskId, asking, body, exchange)))
                .flatMap(write -> change(write, task -> fail(write, task)));
    }

    /// Whoever carries the task says so as its volunteer, also a coordinator.
    private Task.Command fail(Write write, Task task) {
        var reason = FailureReason.valueOf(((Failure) write.body()).getReason().name());
        var ofAnother = !write.volunteer().equals(task.volunteer());
        return ofAnother && write.asking().hasAny(COORDINATOR)
                ? new Task.Command.WriteOff(reason, settings.retry())
                : new Task.Command.Fail(write.volunteer(), reason, settings.retry());
    }

    @Override
    public Mono<DoorstepTask> confirmTask(
            UUID communityId, UUID taskId, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> new Write(communityId, taskId, caller.in(communityId), "", exchange))
                .flatMap(write -> change(write, task -> confirm(task, write.asking())));
    }

    private Mono<DoorstepTask> change(Write write, Function<Task, Task.Command> command) {
        return writes.change(write, command, TasksController.answerTo(write.asking()));
    }

    static Task.Command confirm(Task task, Membership asking) {
        return new Task.Command.Confirm(TaskViewer.confirming(task, asking));
    }
}
