package io.linli.dispatch.task;

import io.linli.dispatch.Page;
import io.linli.dispatch.api.DoorstepTask;
import io.linli.dispatch.api.EscalationEntry;
import io.linli.dispatch.api.EscalationPage;
import io.linli.dispatch.api.Reassignment;
import io.linli.dispatch.api.TaskDeskApi;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// What a coordinator does with tasks, over HTTP.
@RestController
class TaskDeskController implements TaskDeskApi {

    private final ReassignTask reassignTask;
    private final SettleEscalation settleEscalation;
    private final Escalations escalations;
    private final Transactions transactions;
    private final TaskWrites taskWrites;
    private final Writes writes;

    TaskDeskController(
            ReassignTask reassignTask,
            SettleEscalation settleEscalation,
            Escalations escalations,
            Transactions transactions,
            TaskWrites taskWrites,
            Writes writes) {
        this.reassignTask = reassignTask;
        this.settleEscalation = settleEscalation;
        this.escalations = escalations;
        this.transactions = transactions;
        this.taskWrites = taskWrites;
        this.writes = writes;
    }

    @Override
    public Mono<DoorstepTask> reassignTask(
            UUID communityId,
            UUID taskId,
            Mono<Reassignment> reassignment,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, TaskViewer.COORDINATOR))
                .flatMap(asking -> reassignment.flatMap(body -> taskWrites.change(
                        new TaskWrites.Write(communityId, taskId, asking, body, exchange),
                        _ -> reassignTask.command(body.getVolunteerId()),
                        TasksController.answerTo(asking),
                        reassignTask.prepare(communityId, taskId, body.getVolunteerId()))))
                .onErrorMap(DataIntegrityViolationException.class, TaskDeskController::overloaded);
    }

    /// The database keeps the limits; whoever is asked was there a moment ago.
    private static Problem overloaded(DataIntegrityViolationException refused) {
        return Problem.of(HttpStatus.CONFLICT, "volunteer-overloaded");
    }

    @Override
    public Mono<EscalationPage> listEscalations(
            UUID communityId, Integer limit, @Nullable UUID cursor, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, TaskViewer.COORDINATOR))
                .flatMap(_ -> transactions.in(
                        communityId, () -> escalations.list(communityId, Page.after(cursor), limit + 1)))
                .map(rows -> Page.of(rows, limit, Escalations.Escalation::id))
                .map(page -> new EscalationPage(page.items().stream()
                                .map(TaskDeskController::toAnswer)
                                .toList())
                        .next(page.next()));
    }

    @Override
    public Mono<EscalationEntry> settleEscalation(
            UUID communityId, UUID escalationId, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, TaskViewer.COORDINATOR))
                .flatMap(asking -> writes.once(
                        exchange,
                        communityId,
                        "",
                        EscalationEntry.class,
                        () -> settleEscalation
                                .settle(communityId, escalationId, asking.member())
                                .map(TaskDeskController::toAnswer)));
    }

    private static EscalationEntry toAnswer(Escalations.Escalation escalation) {
        return new EscalationEntry(
                        escalation.id(),
                        escalation.task(),
                        io.linli.dispatch.api.FailureReason.fromValue(escalation.reason()),
                        escalation.attempts(),
                        escalation.raisedAt())
                .settledAt(escalation.settledAt());
    }
}
