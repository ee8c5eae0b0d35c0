package io.linli.station.parcel;

import static io.linli.kit.data.Columns.required;

import io.linli.station.parcel.Decision.Accepted;
import io.linli.station.parcel.ParcelState.Carrier;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The chain of who had a parcel when: a parcel moves only together with its link of the chain, many at once.
@Repository
class Custody {
    private final DatabaseClient database;

    /// One link as it is shown.
    record Link(
            long version,
            String state,
            String actorRole,
            @Nullable UUID actorId,
            Instant occurredAt,
            Instant receivedAt,
            String reason,
            @Nullable String proofSha256) {}

    Custody(DatabaseClient database) {
        this.database = database;
    }

    /// Writes the steps and their links. *Errors:* `OptimisticLockingFailureException` when a parcel is not in the
    /// version any more that its step began with; then nothing may be kept.
    Mono<Void> move(List<Accepted> steps, Occasion occasion) {
        var statement = database.sql("""
                        WITH step AS (
                            SELECT * FROM unnest(:ids, :versions, :states, :failures, :labels, :doorsteps, :closures, :attempts,
                                                 :tasks, :members, :news, :reasons, :proofs)
                                AS step (id, version, state, failure, label, doorstep, closure, attempts,
                                         task, member, news, reason, proof)),
                        moved AS (
                            UPDATE parcel
                               SET state = step.state, failure = step.failure, label = step.label,
                                   doorstep = step.doorstep, by_closure = step.closure, attempts = step.attempts, carrier_task = step.task,
                                   carrier_member = step.member, carrier_news_at = step.news::timestamptz,
                                   version = step.version + 1
                              FROM step
                             WHERE parcel.id = step.id AND parcel.version = step.version
                               AND parcel.community_id = :community
                            RETURNING parcel.id)
                        INSERT INTO custody (community_id, parcel_id, version, state, actor_role, actor_id, occurred_at,
                                             received_at, reason, proof_sha256)
                        SELECT :community, step.id, step.version + 1, step.state, :role, :member, :occurredAt,
                               :receivedAt, step.reason, step.proof
                          FROM step JOIN moved USING (id)""");
        return bind(statement, steps)
                .bind("community", occasion.community())
                .bind("role", occasion.actor().role())
                .bind("member", orNull(occasion.actor().member()))
                .bind("occurredAt", occasion.occurredAt())
                .bind("receivedAt", occasion.receivedAt())
                .fetch()
                .rowsUpdated()
                .flatMap(moved -> moved == steps.size()
                        ? Mono.empty()
                        : Mono.error(new OptimisticLockingFailureException("a parcel was moved meanwhile")));
    }

    private static GenericExecuteSpec bind(GenericExecuteSpec statement, List<Accepted> steps) {
        return statement
                .bind("ids", each(steps, step -> step.next().id(), UUID[]::new))
                .bind("versions", each(steps, step -> step.before().version(), Long[]::new))
                .bind("states", each(steps, step -> step.next().state().name(), String[]::new))
                .bind("failures", each(steps, Custody::failure, String[]::new))
                .bind("labels", each(steps, step -> step.next().state().label(), String[]::new))
                .bind("doorsteps", each(steps, step -> step.next().doorstep(), Boolean[]::new))
                .bind("closures", each(steps, step -> step.next().byClosure(), Boolean[]::new))
                .bind("attempts", each(steps, step -> step.next().attempts(), Integer[]::new))
                .bind("tasks", each(steps, step -> carrier(step, Carrier::task), UUID[]::new))
                .bind("members", each(steps, step -> carrier(step, Carrier::member), UUID[]::new))
                .bind("news", each(steps, step -> step.next().carrierNewsAt().toString(), String[]::new))
                .bind("reasons", each(steps, Accepted::reason, String[]::new))
                .bind("proofs", each(steps, Accepted::proofSha256, String[]::new));
    }

    private static @Nullable String failure(Accepted step) {
        var failure = step.next().state().failure();
        return failure == null ? null : ParcelState.nameOf(failure);
    }

    private static @Nullable UUID carrier(Accepted step, Function<Carrier, UUID> part) {
        var carrier = step.next().state().carrier();
        return carrier == null ? null : part.apply(carrier);
    }

    private static Object orNull(@Nullable UUID id) {
        return id == null ? Parameters.in(UUID.class) : id;
    }

    private static <T extends @Nullable Object> T[] each(
            List<Accepted> steps, Function<Accepted, T> part, IntFunction<T[]> array) {
        return steps.stream().map(part).toArray(array);
    }

    /// The whole chain of one parcel, oldest first.
    Mono<List<Link>> findChain(UUID community, UUID parcel) {
        return database.sql("""
                        SELECT version, state, actor_role, actor_id, occurred_at, received_at, reason, proof_sha256
                          FROM custody
                         WHERE community_id = :community AND parcel_id = :parcel
                         ORDER BY version""")
                .bind("community", community)
                .bind("parcel", parcel)
                .map((row, _) -> toLink(row))
                .all()
                .collectList();
    }

    private static Link toLink(Readable row) {
        return new Link(
                required(row, 0, Long.class),
                required(row, 1, String.class),
                required(row, 2, String.class),
                row.get(3, UUID.class),
                required(row, 4, Instant.class),
                required(row, 5, Instant.class),
                required(row, 6, String.class),
                row.get(7, String.class));
    }
}
