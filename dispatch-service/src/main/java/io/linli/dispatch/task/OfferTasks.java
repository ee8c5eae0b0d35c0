package io.linli.dispatch.task;

import io.linli.dispatch.DispatchSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// What the assignment needs of tasks: which wait, where volunteers already go, and the offers themselves.
@Component
public class OfferTasks {

    private final WaitingTasks waiting;
    private final Tasks tasks;
    private final ChangeTasks changeTasks;
    private final DispatchSettings settings;
    private final Clock clock;

    OfferTasks(WaitingTasks waiting, Tasks tasks, ChangeTasks changeTasks, DispatchSettings settings, Clock clock) {
        this.waiting = waiting;
        this.tasks = tasks;
        this.changeTasks = changeTasks;
        this.settings = settings;
        this.clock = clock;
    }

    /// Communities with waiting tasks. Needs a transaction across communities.
    public Mono<List<UUID>> findCommunities() {
        return waiting.findCommunities(settings.communitiesPerRunMax());
    }

    /// Takes hold of the waiting tasks until the transaction ends, oldest first and a bounded number.
    public Mono<List<WaitingTask>> lockWaiting(UUID community, Instant now) {
        return waiting.lock(community, now, settings.tasksPerRunMax());
    }

    /// Where each volunteer goes last; a volunteer without a task in hand is absent.
    public Mono<Map<UUID, Place>> lastPlaces(UUID community) {
        return waiting.lastPlaces(community);
    }

    /// Offers tasks that [#lockWaiting] has taken hold of. *Errors:* a data integrity violation where a volunteer
    /// would hold more than the limit.
    public Mono<Void> offer(List<Offer> offers) {
        var until = clock.instant().plus(settings.offerValid());
        var volunteers = offers.stream().collect(Collectors.toMap(Offer::task, Offer::volunteer));
        return tasks.lockAll(volunteers.keySet())
                .flatMap(locked -> changeTasks.all(
                        locked,
                        task -> new Task.Command.Offer(Objects.requireNonNull(volunteers.get(task.id())), until)))
                .then();
    }
}
