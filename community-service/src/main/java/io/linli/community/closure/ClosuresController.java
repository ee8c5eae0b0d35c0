package io.linli.community.closure;

import io.linli.community.api.BuildingClosure;
import io.linli.community.api.ClosuresApi;
import io.linli.community.api.NewClosure;
import io.linli.community.closure.Closure.State;
import io.linli.community.registry.Acting;
import io.linli.community.registry.Actor;
import io.linli.kit.web.Writes;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class ClosuresController implements ClosuresApi {
    private final Acting acting;
    private final ChangeClosure changeClosure;
    private final Writes writes;

    ClosuresController(Acting acting, ChangeClosure changeClosure, Writes writes) {
        this.acting = acting;
        this.changeClosure = changeClosure;
        this.writes = writes;
    }

    @Override
    public Mono<BuildingClosure> closeBuilding(
            UUID communityId,
            UUID buildingId,
            Mono<NewClosure> body,
            @Nullable String key,
            ServerWebExchange exchange) {
        return change(communityId, buildingId, true, body, exchange);
    }

    @Override
    public Mono<BuildingClosure> reopenBuilding(
            UUID communityId,
            UUID buildingId,
            Mono<NewClosure> body,
            @Nullable String key,
            ServerWebExchange exchange) {
        return change(communityId, buildingId, false, body, exchange);
    }

    private Mono<BuildingClosure> change(
            UUID community, UUID building, boolean closes, Mono<NewClosure> body, ServerWebExchange exchange) {
        return acting.in(community)
                .map(Actor::require)
                .flatMap(actor -> body.flatMap(asked -> writes.once(
                        exchange,
                        community,
                        asked,
                        BuildingClosure.class,
                        () -> changeClosure
                                .handle(toOrder(community, building, closes, asked, actor))
                                .map(ClosuresController::toAnswer))));
    }

    /// Without a time it is for now.
    private static ClosureOrder toOrder(UUID community, UUID building, boolean closes, NewClosure asked, Actor actor) {
        var at = asked.getEffectiveAt() == null ? Instant.EPOCH : asked.getEffectiveAt();
        return new ClosureOrder(community, building, closes, asked.getReason().strip(), at, actor);
    }

    private static BuildingClosure toAnswer(ClosableBuilding building) {
        var closure = building.closure();
        return new BuildingClosure(building.id(), closure.isClosed(), closure.version(), building.reason())
                .changesAt(
                        switch (closure.state()) {
                            case State.ToClose(var at) -> at;
                            case State.ToReopen(var at) -> at;
                            case State.Open _, State.Closed _ -> null;
                        });
    }
}
