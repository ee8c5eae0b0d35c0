package io.linli.dispatch.building;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Readable;
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

    Mono<Building> find(UUID id) {
        return database.sql("SELECT building_id, name, x, y, floors, lift, closed FROM building WHERE building_id = $1")
                .bind(0, id)
                .map(Buildings::toBuilding)
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
