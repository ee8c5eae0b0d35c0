package io.linli.dispatch.task;

import static io.linli.kit.data.Columns.required;

import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// What volunteers dropped together.
@Repository
class DropBatches {

    private final DatabaseClient database;

    DropBatches(DatabaseClient database) {
        this.database = database;
    }

    record Batch(UUID id, UUID volunteer, Instant droppedAt, boolean last) {}

    Mono<Void> add(UUID community, UUID batch, UUID volunteer, Instant now) {
        return database.sql("""
                        INSERT INTO drop_batch (batch_id, community_id, volunteer_id, dropped_at)
                        VALUES ($1, $2, $3, $4)""")
                .bind(0, batch)
                .bind(1, community)
                .bind(2, volunteer)
                .bind(3, now)
                .fetch()
                .rowsUpdated()
                .then();
    }

    Mono<Batch> find(UUID community, UUID batch) {
        return database.sql("""
                        SELECT batch_id, volunteer_id, dropped_at,
                               NOT EXISTS (SELECT FROM drop_batch AS later
                                           WHERE later.volunteer_id = b.volunteer_id AND later.batch_id > b.batch_id)
                          FROM drop_batch AS b WHERE community_id = $1 AND batch_id = $2""")
                .bind(0, community)
                .bind(1, batch)
                .map(row -> new Batch(
                        required(row, 0, UUID.class),
                        required(row, 1, UUID.class),
                        required(row, 2, Instant.class),
                        required(row, 3, Boolean.class)))
                .one();
    }
}
