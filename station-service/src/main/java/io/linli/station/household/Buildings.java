package io.linli.station.household;

import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Which buildings are closed, as far as community-service has told; the applied version never goes back.
@Repository
public class Buildings {
    private final DatabaseClient database;

    Buildings(DatabaseClient database) {
        this.database = database;
    }

    /// False for news that is older than what is known. Taken before the households are, who ask it after they are
    /// locked: what is shelved meanwhile is shelved as the building now is, or is found on the shelf.
    public Mono<Boolean> apply(UUID community, UUID building, long version, boolean closed) {
        return database.sql("""
                        INSERT INTO building AS known (community_id, building_id, version, closed)
                        VALUES (:community, :building, :version, :closed)
                            ON CONFLICT (community_id, building_id) DO UPDATE
                           SET version = excluded.version, closed = excluded.closed
                         WHERE known.version < excluded.version""")
                .bind("community", community)
                .bind("building", building)
                .bind("version", version)
                .bind("closed", closed)
                .fetch()
                .rowsUpdated()
                .map(applied -> applied == 1);
    }
}
