package io.linli.dispatch.household;

import static io.linli.kit.data.Columns.required;

import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The households that community-service told us of; the applied version never goes back.
@Repository
class Households {

    private final DatabaseClient database;

    Households(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> save(UUID community, Household household, long version) {
        return database.sql("""
                        INSERT INTO household_place AS known
                               (household_id, community_id, version, building_id, floor, need)
                        VALUES ($1, $2, $3, $4, $5, $6)
                        ON CONFLICT (household_id) DO UPDATE
                        SET version = excluded.version, building_id = excluded.building_id,
                            floor = excluded.floor, need = excluded.need
                        WHERE known.version < excluded.version""")
                .bind(0, household.id())
                .bind(1, community)
                .bind(2, version)
                .bind(3, household.building())
                .bind(4, household.floor())
                .bind(5, household.need())
                .fetch()
                .rowsUpdated()
                .then();
    }

    Mono<Household> find(UUID community, UUID id) {
        return database.sql("""
                        SELECT household_id, building_id, floor, need FROM household_place
                        WHERE household_id = $1 AND community_id = $2""")
                .bind(0, id)
                .bind(1, community)
                .map(row -> new Household(
                        required(row, 0, UUID.class),
                        required(row, 1, UUID.class),
                        required(row, 2, Integer.class),
                        required(row, 3, Integer.class)))
                .one();
    }
}
