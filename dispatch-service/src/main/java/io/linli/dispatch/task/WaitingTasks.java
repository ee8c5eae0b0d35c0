package io.linli.dispatch.task;

import static io.linli.kit.data.Columns.required;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The tasks, for the assignment: which wait, and who must not be asked.
@Repository
class WaitingTasks {

    /// With who must not be asked; `$2` is now.
    private static final String SELECT = "SELECT " + TaskRows.COLUMNS + """
            , ARRAY(SELECT volunteer_id FROM task_pass
                    WHERE subject_id = coalesce(parcel_id, task.task_id) AND barred_until > $2)
              FROM task\
            """ + " ";

    private final DatabaseClient database;

    WaitingTasks(DatabaseClient database) {
        this.database = database;
    }

    /// Any communities with waiting tasks, others each time when there are many. Needs a transaction across
    /// communities.
    Mono<List<UUID>> findCommunities(int limit) {
        return database.sql("""
                        SELECT community_id FROM task WHERE state = 'waiting'
                        GROUP BY community_id ORDER BY random() LIMIT $1""")
                .bind(0, limit)
                .map((row, _) -> required(row, 0, UUID.class))
                .all()
                .collectList();
    }

    /// The oldest waiting tasks, except those whose next attempt is later and those a coordinator has to look at first.
    Mono<List<WaitingTask>> find(UUID community, Instant now, int limit) {
        return database.sql(SELECT + """
                        WHERE community_id = $1 AND state = 'waiting' AND (not_before IS NULL OR not_before <= $2)
                          AND NOT EXISTS (SELECT FROM escalation
                                          WHERE subject_id = coalesce(parcel_id, task.task_id) AND settled_at IS NULL)
                        ORDER BY task_id LIMIT $3""")
                .bind(0, community)
                .bind(1, now)
                .bind(2, limit)
                .map((row, _) -> toWaiting(TaskRows.toTask(row), Set.of(required(row, 35, UUID[].class))))
                .all()
                .collectList();
    }

    /// Of these, the ones that still wait and that nobody is just changing, until the transaction ends.
    Mono<List<WaitingTask>> lock(UUID community, Instant now, Collection<UUID> tasks) {
        return database.sql(SELECT + """
                        WHERE community_id = $1 AND state = 'waiting' AND task_id = ANY ($3)
                        ORDER BY task_id FOR UPDATE SKIP LOCKED""")
                .bind(0, community)
                .bind(1, now)
                .bind(2, tasks.toArray(UUID[]::new))
                .map((row, _) -> toWaiting(TaskRows.toTask(row), Set.of(required(row, 35, UUID[].class))))
                .all()
                .collectList();
    }

    private static WaitingTask toWaiting(Task task, Set<UUID> barred) {
        var work = task.work();
        var stop = work.stop();
        return new WaitingTask(
                task.id(),
                work.kind(),
                stop.household(),
                stop.building(),
                stop.x(),
                stop.y(),
                stop.floor(),
                stop.lift(),
                work.weightGrams(),
                work.needs(),
                barred);
    }

    /// A task that waits, to ask who could take it; what was planned or is over is not found.
    Mono<WaitingTask> find(UUID community, UUID task, Instant now) {
        return database.sql(SELECT + """
                        WHERE community_id = $1 AND task_id = $3 AND state = 'waiting'""")
                .bind(0, community)
                .bind(1, now)
                .bind(2, task)
                .map((row, _) -> toWaiting(TaskRows.toTask(row), Set.of(required(row, 35, UUID[].class))))
                .one();
    }
}
