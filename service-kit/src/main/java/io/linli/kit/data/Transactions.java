package io.linli.kit.data;

import io.linli.kit.KitSettings;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/// The only way to the database: one transaction, bound to its communities by row-level security, with a limit in time.
///
/// A caller that goes away does not cancel it: a transaction that has begun runs to its own end, because cancelling in
/// the middle leaves pooled connections idle in transaction (r2dbc-pool issues 143, 144, 198).
public class Transactions {
    private static final String EVERY_COMMUNITY = "*";
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final DatabaseClient database;
    private final TransactionalOperator operator;
    private final Duration timeout;

    Transactions(DatabaseClient database, TransactionalOperator operator, KitSettings settings) {
        this.database = database;
        this.operator = operator;
        this.timeout = settings.database().transactionTimeout();
    }

    /// Runs `work` in one transaction that sees and writes the rows of one community only.
    /// *Errors:* `TimeoutException` when it takes longer than the setting; the outcome is unknown then.
    public <T> Mono<T> in(UUID community, Supplier<Mono<T>> work) {
        return scoped(community.toString(), timeout, work);
    }

    /// The same with a limit of its own, for rare work on very many rows.
    public <T> Mono<T> in(UUID community, Duration limit, Supplier<Mono<T>> work) {
        return scoped(community.toString(), limit, work);
    }

    /// Runs `work` in one transaction that sees and writes the rows of these communities only.
    public <T> Mono<T> inAll(Set<UUID> communities, Supplier<Mono<T>> work) {
        return scoped(communities.stream().map(UUID::toString).collect(Collectors.joining(",")), timeout, work);
    }

    /// Runs `work` in one transaction over all communities: for timers, the relay, and the few requests that belong to
    /// no community yet, such as a login.
    public <T> Mono<T> acrossCommunities(Supplier<Mono<T>> work) {
        return scoped(EVERY_COMMUNITY, timeout, work);
    }

    private <T> Mono<T> scoped(String scope, Duration limit, Supplier<Mono<T>> work) {
        Mono<T> transaction =
                enter(scope).then(Mono.defer(work)).as(operator::transactional).timeout(limit.plus(GRACE));
        return shielded(transaction).timeout(limit);
    }

    private Mono<Long> enter(String scope) {
        return database.sql("SELECT set_config('linli.community', $1, true)")
                .bind(0, scope)
                .fetch()
                .rowsUpdated();
    }

    /// A failure travels as a value, so that one which nobody waits for any more is not logged as dropped.
    private static <T> Mono<T> shielded(Mono<T> transaction) {
        return Mono.deferContextual(context -> Mono.fromFuture(
                        () -> transaction.materialize().contextWrite(context).toFuture(), true)
                .dematerialize());
    }
}
