package io.linli.community.door;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Parameters;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

    record Grant(UUID task, @Nullable UUID parcel, UUID household, UUID volunteer) {}

    Mono<Void> open(UUID community, Grant grant, Instant at) {
        return note(community, grant, "opened_at", at);
    }

    /// Closes until the same volunteer accepts the same task again.
    Mono<Void> close(UUID community, Grant grant, Instant at) {
        return note(community, grant, "closed_at", at);
    }

    /// What was carried stands at the door; the door stays open for a grace time.
    Mono<Void> handOver(UUID community, Grant grant, Instant at) {
        return note(community, grant, "handed_over_at", at);
    }

    /// The hand-over was told by mistake.
    Mono<Void> undo(UUID community, Grant grant, Instant at) {
        return note(community, grant, "undone_at", at);
    }

    private Mono<Void> note(UUID community, Grant grant, String what, Instant at) {
        return database.sql("""
                        INSERT INTO door_grant
                               (community_id, task_id, volunteer_id, household_id, parcel_id, <what>)
                        VALUES ($1, $2, $3, $4, $5, $6)
                        ON CONFLICT (community_id, task_id, volunteer_id)
                        DO UPDATE SET <what> = greatest(door_grant.<what>, excluded.<what>)""".replace("<what>", what))
                .bind(0, community)
                .bind(1, grant.task())
                .bind(2, grant.volunteer())
                .bind(3, grant.household())
                .bind(4, grant.parcel() == null ? Parameters.in(UUID.class) : Parameters.in(grant.parcel()))
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

    /// From when on acceptances and hand-overs count.
    record Since(Instant opened, Instant handedOver) {}

    /// The task that lets a volunteer see a door now; empty when none does.
    Mono<UUID> findOpenTask(UUID community, UUID volunteer, UUID household, Since since) {
        return database.sql("""
                        SELECT task_id FROM door_grant g
                         WHERE community_id = $1 AND volunteer_id = $2 AND household_id = $3
                           AND opened_at > $4 AND (closed_at IS NULL OR closed_at < opened_at)
                           AND (handed_over_at IS NULL OR handed_over_at > $5 OR handed_over_at < undone_at)
                           AND NOT EXISTS (
                               SELECT FROM door_end e
                                WHERE e.community_id = $1 AND e.subject_id IN (g.task_id, g.parcel_id))
                         ORDER BY opened_at DESC LIMIT 1""")
                .bind(0, community)
                .bind(1, volunteer)
                .bind(2, household)
                .bind(3, since.opened())
                .bind(4, since.handedOver())
                .map(row -> required(row, 0, UUID.class))
                .one();
    }
}
