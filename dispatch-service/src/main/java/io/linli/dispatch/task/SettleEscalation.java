package io.linli.dispatch.task;

import io.linli.dispatch.due.DueAssignments;
import io.linli.kit.web.Problem;
import java.time.Clock;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// A coordinator has looked: what waits may be offered again. Runs inside the caller's transaction.
@Component
class SettleEscalation {

    private final Escalations escalations;
    private final DueAssignments due;
    private final Clock clock;

    SettleEscalation(Escalations escalations, DueAssignments due, Clock clock) {
        this.escalations = escalations;
        this.due = due;
        this.clock = clock;
    }

    /// *Errors:* 404 `escalation-not-found`, 409 `escalation-settled`.
    Mono<Escalations.Escalation> settle(UUID community, UUID id, UUID member) {
        var now = clock.instant();
        return escalations
                .findForUpdate(community, id)
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "escalation-not-found")))
                .filter(found -> found.settledAt() == null)
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.CONFLICT, "escalation-settled")))
                .flatMap(_ -> escalations.settle(id, member, now))
                .then(Mono.defer(() -> due.ask(community, now)))
                .then(Mono.defer(() -> escalations.findForUpdate(community, id)));
    }
}
