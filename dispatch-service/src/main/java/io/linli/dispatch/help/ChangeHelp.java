package io.linli.dispatch.help;

import io.linli.dispatch.help.HelpRequest.Decision;
import io.linli.dispatch.help.followup.EscalationLog;
import io.linli.kit.messaging.Event;
import io.linli.kit.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Gives commands to help requests: decides, stores, and tells others. Runs inside the caller's transaction.
@Component
class ChangeHelp {

    private final HelpRequests requests;
    private final EscalationLog escalations;
    private final Outbox outbox;
    private final Clock clock;

    ChangeHelp(HelpRequests requests, EscalationLog escalations, Outbox outbox, Clock clock) {
        this.requests = requests;
        this.escalations = escalations;
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
            case Decision.Changed changed -> store(changed, command, now).thenReturn(decision);
        };
    }

    private Mono<Void> store(Decision.Changed changed, HelpCommand command, Instant now) {
        return requests.save(changed.next())
                .then(log(changed.next(), command, now))
                .then(publish(changed));
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
