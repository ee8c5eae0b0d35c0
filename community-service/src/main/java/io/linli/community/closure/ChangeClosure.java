package io.linli.community.closure;

import io.linli.community.closure.Closure.Decision;
import io.linli.kit.messaging.Outbox;
import io.linli.kit.web.Problem;
import java.time.Clock;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Closes and reopens buildings, at once or by a plan, and tells others what came into force; in the caller's
/// transaction.
@Component
class ChangeClosure {
    private final Closures closures;
    private final Outbox outbox;
    private final Clock clock;

    ChangeClosure(Closures closures, Outbox outbox, Clock clock) {
        this.closures = closures;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// *Errors:* 404 `building-not-found`, 409 as the state says, 422 `closure-too-far`.
    Mono<ClosableBuilding> handle(ClosureOrder order) {
        var now = clock.instant();
        return closures.lock(order.community(), order.building())
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "building-not-found")))
                .flatMap(building -> switch (building.closure().decide(order.command(), now)) {
                    case Decision.Changed(var next) -> store(building, building.with(next, order.reason()));
                    case Decision.Rejected(var reason) -> Mono.error(toProblem(reason));
                })
                .flatMap(changed -> closures.keep(order, now).thenReturn(changed));
    }

    /// Puts into force what was planned; false when it is not due any more, or another replica is at it.
    Mono<Boolean> takeEffect(Closures.Due due, Instant now) {
        return closures.lockDue(due, now)
                .flatMap(building -> switch (building.closure().decide(new Closure.Command.TakeEffect(), now)) {
                    case Decision.Changed(var next) ->
                        store(building, building.with(next, building.reason())).thenReturn(true);
                    case Decision.Rejected _ -> Mono.just(false);
                })
                .defaultIfEmpty(false);
    }

    /// A plan is nobody's news yet.
    private Mono<ClosableBuilding> store(ClosableBuilding before, ClosableBuilding next) {
        var isNews = next.closure().version() > before.closure().version();
        return closures.save(next)
                .then(isNews ? outbox.publish(next.toEvent()) : Mono.empty())
                .thenReturn(next);
    }

    private static Problem toProblem(Closure.Reason reason) {
        return switch (reason) {
            case ALREADY_CLOSED -> Problem.of(HttpStatus.CONFLICT, "building-closed");
            case NOT_CLOSED, NOT_DUE -> Problem.of(HttpStatus.CONFLICT, "building-not-closed");
            case CLOSURE_PLANNED -> Problem.of(HttpStatus.CONFLICT, "closure-planned");
            case REOPENING_PLANNED -> Problem.of(HttpStatus.CONFLICT, "reopening-planned");
            case TOO_FAR -> Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "closure-too-far");
        };
    }
}
