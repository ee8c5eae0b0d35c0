package io.linli.dispatch.help;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The help requests, for those who change them: a row is locked, decided upon, and written.
@Repository
class HelpRequests {

    private static final String SELECT = "SELECT " + HelpRows.COLUMNS + " FROM help_request ";

    private final DatabaseClient database;

    HelpRequests(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> add(HelpRequest request) {
        var ask = request.ask();
        var clock = request.clock();
        return database.sql("""
                        INSERT INTO help_request (request_id, community_id, household_id, building_id, asked_by, kind,
                            urgency, need, asked_at, version, round, since, clock_from, first_answer_millis,
                            resolution_millis, level, state, rank_at, escalate_at)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $9, $12, $13, $14, 'none', 'open', $15,
                            $16)""")
                .bind(0, request.id())
                .bind(1, request.community())
                .bind(2, ask.household())
                .bind(3, parameter(ask.building(), UUID.class))
                .bind(4, ask.askedBy())
                .bind(5, HelpEvent.word(ask.kind()))
                .bind(6, HelpEvent.word(ask.urgency()))
                .bind(7, ask.need())
                .bind(8, ask.at())
                .bind(9, request.version())
                .bind(10, request.round())
                .bind(11, clock.from())
                .bind(12, clock.patience().firstAnswer().toMillis())
                .bind(13, clock.patience().resolution().toMillis())
                .bind(14, parameter(request.rank(), Instant.class))
                .bind(15, parameter(request.escalationDue(), Instant.class))
                .fetch()
                .rowsUpdated()
                .then();
    }

    Mono<HelpRequest> findForUpdate(UUID community, UUID id) {
        return database.sql(SELECT + "WHERE request_id = $1 AND community_id = $2 FOR UPDATE")
                .bind(0, id)
                .bind(1, community)
                .map(HelpRows::toRequest)
                .one();
    }

    /// The request that a task or a referral serves; empty for those that serve none, or no longer.
    Mono<HelpRequest> lockByHelper(UUID community, UUID reference) {
        return database.sql(SELECT + "WHERE helper_reference = $1 AND community_id = $2 FOR UPDATE")
                .bind(0, reference)
                .bind(1, community)
                .map(HelpRows::toRequest)
                .one();
    }

    /// Where a clock ran out, the longest overdue first. Needs a transaction across communities.
    Mono<List<UUID>> findEscalating(Instant now, int limit) {
        return database.sql("""
                        SELECT community_id FROM help_request WHERE escalate_at <= $1
                        GROUP BY community_id ORDER BY min(escalate_at) LIMIT $2""")
                .bind(0, now)
                .bind(1, limit)
                .map((row, _) -> required(row, 0, UUID.class))
                .all()
                .collectList();
    }

    /// What another replica holds is left to it.
    Mono<List<HelpRequest>> lockEscalating(UUID community, Instant now, int limit) {
        return database.sql(SELECT + """
                        WHERE community_id = $1 AND escalate_at <= $2
                        ORDER BY escalate_at LIMIT $3 FOR UPDATE SKIP LOCKED""")
                .bind(0, community)
                .bind(1, now)
                .bind(2, limit)
                .map(HelpRows::toRequest)
                .all()
                .collectList();
    }

    /// Writes the next version. *Errors:* [OptimisticLockingFailureException] when it was not locked before.
    Mono<Void> save(HelpRequest request) {
        var standing = HelpRows.Standing.of(request.state());
        var clock = request.clock();
        return database.sql("""
                        UPDATE help_request
                           SET version = $2, round = $3, since = $4, urgency = $5, need = $6, clock_from = $7,
                               first_answer_millis = $8, resolution_millis = $9, level = $10, escalated_at = $11,
                               state = $12, helper_kind = $13, helper_reference = $14, helper_member = $15, rated = $16,
                               rank_at = $17, escalate_at = $18
                         WHERE request_id = $1 AND version = $2 - 1""")
                .bind(0, request.id())
                .bind(1, request.version())
                .bind(2, request.round())
                .bind(3, request.since())
                .bind(4, HelpEvent.word(request.ask().urgency()))
                .bind(5, request.ask().need())
                .bind(6, clock.from())
                .bind(7, clock.patience().firstAnswer().toMillis())
                .bind(8, clock.patience().resolution().toMillis())
                .bind(9, HelpEvent.word(clock.level()))
                .bind(10, parameter(clock.escalatedAt(), Instant.class))
                .bind(11, standing.state())
                .bind(12, parameter(standing.helperKind(), String.class))
                .bind(13, parameter(standing.reference(), UUID.class))
                .bind(14, parameter(standing.member(), UUID.class))
                .bind(15, standing.rated())
                .bind(16, parameter(request.rank(), Instant.class))
                .bind(17, parameter(request.escalationDue(), Instant.class))
                .fetch()
                .rowsUpdated()
                .filter(written -> written == 1)
                .switchIfEmpty(Mono.error(() -> new OptimisticLockingFailureException("the request changed meanwhile")))
                .then();
    }

    private static <T> Parameter parameter(@Nullable T value, Class<T> type) {
        return value == null ? Parameters.in(type) : Parameters.in(value);
    }
}
