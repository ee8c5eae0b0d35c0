package io.linli.kit.messaging;

import static io.linli.kit.data.Columns.required;

import io.linli.kit.KitSettings;
import io.linli.kit.data.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What a service has heard: one row per queue and event, written in the transaction of the effect, so that an event
/// has its effect once however often it is delivered. What fails is kept here and tried again, then parked; the broker
/// is never asked to do that.
class Inbox {
    private static final Logger log = LoggerFactory.getLogger(Inbox.class);

    private final DatabaseClient database;
    private final Transactions transactions;
    private final JsonMapper json;
    private final Clock clock;
    private final KitSettings.Rabbitmq settings;
    private final Backoff backoff;
    private final MeterRegistry meters;

    /// A message as it came: not yet read.
    record Message(String queue, UUID id, UUID community, String type, UUID subject, Instant occurredAt, String body) {}

    record Waiting(Message message, int attempts, Instant receivedAt) {}

    Inbox(
            DatabaseClient database,
            Transactions transactions,
            JsonMapper json,
            Clock clock,
            KitSettings settings,
            MeterRegistry meters) {
        this.database = database;
        this.transactions = transactions;
        // An event may grow fields that a consumer does not read.
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        this.clock = clock;
        this.settings = settings.rabbitmq();
        this.backoff = new Backoff(this.settings.retryFirst(), this.settings.retryMax());
        this.meters = meters;
    }

    /// Runs the effect once, or keeps the message for later. *Errors:* only when neither could be stored; then the
    /// message must not be acknowledged.
    Mono<Void> handle(Subscription subscription, Message message) {
        return transactions
                .in(
                        message.community(),
                        () -> insertDone(message)
                                .flatMap(fresh -> fresh ? run(subscription, message) : Mono.<Void>empty())
                                .thenReturn(message))
                .doOnNext(done -> count("linli.events.consumed", done))
                .then()
                .onErrorResume(failure -> keep(new Waiting(message, 0, clock.instant()), failure, this::insertKept));
    }

    /// Tries again what waits. Two replicas may see the same row: the conditional update lets one of them through.
    Mono<Void> retry(Subscription subscription, Waiting waiting) {
        var message = waiting.message();
        return transactions
                .in(
                        message.community(),
                        () -> markDone(message)
                                .flatMap(mine ->
                                        mine ? run(subscription, message).thenReturn(message) : Mono.empty()))
                .doOnNext(done -> count("linli.events.consumed", done))
                .then()
                .onErrorResume(failure -> keep(waiting, failure, this::updateKept));
    }

    private Mono<Void> run(Subscription subscription, Message message) {
        return Mono.defer(() -> {
            var effect = subscription.effect(message.type());
            return effect == null
                    ? Mono.error(new IllegalArgumentException("nothing here handles " + message.type()))
                    : run(effect, message);
        });
    }

    private <T> Mono<Void> run(Subscription.Effect<T> effect, Message message) {
        var data = json.readValue(message.body(), effect.data());
        return effect.run()
                .apply(new Received<>(
                        message.id(),
                        message.community(),
                        message.type(),
                        message.subject(),
                        message.occurredAt(),
                        data));
    }

    private interface Keep {
        Mono<Long> store(Waiting waiting, int attempts, boolean parked, String error);
    }

    private Mono<Void> keep(Waiting waiting, Throwable failure, Keep keep) {
        var attempts = waiting.attempts() + 1;
        var parked = isHopeless(waiting, attempts, failure);
        if (parked) {
            log.error(
                    "Event {} {} is parked in {}",
                    waiting.message().type(),
                    waiting.message().id(),
                    waiting.message().queue(),
                    failure);
        } else if (!(failure instanceof ComesEarly)) {
            log.warn(
                    "Event {} {} failed, attempt {}: {}",
                    waiting.message().type(),
                    waiting.message().id(),
                    attempts,
                    failure.toString());
        }
        return transactions
                .in(waiting.message().community(), () -> keep.store(waiting, attempts, parked, String.valueOf(failure)))
                .doOnNext(_ -> count(parked ? "linli.events.parked" : "linli.events.retried", waiting.message()))
                .then();
    }

    private boolean isHopeless(Waiting waiting, int attempts, Throwable failure) {
        return switch (failure) {
            case ComesEarly _ ->
                Duration.between(waiting.receivedAt(), clock.instant()).compareTo(settings.earlyPatience()) > 0;
            case JacksonException _ -> true;
            default -> attempts >= settings.handleAttemptsMax();
        };
    }

    private void count(String name, Message message) {
        meters.counter(name, "queue", message.queue()).increment();
    }

    private Mono<Boolean> insertDone(Message message) {
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

    private Mono<Boolean> markDone(Message message) {
        return database.sql("""
                        UPDATE inbox SET state = 'done', next_attempt_at = NULL, body = NULL
                         WHERE queue = $1 AND event_id = $2 AND state = 'waiting'""")
                .bind(0, message.queue())
                .bind(1, message.id())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    private Mono<Long> insertKept(Waiting waiting, int attempts, boolean parked, String error) {
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

    private Mono<Long> updateKept(Waiting waiting, int attempts, boolean parked, String error) {
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
        return clock.instant().plus(backoff.after(attempts));
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
