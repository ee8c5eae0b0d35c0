package io.linli.dispatch.route;

import io.linli.dispatch.task.TaskInHand;
import io.linli.dispatch.task.TasksInHand;
import io.linli.kit.data.Transactions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// What a community's volunteers have to do, live. However many watch, it is read at one pace, and only while somebody
/// watches; so it works with any number of replicas.
@Component
class WatchRoutes {

    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final int VOLUNTEERS_MAX = 200;

    private final Map<UUID, Flux<List<TaskInHand>>> watched = new ConcurrentHashMap<>();
    private final TasksInHand tasksInHand;
    private final Transactions transactions;
    private final RouteSettings settings;

    WatchRoutes(TasksInHand tasksInHand, Transactions transactions, RouteSettings settings) {
        this.tasksInHand = tasksInHand;
        this.transactions = transactions;
        this.settings = settings;
    }

    private record Reading(List<TaskInHand> tasks, long sinceRepeated) {}

    /// Now, after each change, and again every little while, so that nobody between takes the stream for dead; ends by
    /// itself. Who does not read is told the latest when it reads again, and holds up nobody.
    Flux<List<TaskInHand>> watch(UUID community) {
        var readings = Math.max(1, settings.repeatEvery().dividedBy(settings.readEvery()));
        return read(community)
                .flatMapMany(
                        first -> Flux.concat(Mono.just(first), shared(community).onBackpressureLatest()))
                .index((at, tasks) -> new Reading(tasks, at / readings))
                .distinctUntilChanged()
                .map(Reading::tasks)
                .take(settings.watchMax());
    }

    private Mono<List<TaskInHand>> read(UUID community) {
        return transactions.in(community, () -> tasksInHand.all(community, BEFORE_ALL, VOLUNTEERS_MAX));
    }

    private Flux<List<TaskInHand>> shared(UUID community) {
        return watched.computeIfAbsent(
                community,
                _ -> Flux.interval(settings.readEvery())
                        .onBackpressureDrop()
                        .concatMap(_ -> read(community).onErrorComplete(), 1)
                        .doFinally(_ -> watched.remove(community))
                        .publish()
                        .refCount(1));
    }
}
