package io.linli.community.door;

import static io.linli.kit.data.Columns.required;

import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Which volunteer may see which door for which task. What opens and closes it may be heard in any order: the times of
/// the events decide, and what has ended stays ended.
@Repository
class DoorGrants {
    private final DatabaseClient database;

    DoorGrants(DatabaseClient database) {
        this.database = database;
    }

    record Grant(UUID task, UUID parcel, UUID household, UUID volunteer) {}

    Mono<Void> open(UUID community, Grant grant, Instant at) {
        return database.sql("""
                        INSERT INTO door_grant
                               (community_id, task_id, volunteer_id, household_id, parcel_id, opened_at)
                        VALUES ($1, $2, $3, $4, $5, $6)
                        ON CONFLICT (community_id, task_id, volunteer_id)
                        DO UPDATE SET opened_at = greatest(door_grant.opened_at, excluded.opened_at)""")
                .bind(0, community)
                .bind(1, grant.task())
                .bind(2, grant.volunteer())
                .bind(3, grant.household())
                .bind(4, grant.parcel())
                .bind(5, at)
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// Closes until the same volunteer accepts the same task again.
    Mono<Void> close(UUID community, Grant grant, Instant at) {
        return database.sql("""
                        INSERT INTO door_grant
                               (community_id, task_id, volunteer_id, household_id, parcel_id, closed_at)
                        VALUES ($1, $2, $3, $4, $5, $6)
                        ON CONFLICT (community_id, task_id, volunteer_id)
                        DO UPDATE SET closed_at = greatest(door_grant.closed_at, excluded.closed_at)""")
                .bind(0, community)
                .bind(1, grant.task())
                .bind(2, grant.volunteer())
                .bind(3, grant.household())
                .bind(4, grant.parcel())
                .bind(5, at)
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// Closes every grant of a task or a parcel for good, also one that is heard of later.
    Mono<Void> end(UUID community, UUID taskOrParcel) {
        return database.sql("""
                        INSERT INTO door_end (community_id, subject_id) VALUES ($1, $2)
                        ON CONFLICT (community_id, subject_id) DO NOTHING""")
                .bind(0, community)
                .bind(1, taskOrParcel)
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// The task that lets a volunteer see a door now; empty when none does.
    Mono<UUID> findOpenTask(UUID community, UUID volunteer, UUID household, Instant openedAfter) {
        return database.sql("""
                        SELECT task_id FROM door_grant g
                         WHERE community_id = $1 AND volunteer_id = $2 AND household_id = $3
                           AND opened_at > $4 AND (closed_at IS NULL OR closed_at < opened_at)
                           AND NOT EXISTS (
                               SELECT FROM door_end e
                                WHERE e.community_id = $1 AND e.subject_id IN (g.task_id, g.parcel_id))
                         ORDER BY opened_at DESC LIMIT 1""")
                .bind(0, community)
                .bind(1, volunteer)
                .bind(2, household)
                .bind(3, openedAfter)
                .map(row -> required(row, 0, UUID.class))
                .one();
    }
}
