package io.linli.dispatch.help;

import io.linli.dispatch.help.HelpRequest.Decision;
import io.linli.dispatch.help.followup.EscalationLog;
import io.linli.dispatch.task.CancelTask;
import io.linli.kit.messaging.Event;
import io.linli.kit.messaging.Outbox;
import io.linli.kit.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Gives commands to help requests: decides, stores, and tells others. Runs inside the caller's transaction.
@Component
class ChangeHelp {

    private final HelpRequests requests;
    private final EscalationLog escalations;
    private final CancelTask cancelTask;
    private final Outbox outbox;
    private final Clock clock;

    ChangeHelp(HelpRequests requests, EscalationLog escalations, CancelTask cancelTask, Outbox outbox, Clock clock) {
        this.requests = requests;
        this.escalations = escalations;
        this.cancelTask = cancelTask;
        this.outbox = outbox;
        this.clock = clock;
    }

    Mono<HelpRequest> begin(Decision.Changed begun) {
        return requests.add(begun.next()).then(publish(begun)).thenReturn(begun.next());
    }

    /// The decision on one request; empty when there is no such request in the community.
    Mono<Decision> find(UUID community, UUID id, Function<HelpRequest, HelpCommand> command) {
        return requests.findForUpdate(community, id).flatMap(found -> apply(found, command.apply(found)));
    }

    /// The same for the request that a task or a referral serves; empty for one that serves none, or no longer.
    Mono<Decision> byHelper(UUID community, UUID reference, HelpCommand command) {
        return requests.lockByHelper(community, reference).flatMap(found -> apply(found, command));
    }

    /// Decides on a request that the caller has locked.
    Mono<Decision> apply(HelpRequest locked, HelpCommand command) {
        var now = clock.instant();
        var decision = locked.decide(command, now);
        return switch (decision) {
            case Decision.Rejected _ -> Mono.just(decision);
            case Decision.Changed changed ->
                store(changed, command, now).then(endTask(locked, command)).thenReturn(decision);
        };
    }

    private Mono<Void> store(Decision.Changed changed, HelpCommand command, Instant now) {
        return requests.save(changed.next())
                .then(log(changed.next(), command, now))
                .then(publish(changed));
    }

    /// A task whose request is cancelled or recalled is not needed. *Errors:* 409 `help-at-the-door` when it is too
    /// late
    /// for that.
    private Mono<Void> endTask(HelpRequest before, HelpCommand command) {
        var ends = command instanceof HelpCommand.Cancel || command instanceof HelpCommand.Recall;
        if (!ends || !(before.state() instanceof HelpState.Given given) || given.partner() != null) {
            return Mono.empty();
        }
        return cancelTask
                .cancel(before.community(), given.reference())
                .filter(cancelled -> cancelled)
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.CONFLICT, "help-at-the-door")))
                .then();
    }

    private Mono<Void> log(HelpRequest next, HelpCommand command, Instant now) {
        return command instanceof HelpCommand.Escalate
                ? escalations.add(
                        next.community(),
                        next.id(),
                        next.round(),
                        HelpEvent.word(next.clock().level()),
                        now)
                : Mono.empty();
    }

    private Mono<Void> publish(Decision.Changed changed) {
        return outbox.publish(changed.events().stream()
                .map(event -> new Event(changed.next().community(), event.type(), event.requestId(), event))
                .toList());
    }
}
