package io.linli.dispatch.task;

import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// One command on one task as an idempotent write, and the problem of each rejection.
@Component
class TaskWrites {

    /// The station says by an event that it handed the parcel out; the volunteer may be faster.
    private static final Duration STATION_WORD = Duration.ofSeconds(1);

    private final ChangeTasks changeTasks;
    private final Writes writes;

    TaskWrites(ChangeTasks changeTasks, Writes writes) {
        this.changeTasks = changeTasks;
        this.writes = writes;
    }

    /// A write on one task: who asks, and the body as it came.
    record Write(UUID community, UUID task, Membership asking, Object body, ServerWebExchange exchange) {
        UUID volunteer() {
            return asking.member();
        }
    }

    /// How a task is shown to whoever asked.
    record Answer<A>(Class<A> type, Function<Task, A> of) {}

    <A> Mono<A> change(Write write, Function<Task, Task.Command> command, Answer<A> answer) {
        return change(write, command, answer, Mono.empty());
    }

    /// The same, with something to be done first in the same transaction.
    <A> Mono<A> change(Write write, Function<Task, Task.Command> command, Answer<A> answer, Mono<Void> first) {
        return writes.once(
                write.exchange(),
                write.community(),
                write.body(),
                answer.type(),
                () -> first.then(changeTasks.find(write.community(), write.task(), command))
                        .switchIfEmpty(Mono.error(TasksController::notFound))
                        .map(decision -> answer.of().apply(changed(decision))));
    }

    /// The task as it is now. *Errors:* 409 with the reason of a rejection.
    static Task changed(Task.Decision decision) {
        return switch (decision) {
            case Task.Decision.Changed changed -> changed.next();
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
