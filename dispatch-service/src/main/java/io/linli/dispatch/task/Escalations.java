package io.linli.dispatch.task;

import static io.linli.kit.data.Columns.required;

import io.linli.kit.data.Ids;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// What a coordinator has to look at before anybody is asked again.
@Repository
class Escalations {

    private final DatabaseClient database;

    Escalations(DatabaseClient database) {
        this.database = database;
    }

    record Escalation(
            UUID id,
            UUID task,
            String reason,
            int attempts,
            Instant raisedAt,
            @Nullable Instant settledAt) {}

    /// One open escalation per parcel or task is enough.
    Mono<Void> raise(Task task, String reason, Instant now) {
        return database.sql("""
                        INSERT INTO escalation
                               (escalation_id, community_id, subject_id, task_id, reason, attempts, raised_at)
                        VALUES ($1, $2, $3, $4, $5, $6, $7)
                        ON CONFLICT (subject_id) WHERE settled_at IS NULL DO NOTHING""")
                .bind(0, Ids.next())
                .bind(1, task.community())
                .bind(2, task.work().subject(task.id()))
                .bind(3, task.id())
                .bind(4, reason)
                .bind(5, task.attempt().number())
                .bind(6, now)
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// The open ones, oldest first.
    Mono<List<Escalation>> list(UUID community, UUID after, int limit) {
        return database.sql("""
                        SELECT escalation_id, task_id, reason, attempts, raised_at, settled_at FROM escalation
                        WHERE community_id = $1 AND settled_at IS NULL AND escalation_id > $2
                        ORDER BY escalation_id LIMIT $3""")
                .bind(0, community)
                .bind(1, after)
                .bind(2, limit)
                .map(Escalations::toEscalation)
                .all()
                .collectList();
    }

    Mono<Escalation> findForUpdate(UUID community, UUID id) {
        return database.sql("""
                        SELECT escalation_id, task_id, reason, attempts, raised_at, settled_at FROM escalation
                        WHERE community_id = $1 AND escalation_id = $2 FOR UPDATE""")
                .bind(0, community)
                .bind(1, id)
                .map(Escalations::toEscalation)
                .one();
    }

    Mono<Void> settle(UUID id, UUID member, Instant now) {
        return database.sql("UPDATE escalation SET settled_at = $2, settled_by = $3 WHERE escalation_id = $1")
                .bind(0, id)
                .bind(1, now)
                .bind(2, member)
                .fetch()
                .rowsUpdated()
                .then();
    }

    private static Escalation toEscalation(Readable row) {
        return new Escalation(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, String.class),
                required(row, 3, Integer.class),
                required(row, 4, Instant.class),
                row.get(5, Instant.class));
    }
}
