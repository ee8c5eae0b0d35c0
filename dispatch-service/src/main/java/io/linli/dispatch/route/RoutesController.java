package io.linli.dispatch.route;

import io.linli.dispatch.Page;
import io.linli.dispatch.api.RouteEntry;
import io.linli.dispatch.api.RoutePage;
import io.linli.dispatch.api.RouteStop;
import io.linli.dispatch.api.RoutesApi;
import io.linli.dispatch.api.TaskKind;
import io.linli.dispatch.api.TaskState;
import io.linli.dispatch.task.TaskInHand;
import io.linli.dispatch.task.TasksInHand;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The ways that volunteers go, over HTTP: their own, and all of them for coordinators.
@RestController
class RoutesController implements RoutesApi {

    private static final String VOLUNTEER = "volunteer";
    private static final String COORDINATOR = "coordinator";

    private final TasksInHand tasksInHand;
    private final WatchRoutes watchRoutes;
    private final RouteSettings settings;
    private final Transactions transactions;
    private final Clock clock;

    RoutesController(
            TasksInHand tasksInHand,
            WatchRoutes watchRoutes,
            RouteSettings settings,
            Transactions transactions,
            Clock clock) {
        this.tasksInHand = tasksInHand;
        this.watchRoutes = watchRoutes;
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Mono<RouteEntry> getMyRoute(UUID communityId, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, VOLUNTEER).member())
                .flatMap(me -> transactions
                        .in(communityId, () -> tasksInHand.of(communityId, me))
                        .map(tasks -> toAnswer(Route.of(me, tasks, settings, clock.instant()))));
    }

    @Override
    public Mono<RoutePage> listRoutes(
            UUID communityId, Integer limit, @Nullable UUID cursor, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, COORDINATOR))
                .flatMap(_ ->
                        transactions.in(communityId, () -> tasksInHand.all(communityId, Page.after(cursor), limit + 1)))
                .map(tasks -> Page.of(routes(tasks), limit, Route::volunteer))
                .map(page -> toAnswer(page.items()).next(page.next()));
    }

    @Override
    public Flux<RoutePage> watchRoutes(UUID communityId, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, COORDINATOR))
                .flatMapMany(_ -> watchRoutes.watch(communityId))
                .map(tasks -> toAnswer(routes(tasks)));
    }

    private List<Route> routes(List<TaskInHand> tasks) {
        return Route.all(tasks, settings, clock.instant());
    }

    private static RoutePage toAnswer(List<Route> routes) {
        return new RoutePage(routes.stream().map(RoutesController::toAnswer).toList());
    }

    private static RouteEntry toAnswer(Route route) {
        return new RouteEntry(
                route.volunteer(),
                route.loadGrams(),
                route.stops().stream().map(RoutesController::toAnswer).toList());
    }

    private static RouteStop toAnswer(Route.Stop stop) {
        var task = stop.task();
        return new RouteStop()
                .taskId(task.id())
                .kind(TaskKind.fromValue(
                        task.kind().name().toLowerCase(Locale.ROOT).replace('_', '-')))
                .state(TaskState.fromValue(task.state()))
                .buildingId(task.building())
                .buildingName(task.buildingName())
                .floor(task.floor())
                .label(task.label())
                .weightGrams(task.weightGrams())
                .earliest(task.window().earliest())
                .latest(task.window().latest())
                .eta(stop.eta());
    }
}
