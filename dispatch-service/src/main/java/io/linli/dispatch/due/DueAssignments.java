package io.linli.dispatch.due;

import static io.linli.kit.data.Columns.required;

import io.linli.kit.data.Ids;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Asks for the assignment of a community's waiting tasks, now or at a later time.
///
/// A request is a row written in the transaction of what makes it necessary (a task comes in, a shift starts, an offer
/// is refused), so none is lost; rows are only ever added, so nobody waits for another who asks too.
@Component
public class DueAssignments {

    private final DatabaseClient database;

    DueAssignments(DatabaseClient database) {
        this.database = database;
    }

    public Mono<Void> ask(UUID community, Instant dueAt) {
        return database.sql("INSERT INTO due_assignment (id, community_id, due_at) VALUES ($1, $2, $3)")
                .bind(0, Ids.next())
                .bind(1, community)
                .bind(2, dueAt)
                .fetch()
                .rowsUpdated()
                .then();
    }

    public Mono<Void> askAll(Collection<UUID> communities, Instant dueAt) {
        var ids = communities.stream().map(_ -> Ids.next()).toArray(UUID[]::new);
        return database.sql("""
                        INSERT INTO due_assignment (id, community_id, due_at)
                        SELECT id, community_id, $3 FROM unnest($1::uuid[], $2::uuid[]) AS asked (id, community_id)""")
                .bind(0, ids)
                .bind(1, communities.toArray(UUID[]::new))
                .bind(2, dueAt)
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// The communities that have been due longest. Needs a transaction across communities.
    public Mono<List<UUID>> findCommunities(Instant now, int limit) {
        return database.sql("""
                        SELECT community_id FROM due_assignment WHERE due_at <= $1
                        GROUP BY community_id ORDER BY min(due_at) LIMIT $2""")
                .bind(0, now)
                .bind(1, limit)
                .map((row, _) -> required(row, 0, UUID.class))
                .all()
                .collectList();
    }

    /// Takes what is due in this community; false when nothing is, or another replica is about to do it.
    public Mono<Boolean> claim(UUID community, Instant now) {
        return database.sql("""
                        DELETE FROM due_assignment WHERE id = ANY (ARRAY(
                            SELECT id FROM due_assignment
                            WHERE community_id = $1 AND due_at <= $2
                            FOR UPDATE SKIP LOCKED))""")
                .bind(0, community)
                .bind(1, now)
                .fetch()
                .rowsUpdated()
                .map(taken -> taken > 0);
    }
}
