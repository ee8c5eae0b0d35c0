package io.linli.community.registry;

import static io.linli.kit.data.Columns.required;

import io.linli.kit.web.Problem;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Buildings and their units.
@Repository
class Buildings {
    private final DatabaseClient database;

    Buildings(DatabaseClient database) {
        this.database = database;
    }

    /// *Errors:* 409 `building-exists`.
    Mono<Building> insert(UUID community, Building building) {
        return database.sql("""
                        INSERT INTO building (community_id, id, name, x, y, floors, lift)
                        VALUES ($1, $2, $3, $4, $5, $6, $7)""")
                .bind(0, community)
                .bind(1, building.id())
                .bind(2, building.name())
                .bind(3, building.x())
                .bind(4, building.y())
                .bind(5, building.floors())
                .bind(6, building.lift())
                .fetch()
                .rowsUpdated()
                .thenReturn(building)
                .onErrorMap(DuplicateKeyException.class, _ -> Problem.of(HttpStatus.CONFLICT, "building-exists"));
    }

    Mono<List<Building>> findPage(UUID community, UUID after, int limit) {
        return database.sql("""
                        SELECT id, name, x, y, floors, lift, closed, changes_at FROM building
                         WHERE community_id = $1 AND id > $2 ORDER BY id LIMIT $3""")
                .bind(0, community)
                .bind(1, after)
                .bind(2, limit)
                .map(Buildings::readBuilding)
                .all()
                .collectList();
    }

    /// *Errors:* 404 `building-not-found`, 409 `unit-exists`.
    Mono<Unit> insert(UUID community, Unit unit) {
        return database.sql("""
                        INSERT INTO unit (community_id, id, building_id, name)
                        SELECT $1, $2, id, $4 FROM building WHERE id = $3
                        RETURNING id, building_id, name""")
                .bind(0, community)
                .bind(1, unit.id())
                .bind(2, unit.building())
                .bind(3, unit.name())
                .map(Buildings::readUnit)
                .one()
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "building-not-found")))
                .onErrorMap(DuplicateKeyException.class, _ -> Problem.of(HttpStatus.CONFLICT, "unit-exists"));
    }

    Mono<List<Unit>> findUnits(UUID community, @Nullable UUID building, UUID after, int limit) {
        return database.sql("""
                        SELECT id, building_id, name FROM unit
                         WHERE community_id = $1 AND id > $2 AND ($4::uuid IS NULL OR building_id = $4)
                         ORDER BY id LIMIT $3""")
                .bind(0, community)
                .bind(1, after)
                .bind(2, limit)
                .bind(3, building == null ? Parameters.in(UUID.class) : Parameters.in(building))
                .map(Buildings::readUnit)
                .all()
                .collectList();
    }

    private static Building readBuilding(Readable row) {
        return new Building(
                required(row, 0, UUID.class),
                required(row, 1, String.class),
                required(row, 2, Integer.class),
                required(row, 3, Integer.class),
                required(row, 4, Integer.class),
                required(row, 5, Boolean.class),
                required(row, 6, Boolean.class),
                row.get(7, Instant.class));
    }

    private static Unit readUnit(Readable row) {
        return new Unit(required(row, 0, UUID.class), required(row, 1, UUID.class), required(row, 2, String.class));
    }
}
