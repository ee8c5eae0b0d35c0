package io.linli.community.registry;

import io.linli.community.Page;
import io.linli.community.api.Building;
import io.linli.community.api.BuildingPage;
import io.linli.community.api.BuildingsApi;
import io.linli.community.api.NewBuilding;
import io.linli.community.api.NewUnit;
import io.linli.community.api.Unit;
import io.linli.community.api.UnitPage;
import io.linli.kit.data.Ids;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Writes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class BuildingsController implements BuildingsApi {
    private final Acting acting;
    private final AddBuilding addBuilding;
    private final Buildings buildings;
    private final Transactions transactions;
    private final Writes writes;

    BuildingsController(
            Acting acting, AddBuilding addBuilding, Buildings buildings, Transactions transactions, Writes writes) {
        this.acting = acting;
        this.addBuilding = addBuilding;
        this.buildings = buildings;
        this.transactions = transactions;
        this.writes = writes;
    }

    @Override
    public Mono<Building> addBuilding(
            UUID communityId, Mono<NewBuilding> body, @Nullable String key, ServerWebExchange exchange) {
        return acting.in(communityId)
                .map(Actor::require)
                .then(body)
                .flatMap(asked -> writes.once(
                        exchange,
                        communityId,
                        asked,
                        Building.class,
                        () -> addBuilding.handle(communityId, toBuilding(asked)).map(BuildingsController::toAnswer)));
    }

    @Override
    public Mono<BuildingPage> listBuildings(
            UUID communityId, Integer limit, @Nullable String cursor, ServerWebExchange exchange) {
        return acting.in(communityId)
                .flatMap(_ -> transactions.in(
                        communityId, () -> buildings.findPage(communityId, Page.after(cursor), limit + 1)))
                .map(found -> Page.of(found, limit, io.linli.community.registry.Building::id))
                .map(page -> new BuildingPage(page.items().stream()
                                .map(BuildingsController::toAnswer)
                                .toList())
                        .next(page.next()));
    }

    @Override
    public Mono<Unit> addUnit(UUID communityId, Mono<NewUnit> body, @Nullable String key, ServerWebExchange exchange) {
        return acting.in(communityId)
                .map(Actor::require)
                .then(body)
                .flatMap(asked -> writes.once(
                        exchange,
                        communityId,
                        asked,
                        Unit.class,
                        () -> buildings.insert(communityId, toUnit(asked)).map(BuildingsController::toAnswer)));
    }

    @Override
    public Mono<UnitPage> listUnits(
            UUID communityId,
            @Nullable UUID buildingId,
            Integer limit,
            @Nullable String cursor,
            ServerWebExchange exchange) {
        return acting.in(communityId)
                .flatMap(_ -> transactions.in(
                        communityId, () -> buildings.findUnits(communityId, buildingId, Page.after(cursor), limit + 1)))
                .map(found -> Page.of(found, limit, io.linli.community.registry.Unit::id))
                .map(page -> new UnitPage(page.items().stream()
                                .map(BuildingsController::toAnswer)
                                .toList())
                        .next(page.next()));
    }

    private static io.linli.community.registry.Building toBuilding(NewBuilding asked) {
        return new io.linli.community.registry.Building(
                Ids.next(),
                asked.getName().strip(),
                asked.getX(),
                asked.getY(),
                asked.getFloors(),
                asked.getLift(),
                false,
                null);
    }

    private static io.linli.community.registry.Unit toUnit(NewUnit asked) {
        return new io.linli.community.registry.Unit(
                Ids.next(), asked.getBuildingId(), asked.getName().strip());
    }

    private static Building toAnswer(io.linli.community.registry.Building building) {
        return new Building(
                        building.id(),
                        building.name(),
                        building.x(),
                        building.y(),
                        building.floors(),
                        building.lift(),
                        building.closed())
                .changesAt(building.changesAt());
    }

    private static Unit toAnswer(io.linli.community.registry.Unit unit) {
        return new Unit(unit.id(), unit.building(), unit.name());
    }
}
