package io.linli.groupbuy.allocation;

import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.allocation.AllocationInput.Household;
import io.linli.kit.messaging.Received;
import io.r2dbc.spi.Parameters;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The table `household`: members, need and building, as far as the registry has told; the applied version never goes
/// back.
@Repository
class Households {
    private final DatabaseClient database;

    Households(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> apply(Received<HouseholdChanged> heard) {
        var change = heard.data();
        return database.sql("""
                        INSERT INTO household AS known (community_id, household_id, version, members, need, building_id)
                        VALUES (:community, :household, :version, :members, :need, :building)
                            ON CONFLICT (community_id, household_id) DO UPDATE
                           SET version = excluded.version, members = excluded.members, need = excluded.need,
                               building_id = excluded.building_id
                         WHERE known.version < excluded.version""")
                .bind("community", heard.community())
                .bind("household", change.householdId())
                .bind("version", change.version())
                .bind("members", Objects.requireNonNullElse(change.members(), 1))
                .bind("need", Objects.requireNonNullElse(change.need(), 0))
                .bind(
                        "building",
                        change.buildingId() == null ? Parameters.in(UUID.class) : Parameters.in(change.buildingId()))
                .then();
    }

    /// Empty when it is not known.
    Mono<UUID> findBuilding(UUID community, UUID household) {
        return database.sql("""
                        SELECT building_id FROM household
                         WHERE community_id = $1 AND household_id = $2 AND building_id IS NOT NULL""")
                .bind(0, community)
                .bind(1, household)
                .map(row -> required(row, 0, UUID.class))
                .one();
    }

    /// Those of them that are known.
    Mono<List<Household>> find(UUID community, Collection<UUID> ids) {
        return database.sql("""
                        SELECT household_id, members, need FROM household
                         WHERE community_id = :community AND household_id = ANY (:ids)""")
                .bind("community", community)
                .bind("ids", ids.toArray(UUID[]::new))
                .map(row -> new Household(
                        required(row, 0, UUID.class), required(row, 1, Integer.class), required(row, 2, Integer.class)))
                .all()
                .collectList();
    }
}
