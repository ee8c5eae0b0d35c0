package io.linli.dispatch.help.followup;

import static io.linli.kit.data.Columns.required;

import io.linli.kit.data.Ids;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The whistle log: which clock ran out when. One row per request, round and level, whoever is the first to see it.
@Repository
public class EscalationLog {

    private final DatabaseClient database;

    EscalationLog(DatabaseClient database) {
        this.database = database;
    }

    /// *Errors:* a broken UNIQUE when it has been escalated to this level in this round before.
    public Mono<Void> add(UUID community, UUID request, int round, String level, Instant now) {
        return database.sql("""
                        INSERT INTO help_escalation (escalation_id, community_id, request_id, round, level, happened_at)
                        VALUES ($1, $2, $3, $4, $5, $6)""")
                .bind(0, Ids.next())
                .bind(1, community)
                .bind(2, request)
                .bind(3, round)
                .bind(4, level)
                .bind(5, now)
                .fetch()
                .rowsUpdated()
                .then();
    }

    record Entry(
            UUID id,
            UUID request,
            UUID household,
            String kind,
            String urgency,
            String state,
            int round,
            String level,
            Instant at) {}

    /// @param running only of requests whose clock still runs
    Mono<List<Entry>> list(UUID community, boolean running, UUID after, int rowsMax) {
        return database.sql("""
                        SELECT escalation_id, request_id, household_id, kind, urgency, state, e.round, e.level,
                               happened_at
                          FROM help_escalation AS e JOIN help_request AS r USING (request_id)
                         WHERE e.community_id = $1 AND escalation_id > $2 AND (NOT $3 OR rank_at IS NOT NULL)
                         ORDER BY escalation_id LIMIT $4""")
                .bind(0, community)
                .bind(1, after)
                .bind(2, running)
                .bind(3, rowsMax)
                .map(EscalationLog::toEntry)
                .all()
                .collectList();
    }

    private static Entry toEntry(Readable row) {
        return new Entry(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, UUID.class),
                required(row, 3, String.class),
                required(row, 4, String.class),
                required(row, 5, String.class),
                required(row, 6, Integer.class),
                required(row, 7, String.class),
                required(row, 8, Instant.class));
    }

    record Count(String kind, String state, long requests, long escalated) {}

    /// By kind and state, of what was asked for in that time.
    Mono<List<Count>> count(UUID community, Instant from, Instant to) {
        return database.sql("""
                        SELECT kind, state, count(*), count(*) FILTER (WHERE EXISTS (
                                   SELECT FROM help_escalation AS e WHERE e.request_id = r.request_id))
                          FROM help_request AS r
                         WHERE community_id = $1 AND asked_at >= $2 AND asked_at < $3
                         GROUP BY kind, state ORDER BY kind, state""")
                .bind(0, community)
                .bind(1, from)
                .bind(2, to)
                .map(row -> new Count(
                        required(row, 0, String.class),
                        required(row, 1, String.class),
                        required(row, 2, Long.class),
                        required(row, 3, Long.class)))
                .all()
                .collectList();
    }
}
