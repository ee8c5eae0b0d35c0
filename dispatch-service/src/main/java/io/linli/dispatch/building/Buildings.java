package io.linli.dispatch.building;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Readable;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The buildings that community-service told us of.
@Repository
class Buildings {

    private final DatabaseClient database;

    Buildings(DatabaseClient database) {
        this.database = database;
    }

    /// What is told again leaves a closed building closed.
    Mono<Void> save(UUID community, Building building) {
        return database.sql("""
                        INSERT INTO building (building_id, community_id, name, x, y, floors, lift)
                        VALUES ($1, $2, $3, $4, $5, $6, $7)
                        ON CONFLICT (building_id) DO UPDATE
                        SET name = excluded.name, x = excluded.x, y = excluded.y,
                            floors = excluded.floors, lift = excluded.lift""")
                .bind(0, building.id())
                .bind(1, community)
                .bind(2, building.name())
                .bind(3, building.x())
                .bind(4, building.y())
                .bind(5, building.floors())
                .bind(6, building.lift())
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// Keeps it from being closed or reopened until the transaction ends.
    Mono<Building> hold(UUID id) {
        return database.sql("""
                        SELECT building_id, name, x, y, floors, lift, closed FROM building
                         WHERE building_id = $1 FOR SHARE""").bind(0, id).map(Buildings::toBuilding).one();
    }

    /// Whether it was news, or empty for a building that nobody told us of.
    Mono<Boolean> change(UUID community, UUID id, boolean closed, long version) {
        return database.sql("""
                        WITH found AS (
                            SELECT building_id, closure_version FROM building
                             WHERE community_id = $1 AND building_id = $2 FOR NO KEY UPDATE),
                        changed AS (
                            UPDATE building SET closed = $3, closure_version = $4 FROM found
                             WHERE building.building_id = found.building_id AND found.closure_version < $4
                            RETURNING 1)
                        SELECT EXISTS (SELECT FROM changed) FROM found""")
                .bind(0, community)
                .bind(1, id)
                .bind(2, closed)
                .bind(3, version)
                .map((row, _) -> required(row, 0, Boolean.class))
                .one();
    }

    Mono<Long> count(UUID community, Set<UUID> ids) {
        return database.sql("SELECT count(*) FROM building WHERE community_id = $1 AND building_id = ANY ($2)")
                .bind(0, community)
                .bind(1, ids.toArray(UUID[]::new))
                .map((row, _) -> required(row, 0, Long.class))
                .one();
    }

    private static Building toBuilding(Readable row) {
        return new Building(
                required(row, 0, UUID.class),
                required(row, 1, String.class),
                required(row, 2, Double.class),
                required(row, 3, Double.class),
                required(row, 4, Integer.class),
                required(row, 5, Boolean.class),
                required(row, 6, Boolean.class));
    }
}
