package io.linli.community.closure;

import static io.linli.kit.data.Columns.required;

import io.linli.community.closure.Closure.State;
import io.linli.kit.data.Ids;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The closures of buildings, kept with the buildings, and who ordered them.
@Repository
class Closures {
    private static final String SELECT = """
            SELECT community_id, id, name, coalesce(closure_reason, ''), closure_version, closed, changes_at FROM building
             WHERE community_id = $1 AND id = $2
            """;

    private final DatabaseClient database;

    Closures(DatabaseClient database) {
        this.database = database;
    }

    /// A building whose planned change is due.
    record Due(UUID community, UUID building) {}

    /// Locked until the transaction ends.
    Mono<ClosableBuilding> lock(UUID community, UUID building) {
        return database.sql(SELECT + "FOR NO KEY UPDATE")
                .bind(0, community)
                .bind(1, building)
                .map(Closures::read)
                .one();
    }

    /// The longest due first. Needs a transaction across communities.
    Mono<List<Due>> findDue(Instant now, int limit) {
        return database.sql("""
                        SELECT community_id, id FROM building WHERE changes_at <= $1 ORDER BY changes_at LIMIT $2""")
                .bind(0, now)
                .bind(1, limit)
                .map(row -> new Due(required(row, 0, UUID.class), required(row, 1, UUID.class)))
                .all()
                .collectList();
    }

    /// Locked until the transaction ends; empty when it is not due any more, or another replica is at it.
    Mono<ClosableBuilding> lockDue(Due due, Instant now) {
        return database.sql(SELECT + "AND changes_at <= $3 FOR NO KEY UPDATE SKIP LOCKED")
                .bind(0, due.community())
                .bind(1, due.building())
                .bind(2, now)
                .map(Closures::read)
                .one();
    }

    Mono<Void> save(ClosableBuilding building) {
        return database.sql("""
                        UPDATE building
                           SET closed = $3, changes_at = $4, closure_version = $5, closure_reason = $6
                         WHERE community_id = $1 AND id = $2""")
                .bind(0, building.community())
                .bind(1, building.id())
                .bind(2, building.closure().isClosed())
                .bind(3, changesAt(building.closure()))
                .bind(4, building.closure().version())
                .bind(5, building.reason())
                .fetch()
                .rowsUpdated()
                .then();
    }

    Mono<Void> keep(ClosureOrder order, Instant now) {
        return database.sql("""
                        INSERT INTO closure_order (id, community_id, building_id, closes, reason, account_id, member_id,
                                                   ordered_at, effective_at)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, greatest($8, $9))""")
                .bind(0, Ids.next())
                .bind(1, order.community())
                .bind(2, order.building())
                .bind(3, order.closes())
                .bind(4, order.reason())
                .bind(5, order.by().account())
                .bind(6, optional(UUID.class, order.by().member()))
                .bind(7, now)
                .bind(8, order.effectiveAt())
                .fetch()
                .rowsUpdated()
                .then();
    }

    private static Parameter changesAt(Closure closure) {
        return optional(
                Instant.class,
                switch (closure.state()) {
                    case State.ToClose(var at) -> at;
                    case State.ToReopen(var at) -> at;
                    case State.Open _, State.Closed _ -> null;
                });
    }

    private static <T> Parameter optional(Class<T> type, @Nullable T value) {
        return value == null ? Parameters.in(type) : Parameters.in(value);
    }

    private static ClosableBuilding read(Readable row) {
        var state = toState(required(row, 5, Boolean.class), row.get(6, Instant.class));
        return new ClosableBuilding(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, String.class),
                required(row, 3, String.class),
                new Closure(required(row, 4, Long.class), state));
    }

    private static State toState(boolean closed, @Nullable Instant changesAt) {
        if (changesAt == null) {
            return closed ? new State.Closed() : new State.Open();
        }
        return closed ? new State.ToReopen(changesAt) : new State.ToClose(changesAt);
    }
}
