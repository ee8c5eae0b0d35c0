package io.linli.dispatch.task;

import io.linli.dispatch.DispatchSettings;
import io.linli.dispatch.volunteer.WhoMayEnter;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// What the assignment needs of tasks: which wait, what volunteers have in hand, and the offers themselves.
@Component
public class OfferTasks {

    private final WaitingTasks waiting;
    private final TasksInHand tasksInHand;
    private final Tasks tasks;
    private final WhoMayEnter whoMayEnter;
    private final ChangeTasks changeTasks;
    private final DispatchSettings settings;
    private final Clock clock;

    OfferTasks(
            WaitingTasks waiting,
            TasksInHand tasksInHand,
            Tasks tasks,
            WhoMayEnter whoMayEnter,
            ChangeTasks changeTasks,
            DispatchSettings settings,
            Clock clock) {
        this.waiting = waiting;
        this.tasksInHand = tasksInHand;
        this.tasks = tasks;
        this.whoMayEnter = whoMayEnter;
        this.changeTasks = changeTasks;
        this.settings = settings;
        this.clock = clock;
    }

    /// Communities with waiting tasks. Needs a transaction across communities.
    public Mono<List<UUID>> findCommunities() {
        return waiting.findCommunities(settings.communitiesPerRunMax());
    }

    /// The waiting tasks, oldest first and a bounded number.
    public Mono<List<WaitingTask>> findWaiting(UUID community, Instant now, int most) {
        return waiting.find(community, now, most);
    }

    /// Takes hold of those of the tasks that still wait until the transaction ends.
    public Mono<List<WaitingTask>> lockWaiting(UUID community, Instant now, Collection<UUID> tasks) {
        return waiting.lock(community, now, tasks);
    }

    /// A task that waits; empty when there is none.
    public Mono<WaitingTask> find(UUID community, UUID task, Instant now) {
        return waiting.find(community, task, now);
    }

    public Mono<List<TaskInHand>> inHand(UUID community, Collection<UUID> volunteers) {
        return tasksInHand.ofAll(community, volunteers);
    }

    /// Writes down the order of stops, of tasks that are still with their volunteer.
    public Mono<Void> number(List<PlannedStop> stops) {
        return tasksInHand.number(stops);
    }

    /// Offers tasks that [#lockWaiting] has taken hold of. One in a building that was closed since the round was
    /// planned is not offered to who may not enter: the news of the closure has asked for another round.
    ///
    /// *Errors:* a data integrity violation where a volunteer would hold more than the limit.
    public Mono<Void> offer(List<Offer> offers) {
        var until = clock.instant().plus(settings.offerValid());
        var volunteers = offers.stream().collect(Collectors.toMap(Offer::task, Offer::volunteer));
        return tasks.lockAll(volunteers.keySet())
                .flatMap(locked -> withoutShutDoors(locked, volunteers))
                .flatMap(locked -> changeTasks.all(
                        locked,
                        task -> new Task.Command.Offer(Objects.requireNonNull(volunteers.get(task.id())), until)))
                .then();
    }

    private Mono<List<Task>> withoutShutDoors(List<Task> locked, Map<UUID, UUID> volunteers) {
        var entering = locked.stream()
                .filter(OfferTasks::isClosed)
                .map(task -> Objects.requireNonNull(volunteers.get(task.id())))
                .collect(Collectors.toSet());
        if (entering.isEmpty()) {
            return Mono.just(locked);
        }
        return whoMayEnter
                .trained(entering, clock.instant())
                .map(trained -> locked.stream()
                        .filter(task -> !isClosed(task) || trained.contains(volunteers.get(task.id())))
                        .toList());
    }

    private static boolean isClosed(Task task) {
        return task.work().needs().closedBuilding();
    }
}
