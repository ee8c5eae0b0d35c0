package io.linli.dispatch.task;

import static io.linli.dispatch.task.TaskRows.column;
import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The tasks, for those who change them: rows are locked, decided upon, and written as a set.
@Repository
class Tasks {

    private static final String SELECT = "SELECT " + TaskRows.COLUMNS + " FROM task ";

    private final DatabaseClient database;

    Tasks(DatabaseClient database) {
        this.database = database;
    }

    /// A task that nobody holds yet.
    Mono<Void> add(Task task) {
        return bindWork(database.sql("""
                        INSERT INTO task (task_id, community_id, kind, household_id, building_id, building_name, x, y,
                                          floor, lift, parcel_id, parcel_version, label, weight_grams, qualifications,
                                          need_level, earliest, latest, closed_building, note, attempt, not_before,
                                          version, since, state)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
                                $20, $21, $22, $23, $24, 'waiting')""").bind(0, task.id()).bind(1, task.community()), task.work())
                .bind(20, task.attempt().number())
                .bind(21, optional(Instant.class, task.attempt().notBefore()))
                .bind(22, task.version())
                .bind(23, task.since())
                .fetch()
                .rowsUpdated()
                .then();
    }

    private static DatabaseClient.GenericExecuteSpec bindWork(DatabaseClient.GenericExecuteSpec insert, Work work) {
        var stop = work.stop();
        var parcel = work.parcel();
        var needs = work.needs();
        return insert.bind(2, TaskEvent.word(work.kind()))
                .bind(3, stop.household())
                .bind(4, stop.building())
                .bind(5, stop.buildingName())
                .bind(6, stop.x())
                .bind(7, stop.y())
                .bind(8, stop.floor())
                .bind(9, stop.lift())
                .bind(10, optional(UUID.class, work.parcelId()))
                .bind(11, optional(Long.class, parcel == null ? null : parcel.version()))
                .bind(12, optional(String.class, parcel == null ? null : parcel.label()))
                .bind(13, work.weightGrams())
                .bind(14, needs.qualifications().toArray(String[]::new))
                .bind(15, needs.level())
                .bind(16, optional(Instant.class, needs.window().earliest()))
                .bind(17, optional(Instant.class, needs.window().latest()))
                .bind(18, needs.closedBuilding())
                .bind(19, optional(String.class, work.note()));
    }

    private static <T> Parameter optional(Class<T> type, @Nullable T value) {
        return value == null ? Parameters.in(type) : Parameters.in(value);
    }

    Mono<Task> findForUpdate(UUID community, UUID id) {
        return database.sql(SELECT + "WHERE task_id = $1 AND community_id = $2 FOR UPDATE")
                .bind(0, id)
                .bind(1, community)
                .map(TaskRows::toTask)
                .one();
    }

    Mono<List<Task>> lockAll(Collection<UUID> ids) {
        return database.sql(SELECT + "WHERE task_id = ANY ($1) ORDER BY task_id FOR UPDATE")
                .bind(0, ids.toArray(UUID[]::new))
                .map(TaskRows::toTask)
                .all()
                .collectList();
    }

    /// What was dropped together, also what is over since.
    Mono<List<Task>> lockBatch(UUID batch) {
        return database.sql(SELECT + "WHERE batch_id = $1 ORDER BY task_id FOR UPDATE")
                .bind(0, batch)
                .map(TaskRows::toTask)
                .all()
                .collectList();
    }

    /// The deliveries of a parcel that may still change, older versions of the parcel included.
    Mono<List<Task>> lockOpen(UUID parcel) {
        return database.sql(SELECT + """
                        WHERE parcel_id = $1
                          AND state IN ('waiting', 'offered', 'accepted', 'collected', 'on-the-way', 'dropped')
                        ORDER BY task_id FOR UPDATE""")
                .bind(0, parcel)
                .map(TaskRows::toTask)
                .all()
                .collectList();
    }

    /// The tasks in a building that nobody has in hand yet.
    Mono<List<Task>> lockInBuilding(UUID building) {
        return database.sql(SELECT + """
                        WHERE building_id = $1 AND state IN ('waiting', 'offered', 'accepted')
                        ORDER BY task_id FOR UPDATE""")
                .bind(0, building)
                .map(TaskRows::toTask)
                .all()
                .collectList();
    }

