package io.linli.kit.data;

import io.linli.kit.KitSettings.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.pool.PoolMetrics;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/// The connection pool with a watchdog: when three probes in a row get no answer, the pool and its event loops are
/// thrown away and built anew, because a pool whose connections all hang does not recover by itself.
/// *Source:* r2dbc-pool issues 107, 138, 227, 232; r2dbc-postgresql issue 728.
public final class RebuildingPool implements ConnectionFactory, MeterBinder {
    private static final Logger log = LoggerFactory.getLogger(RebuildingPool.class);
    private static final int PROBES_UNTIL_REBUILD = 3;

    private final String service;
    private final Database settings;
    private final AtomicInteger failedProbes = new AtomicInteger();
    private volatile Live live;

    /// Event loops of their own, not colocated: else all connections may land on one loop (r2dbc-pool issue 190).
    private record Live(ConnectionPool pool, PostgresqlConnectionFactory direct, LoopResources loops) {
        Mono<Void> dispose() {
            return pool.disposeLater()
                    .timeout(Duration.ofSeconds(5))
                    .onErrorComplete()
                    .then(loops.disposeLater(Duration.ZERO, Duration.ofSeconds(2)));
        }
    }

    RebuildingPool(String service, Database settings) {
        this.service = service;
        this.settings = settings;
        this.live = build();
    }

    private Live build() {
        var loops = LoopResources.create("db-" + service, 1, settings.eventLoops(), true, false);
        var direct = new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                .host(settings.host())
                .port(settings.port())
                .database(settings.name())
                .username(settings.username())
                .password(settings.password())
                .applicationName(service)
                .connectTimeout(settings.connectTimeout())
                .statementTimeout(settings.statementTimeout())
                .lockWaitTimeout(settings.lockTimeout())
                .options(Map.of(
                        "idle_in_transaction_session_timeout",
                        String.valueOf(settings.idleInTransactionTimeout().toMillis())))
                .tcpKeepAlive(true)
                .tcpNoDelay(true)
                .loopResources(loops)
                .build());
        var pool = new ConnectionPool(ConnectionPoolConfiguration.builder(direct)
                .name(service)
                .initialSize(0)
                .maxSize(settings.connectionsMax())
                .acquireRetry(settings.connectionsMax())
                .maxAcquireTime(settings.acquireTimeout())
                .maxCreateConnectionTime(settings.connectTimeout())
                .maxValidationTime(Duration.ofSeconds(1))
                .maxLifeTime(settings.connectionLifeMax())
                .build());
        return new Live(pool, direct, loops);
    }

    @Override
    public Mono<? extends Connection> create() {
        return live.pool().create();
    }

    @Override
    public ConnectionFactoryMetadata getMetadata() {
        return live.pool().getMetadata();
    }

    /// A connection outside the pool, for listening.
    public Mono<? extends Connection> createDirect() {
        return Mono.defer(() -> live.direct().create());
    }

    /// Figures of the pool that is in use now.
    public Optional<PoolMetrics> metrics() {
        return live.pool().getMetrics();
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        gauge(meters, "acquired", PoolMetrics::acquiredSize);
        gauge(meters, "idle", PoolMetrics::idleSize);
        gauge(meters, "pending", PoolMetrics::pendingAcquireSize);
    }

    private void gauge(MeterRegistry meters, String what, ToIntFunction<PoolMetrics> figure) {
        Gauge.builder(
                        "linli.database.connections." + what,
                        this,
                        pool -> pool.metrics().map(figure::applyAsInt).orElse(0))
                .register(meters);
    }

    /// Deferred, because Spring calls a reactive scheduled method once and subscribes to its answer again and again.
    @Scheduled(fixedDelayString = "${linli.database.watchdog-interval:5s}")
    Mono<Void> watch() {
        return Mono.defer(this::probe)
                .doOnSuccess(_ -> failedProbes.set(0))
                .onErrorResume(failure ->
                        failedProbes.incrementAndGet() < PROBES_UNTIL_REBUILD ? Mono.empty() : rebuild(failure));
    }

    private Mono<Void> probe() {
        return Mono.usingWhen(
                        create(),
                        connection -> Mono.from(connection.validate(io.r2dbc.spi.ValidationDepth.REMOTE)),
                        Connection::close)
                .timeout(settings.acquireTimeout().plus(settings.statementTimeout()))
                .then();
    }

    private Mono<Void> rebuild(Throwable failure) {
        log.warn(
                "The database has not answered {} probes; building the pool anew: {}",
                PROBES_UNTIL_REBUILD,
                failure.toString());
        failedProbes.set(0);
        var old = live;
        live = build();
        return old.dispose().onErrorComplete();
    }

    Mono<Void> dispose() {
        return live.dispose();
    }
}
