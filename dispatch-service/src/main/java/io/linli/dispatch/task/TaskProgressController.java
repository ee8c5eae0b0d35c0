package io.linli.dispatch.task;

import io.linli.dispatch.api.DoorstepTask;
import io.linli.dispatch.api.Drop;
import io.linli.dispatch.api.Failure;
import io.linli.dispatch.api.Refusal;
import io.linli.dispatch.api.TaskProgressApi;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// A task's way from the offer to the door, over HTTP.
@RestController
class TaskProgressController implements TaskProgressApi {

    private static final String VOLUNTEER = "volunteer";
    private static final String COORDINATOR = "coordinator";

    /// The station says by an event that it handed the parcel out; the volunteer may be faster.
    private static final Duration STATION_WORD = Duration.ofSeconds(1);

    private final ChangeTasks changeTasks;
    private final TaskSettings settings;
    private final Writes writes;

    TaskProgressController(ChangeTasks changeTasks, TaskSettings settings, Writes writes) {
        this.changeTasks = changeTasks;
        this.settings = settings;
        this.writes = writes;
    }

    /// A write on one task: who asks, and the body as it came.
    private record Write(UUID community, UUID task, Membership asking, Object body, ServerWebExchange exchange) {
        UUID volunteer() {
            return asking.member();
        }
    }

    @Override
    public Mono<DoorstepTask> acceptTask(
            UUID communityId, UUID taskId, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> new Write(communityId, taskId, caller.as(communityId, VOLUNTEER), "", exchange))
                .flatMap(write -> change(write, _ -> new Task.Command.Accept(write.volunteer())));
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
                .flatMap(asking -> drop.map(body -> new Write(communityId, taskId, asking, body, exchange)))
                .flatMap(write -> change(write, _ -> drop(write)));
    }

    private static Task.Command drop(Write write) {
        var proof = ((Drop) write.body()).getProof();
        return new Task.Command.Drop(
                write.volunteer(),
                new Proof(proof.getKind().getValue(), proof.getReference(), proof.getSha256()),
                null);
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

    /// For a member of the household only: to others the task is not there.
    @Override
    public Mono<DoorstepTask> confirmTask(
            UUID communityId, UUID taskId, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> new Write(communityId, taskId, caller.in(communityId), "", exchange))
                .flatMap(write -> change(write, task -> {
                    if (!TasksController.isOfHousehold(task, write.asking())) {
                        throw TasksController.notFound();
                    }
                    return new Task.Command.Confirm(ConfirmedBy.RESIDENT);
                }));
    }

    private Mono<DoorstepTask> change(Write write, Function<Task, Task.Command> command) {
        return writes.once(
                write.exchange(),
                write.community(),
                write.body(),
                DoorstepTask.class,
                () -> changeTasks
                        .find(write.community(), write.task(), command)
                        .switchIfEmpty(Mono.error(TasksController::notFound))
                        .map(decision -> toAnswer(decision, write.asking())));
    }

    private static DoorstepTask toAnswer(Task.Decision decision, Membership asking) {
        return switch (decision) {
            case Task.Decision.Changed changed -> TasksController.toAnswer(changed.next(), asking);
            case Task.Decision.Rejected(var reason) -> throw problem(reason);
        };
    }

    private static Problem problem(Task.Reason reason) {
        var slug = switch (reason) {
            case NOT_YOURS -> "task-not-yours";
            case OFFER_EXPIRED -> "offer-expired";
            case NOT_ACCEPTED -> "task-not-accepted";
            case NOT_COLLECTED -> "task-not-collected";
            case NOT_DROPPED -> "task-not-dropped";
            case ALREADY_ACCEPTED -> "task-already-accepted";
            case ALREADY_COLLECTED -> "task-already-collected";
            case ALREADY_ON_THE_WAY -> "task-already-on-the-way";
            case ALREADY_DROPPED -> "task-already-dropped";
            case NOT_IN_BATCH -> "task-not-in-batch";
            case NOT_CARRIED -> "task-not-carried";
            case CLOSED -> "task-closed";
            case NOT_DUE, NOT_WAITING, NOT_OFFERED -> "task-state";
        };
        var problem = Problem.of(HttpStatus.CONFLICT, slug);
        return reason == Task.Reason.NOT_COLLECTED ? problem.retryAfter(STATION_WORD) : problem;
    }
}
