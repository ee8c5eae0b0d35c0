package io.linli.dispatch.task;

import io.linli.dispatch.building.CloseBuilding;
import io.linli.dispatch.due.DueAssignments;
import io.linli.dispatch.exposure.RecordExposure;
import io.linli.dispatch.volunteer.LockVolunteers;
import io.linli.dispatch.volunteer.WhoMayEnter;
import io.linli.kit.messaging.Received;
import io.linli.kit.messaging.Subscription;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// A building is closed or reopened: its tasks know, in one transaction. Who may not enter a closed one is let go of
/// what they have not collected, and who goes on with what they accepted is counted as entering it.
@Component
class FollowClosures {

    private final CloseBuilding closeBuilding;
    private final Tasks tasks;
    private final LockVolunteers lockVolunteers;
    private final WhoMayEnter whoMayEnter;
    private final RecordExposure recordExposure;
    private final ChangeTasks changeTasks;
    private final DueAssignments due;
    private final Clock clock;

    FollowClosures(
            CloseBuilding closeBuilding,
            Tasks tasks,
            LockVolunteers lockVolunteers,
            WhoMayEnter whoMayEnter,
            RecordExposure recordExposure,
            ChangeTasks changeTasks,
            DueAssignments due,
            Clock clock) {
        this.closeBuilding = closeBuilding;
        this.tasks = tasks;
        this.lockVolunteers = lockVolunteers;
        this.whoMayEnter = whoMayEnter;
        this.recordExposure = recordExposure;
        this.changeTasks = changeTasks;
        this.due = due;
        this.clock = clock;
    }

    /// Heard from community-service.
    record ClosureChanged(UUID buildingId, long version) {}

    @Bean
    Subscription closureSubscription() {
        return Subscription.queue("dispatch.closures")
                .on("building.closed.v1", ClosureChanged.class, news -> follow(news, true))
                .on("building.reopened.v1", ClosureChanged.class, news -> follow(news, false));
    }

    private Mono<Void> follow(Received<ClosureChanged> news, boolean closed) {
        var building = news.data().buildingId();
        var community = news.community();
        var now = clock.instant();
        return closeBuilding
                .change(community, building, closed, news.data().version())
                .filter(isNews -> isNews)
                .flatMap(_ -> tasks.lockInBuilding(building))
                .flatMap(open -> tasks.markClosed(open, closed)
                        .then(closed ? clear(community, building, open, now) : Mono.empty())
                        .then(Mono.defer(() -> due.ask(community, now))));
    }

    private Mono<Void> clear(UUID community, UUID building, List<Task> open, Instant now) {
        var holders = open.stream()
                .flatMap(task -> Stream.ofNullable(task.volunteer()))
                .distinct()
                .toList();
        return lockVolunteers
                .lock(community, holders)
                .flatMap(locked -> whoMayEnter.of(locked, building, now))
                .flatMap(entering -> letGo(open, entering, now)
                        .then(Mono.defer(() -> count(community, building, open, entering, now))));
    }

    private Mono<Void> letGo(List<Task> open, Set<UUID> entering, Instant now) {
        var withdrawn = open.stream()
                .filter(task -> task.volunteer() != null && !entering.contains(task.volunteer()))
                .toList();
        return withdrawn.isEmpty()
                ? Mono.empty()
                : changeTasks
                        .all(withdrawn, _ -> new Task.Command.Reassign(null, now))
                        .then();
    }

    private Mono<Void> count(UUID community, UUID building, List<Task> open, Set<UUID> entering, Instant now) {
        var going = open.stream()
                .filter(task -> task.state() instanceof Task.State.Accepted)
                .map(task -> Objects.requireNonNull(task.volunteer()))
                .filter(entering::contains)
                .distinct()
                .toList();
        return Flux.fromIterable(going)
                .concatMap(volunteer -> recordExposure.record(community, volunteer, building, now))
                .then();
    }
}
