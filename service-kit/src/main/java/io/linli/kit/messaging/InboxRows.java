package io.linli.kit.messaging;

import static io.linli.kit.data.Columns.required;

import io.linli.kit.KitSettings;
import io.linli.kit.data.Transactions;
import io.linli.kit.messaging.Inbox.Message;
import io.linli.kit.messaging.Inbox.Waiting;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/// What a service has heard: one row per queue and event.
class InboxRows {
    private final DatabaseClient database;
    private final Transactions transactions;
    private final Clock clock;
    private final KitSettings.Rabbitmq settings;

    InboxRows(DatabaseClient database, Transactions transactions, Clock clock, KitSettings settings) {
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
        this.settings = settings.rabbitmq();
    }

    /// False when this queue has had the event already.
    Mono<Boolean> insertDone(Message message) {
        return database.sql("""
                        INSERT INTO inbox (queue, event_id, community_id, type, state, received_at)
                        VALUES ($1, $2, $3, $4, 'done', $5) ON CONFLICT DO NOTHING""")
                .bind(0, message.queue())
                .bind(1, message.id())
                .bind(2, message.community())
                .bind(3, message.type())
                .bind(4, clock.instant())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    Mono<Boolean> markDone(Message message) {
        return database.sql("""
                        UPDATE inbox SET state = 'done', next_attempt_at = NULL, body = NULL
                         WHERE queue = $1 AND event_id = $2 AND state = 'waiting'""")
                .bind(0, message.queue())
                .bind(1, message.id())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    Mono<Long> insertKept(Waiting waiting, int attempts, boolean parked, String error) {
        var message = waiting.message();
        var insert = database.sql("""
                        INSERT INTO inbox (queue, event_id, community_id, type, state, received_at, subject, occurred_at,
                                           body, attempts, last_error, next_attempt_at)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING""")
                .bind(0, message.queue())
                .bind(1, message.id())
                .bind(2, message.community())
                .bind(3, message.type())
                .bind(4, parked ? "parked" : "waiting")
                .bind(5, waiting.receivedAt())
                .bind(6, message.subject())
                .bind(7, message.occurredAt())
                .bind(8, message.body())
                .bind(9, attempts)
                .bind(10, error);
        return (parked ? insert.bindNull(11, Instant.class) : insert.bind(11, nextAttempt(attempts)))
                .fetch()
                .rowsUpdated();
    }

    Mono<Long> updateKept(Waiting waiting, int attempts, boolean parked, String error) {
        var update = database.sql("""
                        UPDATE inbox SET state = $3, attempts = $4, last_error = $5, next_attempt_at = $6
                         WHERE queue = $1 AND event_id = $2 AND state = 'waiting'""")
                .bind(0, waiting.message().queue())
                .bind(1, waiting.message().id())
                .bind(2, parked ? "parked" : "waiting")
                .bind(3, attempts)
                .bind(4, error);
        return (parked ? update.bindNull(5, Instant.class) : update.bind(5, nextAttempt(attempts)))
                .fetch()
                .rowsUpdated();
    }

    private Instant nextAttempt(int attempts) {
        return clock.instant().plus(settings.retryAfter(attempts));
    }

    /// What is due to be tried again, oldest first.
    Mono<List<Waiting>> findDue(int limit) {
        return transactions.acrossCommunities(() -> database.sql("""
                        SELECT queue, event_id, community_id, type, subject, occurred_at, body, attempts, received_at
                          FROM inbox
                         WHERE state = 'waiting' AND next_attempt_at <= $1
                         ORDER BY next_attempt_at
                         LIMIT $2""")
                .bind(0, clock.instant())
                .bind(1, limit)
                .map((row, _) -> toWaiting(row))
                .all()
                .collectList());
    }

    /// Forgets what was done longer ago than the setting, a bounded batch at a time.
    Mono<Long> purge(int limit) {
        return transactions.acrossCommunities(() -> database.sql("""
                        DELETE FROM inbox WHERE ctid = ANY (ARRAY(
                            SELECT ctid FROM inbox WHERE received_at < $1 AND state = 'done' LIMIT $2))""")
                .bind(0, clock.instant().minus(settings.inboxKept()))
                .bind(1, limit)
                .fetch()
                .rowsUpdated());
    }

    private static Waiting toWaiting(Readable row) {
        var message = new Message(
                required(row, 0, String.class),
                required(row, 1, UUID.class),
                required(row, 2, UUID.class),
                required(row, 3, String.class),
                required(row, 4, UUID.class),
                required(row, 5, Instant.class),
                required(row, 6, String.class));
        return new Waiting(message, required(row, 7, Integer.class), required(row, 8, Instant.class));
    }
}
