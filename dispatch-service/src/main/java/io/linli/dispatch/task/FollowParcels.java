package io.linli.dispatch.task;

import io.linli.dispatch.building.Building;
import io.linli.dispatch.building.FindBuilding;
import io.linli.dispatch.building.FindHome;
import io.linli.dispatch.building.Home;
import io.linli.kit.messaging.ComesEarly;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Follows what the station says of parcels: a task begins, is collected, or is not needed any more.
@Component
class FollowParcels {

    private final Parcels parcels;
    private final Tasks tasks;
    private final ChangeTasks changeTasks;
    private final BeginTasks beginTasks;
    private final FindBuilding findBuilding;
    private final FindHome findHome;

    FollowParcels(
            Parcels parcels,
            Tasks tasks,
            ChangeTasks changeTasks,
            BeginTasks beginTasks,
            FindBuilding findBuilding,
            FindHome findHome) {
        this.parcels = parcels;
        this.tasks = tasks;
        this.changeTasks = changeTasks;
        this.beginTasks = beginTasks;
        this.findBuilding = findBuilding;
        this.findHome = findHome;
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
                .flatMap(_ -> ready.doorstep() ? replace(community, ready) : cancelOpen(ready.parcelId()));
    }

    private Mono<Void> replace(UUID community, Ready ready) {
        return findBuilding
                .hold(ready.buildingId())
                .switchIfEmpty(Mono.error(() -> new ComesEarly("building " + ready.buildingId())))
                .flatMap(building -> cancelOpen(ready.parcelId()).then(begin(community, ready, building)));
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

    private Mono<Void> begin(UUID community, Ready ready, Building building) {
        return needLevel(ready.householdId())
                .map(level -> toWork(ready, building, level))
                .flatMap(work -> parcels.nextAttempt(ready.parcelId())
                        .flatMap(attempt -> beginTasks.begin(community, work, attempt)))
                .then();
    }

    private Mono<Integer> needLevel(UUID household) {
        return findHome.find(household).map(Home::needLevel).defaultIfEmpty(1);
    }

    private static Work toWork(Ready ready, Building building, int needLevel) {
        var stop = BeginTasks.stop(ready.householdId(), building, ready.floor());
        var parcel = new Work.Parcel(ready.parcelId(), ready.version(), ready.label());
        var needs = new Needs(Set.of(), needLevel, Window.ANY, building.closed());
        return new Work(TaskKind.DELIVERY, stop, parcel, ready.weightGrams(), needs, null);
    }
}
