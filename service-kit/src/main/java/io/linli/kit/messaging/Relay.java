package io.linli.kit.messaging;

import static io.linli.kit.data.Columns.required;

import io.linli.kit.KitSettings;
import io.linli.kit.data.RebuildingPool;
import io.linli.kit.data.Transactions;
import io.linli.kit.messaging.Publisher.Outcome;
import io.linli.kit.messaging.Publisher.Row;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/// Takes events from the outbox to the broker: a batch is locked with `SKIP LOCKED`, published, and deleted once the
/// broker has confirmed it. Never asks for `id > last`: a lower id can commit later. A notification wakes it, a poll is
/// the net; after each drain it pauses for a moment, so that under load many commits share one batch. What no queue
/// wants is tried again with growing waits, then parked.
final class Relay implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    private final DatabaseClient database;
    private final Transactions transactions;
    private final RebuildingPool connections;
    private final Publisher publisher;
    private final KitSettings.Rabbitmq settings;
    private final Clock clock;
    private final Counter published;
    private @Nullable Disposable running;

    Relay(
            DatabaseClient database,
            Transactions transactions,
            RebuildingPool connections,
            Publisher publisher,
            KitSettings settings,
            Clock clock,
            MeterRegistry meters) {
        this.database = database;
        this.transactions = transactions;
        this.connections = connections;
        this.publisher = publisher;
        this.settings = settings.rabbitmq();
        this.clock = clock;
        this.published = meters.counter("linli.events.published");
    }

    @Override
    public void start() {
        running = Flux.merge(Flux.interval(Duration.ZERO, settings.relayPoll()).onBackpressureDrop(), notifications())
                .onBackpressureLatest()
                .concatMap(_ -> drain().delayElement(settings.relayPause()), 1)
                .subscribe();
    }

    /// One signal per notification; when listening fails, the poll goes on alone until it works again.
    private Flux<Object> notifications() {
        return Flux.usingWhen(
                        connections.createDirect().cast(PostgresqlConnection.class),
                        connection -> connection
                                .createStatement("LISTEN " + Outbox.CHANNEL)
                                .execute()
                                .thenMany(connection.getNotifications())
                                .cast(Object.class),
                        PostgresqlConnection::close)
                .concatWith(Mono.error(() -> new IllegalStateException("the listening connection ended")))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, settings.retryFirst())
                        .maxBackoff(settings.retryMax())
                        .transientErrors(true));
    }

    private Mono<Integer> drain() {
        return Mono.defer(() -> transactions.acrossCommunities(this::relayBatch))
                .repeat()
                .takeUntil(taken -> taken < settings.relayBatch())
                .last()
                .doOnError(failure -> log.warn("The relay could not publish: {}", failure.toString()))
                .onErrorResume(
                        _ -> Mono.delay(settings.retryFirst().multipliedBy(5)).thenReturn(0));
    }

    private Mono<Integer> relayBatch() {
        return take().flatMap(rows -> rows.isEmpty() ? Mono.just(0) : publish(rows));
    }

    private Mono<Integer> publish(List<Row> rows) {
        return Mono.fromCallable(() -> publisher.publish(rows))
                .subscribeOn(Schedulers.boundedElastic())
                .timeout(settings.confirmTimeout().plus(settings.connectTimeout()))
                .flatMap(outcome -> settle(rows, outcome));
    }

    /// Confirmed rows go; the transaction keeps the others, each with its next attempt.
    private Mono<Integer> settle(List<Row> rows, Outcome outcome) {
        published.increment(outcome.confirmed().size());
        var failed = rows.stream()
                .filter(row -> !outcome.confirmed().contains(row.id()))
                .toList();
        if (!failed.isEmpty()) {
            log.warn(
                    "{} of {} events were not taken by the broker, {} of them have no queue",
                    failed.size(),
                    rows.size(),
                    outcome.returned().size());
        }
        return delete(outcome.confirmed().toArray(UUID[]::new))
                .then(Flux.fromIterable(failed)
                        .concatMap(row -> postpone(row, outcome))
                        .then())
                .thenReturn(failed.isEmpty() ? rows.size() : 0);
    }

    private Mono<List<Row>> take() {
        return database.sql("""
                        SELECT id, community_id, type, subject, body, traceparent, occurred_at, attempts
                          FROM outbox
                         WHERE parked_at IS NULL AND next_attempt_at <= $1
                         ORDER BY next_attempt_at
                         LIMIT $2
                           FOR UPDATE SKIP LOCKED""")
                .bind(0, clock.instant())
                .bind(1, settings.relayBatch())
                .map((row, _) -> toRow(row))
                .all()
                .collectList();
    }

    private Mono<Long> delete(UUID[] ids) {
        return database.sql("DELETE FROM outbox WHERE id = ANY ($1)")
                .bind(0, ids)
                .fetch()
                .rowsUpdated();
    }

    /// Only what no queue wants is ever parked: a broker that does not confirm will one day.
    private Mono<Long> postpone(Row row, Outcome outcome) {
        var attempts = row.attempts() + 1;
        var unwanted = outcome.returned().contains(row.id());
        return database.sql("""
                        UPDATE outbox
                           SET attempts = $2, next_attempt_at = $3, last_error = $4,
                               parked_at = CASE WHEN $5 THEN $3 END
                         WHERE id = $1""")
                .bind(0, row.id())
                .bind(1, attempts)
                .bind(2, clock.instant().plus(settings.retryAfter(attempts)))
                .bind(3, unwanted ? "no queue is bound for this type" : "not confirmed")
                .bind(4, unwanted && attempts >= settings.publishAttemptsMax())
                .fetch()
                .rowsUpdated();
    }

    private static Row toRow(Readable row) {
        return new Row(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, String.class),
                required(row, 3, UUID.class),
                required(row, 4, String.class),
                row.get(5, String.class),
                required(row, 6, Instant.class),
                required(row, 7, Integer.class));
    }

    @Override
    public void stop() {
        if (running != null) {
            running.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return running != null && !running.isDisposed();
    }
}
