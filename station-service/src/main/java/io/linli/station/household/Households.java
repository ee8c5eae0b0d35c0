package io.linli.station.household;

import static io.linli.kit.data.Columns.required;

import io.linli.kit.messaging.Received;
import io.r2dbc.spi.Readable;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The households as far as the registry has told of them; the applied version never goes back.
@Repository
public class Households {
    private final DatabaseClient database;

    Households(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> apply(Received<HouseholdChanged> heard) {
        var change = heard.data();
        return database.sql("""
                        INSERT INTO household AS known
                               (community_id, household_id, version, building_id, floor, doorstep, station_consent)
                        VALUES (:community, :household, :version, :building, :floor, :doorstep, :consent)
                            ON CONFLICT (community_id, household_id) DO UPDATE
                           SET version = excluded.version, building_id = excluded.building_id, floor = excluded.floor,
                               doorstep = excluded.doorstep, station_consent = excluded.station_consent
                         WHERE known.version < excluded.version""")
                .bind("community", heard.community())
                .bind("household", change.householdId())
                .bind("version", change.version())
                .bind("building", change.buildingId())
                .bind("floor", change.floor())
                .bind("doorstep", change.doorstep())
                .bind("consent", change.stationConsent())
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// The households that are known, locked until the end of the transaction: nobody else shelves, hands over or
    /// collects anything of theirs meanwhile. Always taken before parcels are, so that two never wait
    /// for each other.
    public Mono<Map<UUID, Household>> lock(UUID community, Collection<UUID> households) {
        return database.sql("""
                        SELECT household_id FROM household
                         WHERE community_id = :community AND household_id = ANY (:households)
                         ORDER BY household_id
                           FOR UPDATE""")
                .bind("community", community)
                .bind("households", households.toArray(UUID[]::new))
                .map((row, _) -> required(row, 0, UUID.class))
                .all()
                .collectList()
                .flatMap(locked -> find(community, locked));
    }

    /// The same for everybody who lives in a building.
    public Mono<Map<UUID, Household>> lockOfBuilding(UUID community, UUID building) {
        return database.sql("""
                        SELECT household_id FROM household
                         WHERE community_id = :community AND building_id = :building
                         ORDER BY household_id
                           FOR UPDATE""")
                .bind("community", community)
                .bind("building", building)
                .map((row, _) -> required(row, 0, UUID.class))
                .all()
                .collectList()
                .flatMap(locked -> find(community, locked));
    }

    /// Asked only once they are locked, so that a building that was closed meanwhile is seen as closed.
    private Mono<Map<UUID, Household>> find(UUID community, Collection<UUID> locked) {
        return database.sql("""
                        SELECT household_id, building_id, floor, doorstep, station_consent, coalesce(closed, false)
                          FROM household LEFT JOIN building USING (community_id, building_id)
                         WHERE community_id = :community AND household_id = ANY (:households)""")
                .bind("community", community)
                .bind("households", locked.toArray(UUID[]::new))
                .map((row, _) -> toHousehold(row))
                .all()
                .collectMap(Household::id);
    }

    private static Household toHousehold(Readable row) {
        return new Household(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, Integer.class),
                required(row, 3, Boolean.class),
                required(row, 4, Boolean.class),
                required(row, 5, Boolean.class));
    }
}
