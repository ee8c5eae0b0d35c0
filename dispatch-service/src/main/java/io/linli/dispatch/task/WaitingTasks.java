package io.linli.dispatch.task;

import static io.linli.kit.data.Columns.required;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The tasks, for the assignment: which wait, and where the volunteers go already.
@Repository
class WaitingTasks {

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

    /// The oldest waiting tasks, except those whose next attempt is later, those a coordinator has to look at first,
    /// and
    /// those somebody is just changing.
    Mono<List<WaitingTask>> lock(UUID community, Instant now, int limit) {
        return database.sql("SELECT " + TaskRows.COLUMNS + """
                        , ARRAY(SELECT volunteer_id FROM task_pass
                                WHERE subject_id = coalesce(parcel_id, task_id) AND barred_until > $2)
                        FROM task
                        WHERE community_id = $1 AND state = 'waiting' AND (not_before IS NULL OR not_before <= $2)
                        ORDER BY task_id LIMIT $3
                        FOR UPDATE SKIP LOCKED""")
                .bind(0, community)
                .bind(1, now)
                .bind(2, limit)
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

    /// Where each volunteer goes last with what is in hand.
    Mono<Map<UUID, Place>> lastPlaces(UUID community) {
        record Last(UUID volunteer, Place place) {}
        return database.sql("""
                        SELECT DISTINCT ON (volunteer_id) volunteer_id, x, y FROM task
                        WHERE community_id = $1 AND state IN ('offered', 'accepted', 'collected', 'on-the-way')
                        ORDER BY volunteer_id, since DESC, task_id DESC""")
                .bind(0, community)
                .map((row, _) -> new Last(
                        required(row, 0, UUID.class),
                        new Place(required(row, 1, Double.class), required(row, 2, Double.class))))
                .all()
                .collectMap(Last::volunteer, Last::place);
    }
}