    /// Notes of locked tasks whether their building is closed; that is no change of the tasks themselves.
    Mono<Void> markClosed(List<Task> locked, boolean closed) {
        return database.sql("UPDATE task SET closed_building = $2 WHERE task_id = ANY ($1)")
                .bind(0, column(locked, Task::id, new UUID[0]))
                .bind(1, closed)
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// Who has offers that ran out, a bounded number. Needs a transaction across communities.
    Mono<List<Overdue>> findOverdue(Instant now, int limit) {
        return database.sql("""
                        SELECT community_id, volunteer_id FROM task WHERE state = 'offered' AND offered_until <= $1
                        GROUP BY community_id, volunteer_id ORDER BY min(offered_until) LIMIT $2""")
                .bind(0, now)
                .bind(1, limit)
                .map(row -> new Overdue(required(row, 0, UUID.class), required(row, 1, UUID.class)))
                .all()
                .collectList();
    }

    record Overdue(UUID community, UUID volunteer) {}

    /// What another replica holds is left to it.
    Mono<List<Task>> lockOverdue(Overdue overdue, Instant now) {
        return database.sql(SELECT + """
                        WHERE community_id = $1 AND volunteer_id = $2 AND state = 'offered' AND offered_until <= $3
                        ORDER BY task_id FOR UPDATE SKIP LOCKED""")
                .bind(0, overdue.community())
                .bind(1, overdue.volunteer())
                .bind(2, now)
                .map(TaskRows::toTask)
                .all()
                .collectList();
    }

    /// Where drops are that nobody confirmed since before `since`, the longest silence first. Needs a transaction
    /// across communities.
    Mono<List<UUID>> findSilent(Instant since, int limit) {
        return database.sql("""
                        SELECT community_id FROM task WHERE state = 'dropped' AND since <= $1
                        GROUP BY community_id ORDER BY min(since) LIMIT $2""")
                .bind(0, since)
                .bind(1, limit)
                .map((row, _) -> required(row, 0, UUID.class))
                .all()
                .collectList();
    }

    /// What another replica holds is left to it.
    Mono<List<Task>> lockSilent(UUID community, Instant since, int limit) {
        return database.sql(SELECT + """
                        WHERE community_id = $1 AND state = 'dropped' AND since <= $2
                        ORDER BY since LIMIT $3 FOR UPDATE SKIP LOCKED""")
                .bind(0, community)
                .bind(1, since)
                .bind(2, limit)
                .map(TaskRows::toTask)
                .all()
                .collectList();
    }

    /// Writes the next version of each task, and forgets the note of one that is over; what was dropped together stays
    /// known when parts of it are over. *Errors:*
    /// [OptimisticLockingFailureException] when one was not locked before.
    Mono<Void> save(List<Task> tasks) {
        return database.sql("""
                        UPDATE task
                           SET version = n.version, since = n.since, state = n.state, volunteer_id = n.volunteer_id,
                               offered_until = n.offered_until, started_at = n.started_at,
                               proof_kind = n.proof_kind, proof_reference = n.proof_reference,
                               proof_sha256 = n.proof_sha256, confirmed_by = n.confirmed_by,
                               failure_reason = n.failure_reason, was_collected = n.was_collected,
                               batch_id = CASE WHEN n.state IN ('delivered', 'failed') THEN task.batch_id
                                               ELSE n.batch_id END,
                               stop_no = CASE WHEN n.volunteer_id = task.volunteer_id THEN stop_no END,
                               eta = CASE WHEN n.volunteer_id = task.volunteer_id THEN eta END,
                               attempt = n.attempt, not_before = n.not_before,
                               note = CASE WHEN n.state IN ('delivered', 'failed', 'cancelled') THEN NULL
                                           ELSE note END
                          FROM unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::text[], $5::uuid[],
                                      $6::timestamptz[], $7::timestamptz[], $8::text[], $9::text[], $10::text[],
                                      $11::uuid[], $12::text[], $13::text[], $14::boolean[], $15::int[],
                                      $16::timestamptz[])
                            AS n (task_id, version, since, state, volunteer_id, offered_until, started_at, proof_kind,
                                  proof_reference, proof_sha256, batch_id, confirmed_by, failure_reason,
                                  was_collected, attempt, not_before)
                         WHERE task.task_id = n.task_id AND task.version = n.version - 1""")
                .bind(0, column(tasks, Task::id, new UUID[0]))
                .bind(1, column(tasks, Task::version, new Integer[0]))
                .bind(2, column(tasks, Task::since, new Instant[0]))
                .bind(3, changing(tasks, TaskRows.Changing::state, new String[0]))
                .bind(4, changing(tasks, TaskRows.Changing::volunteer, new UUID[0]))
                .bind(5, changing(tasks, TaskRows.Changing::offeredUntil, new Instant[0]))
                .bind(6, changing(tasks, TaskRows.Changing::startedAt, new Instant[0]))
                .bind(7, proof(tasks, Proof::kind))
                .bind(8, proof(tasks, Proof::reference))
                .bind(9, proof(tasks, Proof::sha256))
                .bind(10, changing(tasks, TaskRows.Changing::batch, new UUID[0]))
                .bind(11, changing(tasks, TaskRows.Changing::confirmedBy, new String[0]))
                .bind(12, changing(tasks, TaskRows.Changing::failureReason, new String[0]))
                .bind(13, changing(tasks, TaskRows.Changing::collected, new Boolean[0]))
                .bind(14, column(tasks, task -> task.attempt().number(), new Integer[0]))
                .bind(15, column(tasks, task -> task.attempt().notBefore(), new Instant[0]))
                .fetch()
                .rowsUpdated()
                .filter(written -> written == tasks.size())
                .switchIfEmpty(Mono.error(() -> new OptimisticLockingFailureException("a task changed meanwhile")))
                .then();
    }

    private static <T> T[] changing(List<Task> tasks, Function<TaskRows.Changing, @Nullable T> value, T[] type) {
        return column(tasks, task -> value.apply(TaskRows.changing(task)), type);
    }

    private static String[] proof(List<Task> tasks, Function<Proof, @Nullable String> value) {
        return changing(
                tasks, changing -> changing.proof() == null ? null : value.apply(changing.proof()), new String[0]);
    }
}
