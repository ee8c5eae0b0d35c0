package io.linli.dispatch.building;

import static io.linli.kit.data.Columns.required;

import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The households that community-service told us of: no name, no room.
@Repository
class Homes {

    private final DatabaseClient database;

    Homes(DatabaseClient database) {
        this.database = database;
    }

    /// Older news than what is known changes nothing.
    Mono<Void> save(UUID community, Home home, long version) {
        return database.sql("""
                        INSERT INTO home (household_id, community_id, building_id, floor, need_level, version)
                        VALUES ($1, $2, $3, $4, $5, $6)
                        ON CONFLICT (household_id) DO UPDATE
                        SET building_id = excluded.building_id, floor = excluded.floor,
                            need_level = excluded.need_level, version = excluded.version
                        WHERE home.version < excluded.version""")
                .bind(0, home.household())
                .bind(1, community)
                .bind(2, home.building())
                .bind(3, home.floor())
                .bind(4, home.needLevel())
                .bind(5, version)
                .fetch()
                .rowsUpdated()
                .then();
    }

    Mono<Home> find(UUID household) {
        return database.sql("SELECT household_id, building_id, floor, need_level FROM home WHERE household_id = $1")
                .bind(0, household)
                .map(row -> new Home(
                        required(row, 0, UUID.class),
                        required(row, 1, UUID.class),
                        required(row, 2, Integer.class),
                        required(row, 3, Integer.class)))
                .one();
    }
}
