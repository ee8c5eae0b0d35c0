package io.linli.kit.messaging;

import static io.linli.kit.data.Columns.required;

import io.linli.kit.data.Transactions;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/// What could not be published or handled and waits for an operator.
class Parked {
    static final String OUTBOX = "outbox";

    private final DatabaseClient database;
    private final Transactions transactions;
    private final Clock clock;

    /// @param queue the consuming queue, or `outbox` for what no queue wanted
    record Entry(
            UUID eventId,
            String queue,
            UUID communityId,
            String type,
            int attempts,
            @Nullable String lastError,
            Instant since) {}

    record Backlog(long outboxRows, double outboxOldestSeconds, long waiting, long parked) {}

    Parked(DatabaseClient database, Transactions transactions, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
    }

    Mono<List<Entry>> list(int limit) {
        return transactions.acrossCommunities(() -> database.sql("""
                        SELECT event_id, queue, community_id, type, attempts, last_error, received_at
                          FROM inbox WHERE state = 'parked'
                        UNION ALL
                        SELECT id, 'outbox', community_id, type, attempts, last_error, parked_at
                          FROM outbox WHERE parked_at IS NOT NULL
                         ORDER BY 7 LIMIT $1""")
                .bind(0, limit)
                .map((row, _) -> toEntry(row))
                .all()
                .collectList());
    }

    /// Makes a parked event due again with its attempts forgotten; 0 when there is none.
    Mono<Long> replay(String queue, UUID eventId) {
        return transactions.acrossCommunities(
                () -> OUTBOX.equals(queue) ? replayOutbox(eventId) : replayInbox(queue, eventId));
    }

    private Mono<Long> replayOutbox(UUID eventId) {
        return database.sql("""
                        UPDATE outbox SET parked_at = NULL, attempts = 0, next_attempt_at = $2
                         WHERE id = $1 AND parked_at IS NOT NULL""")
                .bind(0, eventId)
                .bind(1, clock.instant())
                .fetch()
                .rowsUpdated();
    }

    private Mono<Long> replayInbox(String queue, UUID eventId) {
        return database.sql("""
                        UPDATE inbox SET state = 'waiting', attempts = 0, next_attempt_at = $3, received_at = $3
                         WHERE queue = $1 AND event_id = $2 AND state = 'parked'""")
                .bind(0, queue)
                .bind(1, eventId)
                .bind(2, clock.instant())
                .fetch()
                .rowsUpdated();
    }

    Mono<Backlog> measure() {
        return transactions.acrossCommunities(
                () -> database.sql("""
                        SELECT (SELECT count(*) FROM outbox WHERE parked_at IS NULL),
                               (SELECT min(occurred_at) FROM outbox WHERE parked_at IS NULL),
                               (SELECT count(*) FROM inbox WHERE state = 'waiting'),
                               (SELECT count(*) FROM inbox WHERE state = 'parked')
                                 + (SELECT count(*) FROM outbox WHERE parked_at IS NOT NULL)""").map((row, _) -> toBacklog(row)).one());
    }

    private Backlog toBacklog(Readable row) {
        var oldest = row.get(1, Instant.class);
        var age = oldest == null ? 0 : Math.max(0, clock.instant().toEpochMilli() - oldest.toEpochMilli()) / 1000.0;
        return new Backlog(
                required(row, 0, Long.class), age, required(row, 2, Long.class), required(row, 3, Long.class));
    }

    private static Entry toEntry(Readable row) {
        return new Entry(
                required(row, 0, UUID.class),
                required(row, 1, String.class),
                required(row, 2, UUID.class),
                required(row, 3, String.class),
                required(row, 4, Integer.class),
                row.get(5, String.class),
                required(row, 6, Instant.class));
    }
}
