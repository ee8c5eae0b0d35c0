package io.linli.dispatch.task;

import static io.linli.kit.data.Columns.required;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// What was heard of each parcel, so that events may come twice or in any order, and how often it was tried in vain.
@Repository
class Parcels {

    private final DatabaseClient database;

    Parcels(DatabaseClient database) {
        this.database = database;
    }

    /// Notes that a version became ready; false when this or a newer one is known, or the parcel is over. The row stays
    /// locked, so everything about one parcel happens one after the other.
    Mono<Boolean> ready(UUID community, UUID parcel, long version) {
        return database.sql("""
                        INSERT INTO parcel (parcel_id, community_id, ready_version, over) VALUES ($1, $2, $3, false)
                        ON CONFLICT (parcel_id) DO UPDATE SET ready_version = excluded.ready_version
                        WHERE NOT parcel.over AND parcel.ready_version < excluded.ready_version""")
                .bind(0, parcel)
                .bind(1, community)
                .bind(2, version)
                .fetch()
                .rowsUpdated()
                .map(written -> written == 1);
    }

    /// Notes that the parcel needs no volunteer any more.
    Mono<Void> over(UUID community, UUID parcel) {
        return database.sql("""
                        INSERT INTO parcel (parcel_id, community_id, ready_version, over) VALUES ($1, $2, 0, true)
                        ON CONFLICT (parcel_id) DO UPDATE SET over = true""")
                .bind(0, parcel)
                .bind(1, community)
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// Counts a task with each of these parcels that failed, and notes when to try again.
    Mono<Void> failed(List<UUID> parcels, Instant notBefore) {
        return database.sql("""
                        UPDATE parcel SET attempts = attempts + 1, not_before = $2 WHERE parcel_id = ANY ($1)""")
                .bind(0, parcels.toArray(UUID[]::new))
                .bind(1, notBefore)
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// Which attempt the next task with this parcel is.
    Mono<Task.Attempt> nextAttempt(UUID parcel) {
        return database.sql("SELECT attempts + 1, not_before FROM parcel WHERE parcel_id = $1")
                .bind(0, parcel)
                .map(row -> new Task.Attempt(required(row, 0, Integer.class), row.get(1, Instant.class)))
                .one();
    }
}
