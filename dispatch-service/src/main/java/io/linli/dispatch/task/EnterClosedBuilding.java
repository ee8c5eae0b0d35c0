package io.linli.dispatch.task;

import io.linli.dispatch.exposure.RecordExposure;
import io.linli.dispatch.volunteer.WhoMayEnter;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Who accepts a task into a closed building is counted as entering it. Who is not trained for it, or has entered as
/// many as anyone may, is refused, and the task goes to somebody else; a building may close while a task is offered.
@Component
class EnterClosedBuilding {

    private static final String LIMIT = "exposure-limit";
    private static final String UNTRAINED = "hygiene-training-required";
    private static final Set<String> GIVEN_BACK = Set.of(LIMIT, UNTRAINED);

    private final Tasks tasks;
    private final WhoMayEnter whoMayEnter;
    private final RecordExposure recordExposure;
    private final ChangeTasks changeTasks;
    private final Transactions transactions;
    private final Clock clock;

    EnterClosedBuilding(
            Tasks tasks,
            WhoMayEnter whoMayEnter,
            RecordExposure recordExposure,
            ChangeTasks changeTasks,
            Transactions transactions,
            Clock clock) {
        this.tasks = tasks;
        this.whoMayEnter = whoMayEnter;
        this.recordExposure = recordExposure;
        this.changeTasks = changeTasks;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Before the acceptance, in its transaction. *Errors:* 409 `exposure-limit`, `hygiene-training-required`.
    Mono<Void> count(UUID community, UUID task, UUID volunteer) {
        var now = clock.instant();
        return tasks.findForUpdate(community, task)
                .filter(found -> found.work().needs().closedBuilding())
                .filter(found -> found.decide(new Task.Command.Accept(volunteer), now) instanceof Task.Decision.Changed)
                .flatMap(
                        found -> enter(community, volunteer, found.work().stop().building(), now));
    }

    private Mono<Void> enter(UUID community, UUID volunteer, UUID building, Instant now) {
        return whoMayEnter
                .trained(List.of(volunteer), now)
                .filter(trained -> trained.contains(volunteer))
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.CONFLICT, UNTRAINED)))
                .flatMap(_ -> recordExposure.record(community, volunteer, building, now))
                .flatMap(result -> switch (result) {
                    case RecordExposure.Result.Recorded _ -> Mono.empty();
                    case RecordExposure.Result.LimitReached(var max) ->
                        Mono.error(Problem.of(HttpStatus.CONFLICT, LIMIT, max));
                });
    }

    /// After the acceptance was refused, which keeps nothing: in a transaction of its own the task is taken from the
    /// volunteer for good. Should that fail, the offer runs out.
    <A> Mono<A> giveBack(UUID community, UUID task, UUID volunteer, Problem refused) {
        if (!GIVEN_BACK.contains(refused.slug())) {
            return Mono.error(refused);
        }
        return transactions
                .in(community, () -> changeTasks.find(community, task, _ -> new Task.Command.Refuse(volunteer)))
                .then(Mono.error(refused));
    }
}
