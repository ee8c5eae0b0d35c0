package io.linli.station.shelving;

import static io.linli.kit.data.Columns.required;

import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Counts slots by the kind of their shelf.
@Repository
class FreeSlots {
    private final DatabaseClient database;

    FreeSlots(DatabaseClient database) {
        this.database = database;
    }

    record Count(long ambient, long chilled) {}

    /// @param cleared counts occupied slots too, as if they had been cleared
    Mono<Count> count(UUID community, boolean cleared) {
        return database.sql("""
                        SELECT count(*) FILTER (WHERE shelf.kind = 'ambient'),
                               count(*) FILTER (WHERE shelf.kind = 'chilled')
                          FROM slot JOIN shelf USING (community_id, shelf)
                         WHERE slot.community_id = :community AND (:cleared OR slot.parcel_id IS NULL)""")
                .bind("community", community)
                .bind("cleared", cleared)
                .map((row, _) -> new Count(required(row, 0, Long.class), required(row, 1, Long.class)))
                .one();
    }
}
