package io.linli.dispatch.task;

import io.linli.dispatch.building.Building;
import io.linli.dispatch.building.FindBuilding;
import io.linli.dispatch.due.DueAssignments;
import io.linli.kit.data.Ids;
import io.linli.kit.messaging.ComesEarly;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Follows what the station says of parcels: a task begins, is collected, or is not needed any more.
@Component
class FollowParcels {

    private final Parcels parcels;
    private final Tasks tasks;
    private final ChangeTasks changeTasks;
    private final FindBuilding findBuilding;
    private final DueAssignments due;
    private final Clock clock;

    FollowParcels(
            Parcels parcels,
            Tasks tasks,
            ChangeTasks changeTasks,
            FindBuilding findBuilding,
            DueAssignments due,
            Clock clock) {
        this.parcels = parcels;
        this.tasks = tasks;
        this.changeTasks = changeTasks;
        this.findBuilding = findBuilding;
        this.due = due;
        this.clock = clock;
    }

    record Ready(
            UUID parcelId,
            long version,
            UUID householdId,
            UUID buildingId,
            int floor,
            long weightGrams,
            boolean doorstep,
            String label) {}

    /// A newer version replaces the tasks of older ones; what is older than what we know changes nothing.
    Mono<Void> ready(UUID community, Ready ready) {
        return parcels.ready(community, ready.parcelId(), ready.version())
                .filter(news -> news)
                .flatMap(_ ->
                        cancelOpen(ready.parcelId()).then(ready.doorstep() ? begin(community, ready) : Mono.empty()));
    }

    /// The parcel was handed over or failed.
    Mono<Void> over(UUID community, UUID parcel) {
        return parcels.over(community, parcel).then(cancelOpen(parcel));
    }

    Mono<Void> collected(UUID community, UUID task, UUID volunteer) {
        return changeTasks
                .find(community, task, _ -> new Task.Command.Collect(volunteer))
                .switchIfEmpty(Mono.error(() -> new ComesEarly("task " + task)))
                .then();
    }

    /// A task whose parcel a volunteer already carries rejects this, and goes its way.
    private Mono<Void> cancelOpen(UUID parcel) {
        return tasks.lockOpen(parcel)
                .flatMap(open -> changeTasks.all(open, _ -> new Task.Command.Cancel()))
                .then();
    }

    private Mono<Void> begin(UUID community, Ready ready) {
        return findBuilding
                .find(ready.buildingId())
                .switchIfEmpty(Mono.error(() -> new ComesEarly("building " + ready.buildingId())))
                .flatMap(building -> tasks.add(toTask(community, ready, building)))
                .then(Mono.defer(() -> due.ask(community, clock.instant())));
    }

    private Task toTask(UUID community, Ready ready, Building building) {
        var parcel = new Task.Parcel(
                ready.parcelId(),
                ready.version(),
                ready.householdId(),
                building.id(),
                building.name(),
                building.x(),
                building.y(),
                ready.floor(),
                ready.weightGrams(),
                ready.label());
        return new Task(Ids.next(), community, parcel, 1, clock.instant(), new Task.State.Waiting());
    }
}
