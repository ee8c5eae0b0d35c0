package io.linli.dispatch.task;

import io.linli.dispatch.building.Building;
import io.linli.dispatch.building.FindBuilding;
import io.linli.dispatch.building.FindHome;
import io.linli.dispatch.building.Home;
import io.linli.kit.web.Problem;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Opens a task of a kind that needs no parcel of the station, in the caller's transaction.
@Component
public class OpenTask {

    private static final int GROUND_FLOOR = 1;

    private final BeginTasks beginTasks;
    private final FindBuilding findBuilding;
    private final FindHome findHome;

    OpenTask(BeginTasks beginTasks, FindBuilding findBuilding, FindHome findHome) {
        this.beginTasks = beginTasks;
        this.findBuilding = findBuilding;
        this.findHome = findHome;
    }

    /// What is wanted for whom; *Units*: grams.
    ///
    /// @param kind any but a delivery, which begins with a parcel that is ready
    /// @param note at most 200 characters, for the volunteer who accepts; forgotten when the task is over
    /// @param qualifications skills and trainings that the volunteer must have
    /// @param needLevel from 1; the household's own level counts where it is higher
    /// @param weightGrams what has to be carried, 0 for nothing
    public record Wanted(
            UUID household,
            UUID building,
            TaskKind kind,
            @Nullable String note,
            Set<String> qualifications,
            int needLevel,
            Window window,
            long weightGrams) {

        public Wanted {
            if (kind == TaskKind.DELIVERY) {
                throw new IllegalArgumentException("a delivery begins with its parcel");
            }
        }
    }

    /// The id of the task. *Errors:* 422 `building-unknown`.
    public Mono<UUID> open(UUID community, Wanted wanted) {
        return findBuilding
                .hold(wanted.building())
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "building-unknown")))
                .flatMap(building -> home(wanted).map(home -> toWork(wanted, building, home)))
                .flatMap(work -> beginTasks.begin(community, work, Task.Attempt.FIRST));
    }

    private Mono<Home> home(Wanted wanted) {
        return findHome.find(wanted.household())
                .defaultIfEmpty(new Home(wanted.household(), wanted.building(), GROUND_FLOOR, 1));
    }

    private static Work toWork(Wanted wanted, Building building, Home home) {
        var stop = BeginTasks.stop(wanted.household(), building, home.floor());
        var level = Math.max(wanted.needLevel(), home.needLevel());
        var needs = new Needs(wanted.qualifications(), level, wanted.window(), building.closed());
        return new Work(wanted.kind(), stop, null, wanted.weightGrams(), needs, wanted.note());
    }
}
