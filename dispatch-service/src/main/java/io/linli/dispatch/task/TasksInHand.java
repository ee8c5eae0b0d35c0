package io.linli.dispatch.task;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// What volunteers have to do, for who shows their routes.
@Repository
public class TasksInHand {

    private static final String IN_HAND = "state IN ('offered', 'accepted', 'collected', 'on-the-way')";

    private final DatabaseClient database;

    TasksInHand(DatabaseClient database) {
        this.database = database;
    }

    public Mono<List<TaskInHand>> of(UUID community, UUID volunteer) {
        return database.sql("SELECT " + TaskRows.COLUMNS + ", stop_no, eta FROM task"
                        + " WHERE community_id = $1 AND volunteer_id = $2 AND " + IN_HAND + " ORDER BY task_id")
                .bind(0, community)
                .bind(1, volunteer)
                .map(TasksInHand::toTask)
                .all()
                .collectList();
    }

    /// Of these volunteers.
    Mono<List<TaskInHand>> ofAll(UUID community, Collection<UUID> volunteers) {
        return database.sql("SELECT " + TaskRows.COLUMNS + ", stop_no, eta FROM task"
                        + " WHERE community_id = $1 AND volunteer_id = ANY ($2) AND " + IN_HAND
                        + " ORDER BY volunteer_id, task_id")
                .bind(0, community)
                .bind(1, volunteers.toArray(UUID[]::new))
                .map(TasksInHand::toTask)
                .all()
                .collectList();
    }

    /// Of a bounded number of volunteers, in the order of their ids.
    public Mono<List<TaskInHand>> all(UUID community, UUID afterVolunteer, int volunteersMax) {
        return database.sql("SELECT " + TaskRows.COLUMNS + ", stop_no, eta FROM task"
                        + " WHERE community_id = $1 AND " + IN_HAND + " AND volunteer_id IN ("
                        + "SELECT DISTINCT volunteer_id FROM task WHERE community_id = $1 AND volunteer_id > $2 AND "
                        + IN_HAND + " ORDER BY volunteer_id LIMIT $3) ORDER BY volunteer_id, task_id")
                .bind(0, community)
                .bind(1, afterVolunteer)
                .bind(2, volunteersMax)
                .map(TasksInHand::toTask)
                .all()
                .collectList();
    }

    /// A task that went to somebody else meanwhile, or that somebody is just changing, keeps what it has: whoever
    /// changes
    /// it may wait for the volunteer whom an assignment holds.
    Mono<Void> number(List<PlannedStop> stops) {
        return database.sql("""
                        UPDATE task SET stop_no = n.stop_no, eta = n.eta
                          FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::timestamptz[])
                            AS n (task_id, volunteer_id, stop_no, eta)
                         WHERE task.task_id = n.task_id
                           AND (n.task_id, n.volunteer_id) IN (
                               SELECT task_id, volunteer_id FROM task WHERE task_id = ANY ($1)
                               FOR UPDATE SKIP LOCKED)""")
                .bind(0, stops.stream().map(PlannedStop::task).toArray(UUID[]::new))
                .bind(1, stops.stream().map(PlannedStop::volunteer).toArray(UUID[]::new))
                .bind(2, stops.stream().map(PlannedStop::number).toArray(Integer[]::new))
                .bind(3, stops.stream().map(PlannedStop::eta).toArray(Instant[]::new))
                .fetch()
                .rowsUpdated()
                .then();
    }

    private static TaskInHand toTask(Readable row) {
        var task = TaskRows.toTask(row);
        var work = task.work();
        var stop = work.stop();
        var parcel = work.parcel();
        return new TaskInHand(
                task.id(),
                required(row, 25, UUID.class),
                work.kind(),
                TaskRows.changing(task).state(),
                stop.building(),
                stop.buildingName(),
                stop.x(),
                stop.y(),
                stop.floor(),
                stop.lift(),
                parcel == null ? null : parcel.label(),
                work.weightGrams(),
                work.needs().window(),
                row.get(35, Integer.class),
                row.get(36, Instant.class));
    }
}
