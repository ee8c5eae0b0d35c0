package io.linli.dispatch.task;

import static io.linli.dispatch.task.TaskEvent.word;
import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a task lies in its row: the columns, and the way from and to its state.
final class TaskRows {

    static final String COLUMNS = """
            task_id, community_id, kind, household_id, building_id, building_name, x, y, floor, lift, parcel_id,
            parcel_version, label, weight_grams, qualifications, need_level, earliest, latest, closed_building, note,
            attempt, not_before, version, state, since, volunteer_id, offered_until, started_at, proof_kind,
            proof_reference, proof_sha256, batch_id, confirmed_by, failure_reason, was_collected""";

    private TaskRows() {}

    /// The columns that a change of state writes.
    record Changing(
            String state,
            @Nullable UUID volunteer,
            @Nullable Instant offeredUntil,
            @Nullable Instant startedAt,
            @Nullable Proof proof,
            @Nullable UUID batch,
            @Nullable String confirmedBy,
            @Nullable String failureReason,
            @Nullable Boolean collected) {

        static Changing plain(String state, @Nullable UUID volunteer) {
            return new Changing(state, volunteer, null, null, null, null, null, null, null);
        }
    }

    static Changing changing(Task task) {
        var holder = task.volunteer();
        return switch (task.state()) {
            case Task.State.Waiting _ -> Changing.plain("waiting", null);
            case Task.State.Offered offered ->
                new Changing("offered", holder, offered.until(), null, null, null, null, null, null);
            case Task.State.Accepted _ -> Changing.plain("accepted", holder);
            case Task.State.Collected _ -> Changing.plain("collected", holder);
            case Task.State.OnTheWay way ->
                new Changing("on-the-way", holder, null, way.started(), null, null, null, null, null);
            case Task.State.Dropped at ->
                new Changing("dropped", holder, null, at.started(), at.proof(), at.batch(), null, null, null);
            case Task.State.Delivered at ->
                new Changing("delivered", holder, null, at.started(), at.proof(), null, word(at.by()), null, null);
            case Task.State.Failed failed ->
                new Changing("failed", holder, null, null, null, null, null, word(failed.reason()), failed.collected());
            case Task.State.Cancelled _ -> Changing.plain("cancelled", null);
        };
    }

    /// One column of many tasks, as an array to `unnest`.
    static <T> T[] column(List<Task> tasks, Function<Task, @Nullable T> value, T[] type) {
        return tasks.stream().map(value).toList().toArray(type);
    }

    static Task toTask(Readable row) {
        return new Task(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                toWork(row),
                new Task.Attempt(required(row, 20, Integer.class), row.get(21, Instant.class)),
                required(row, 22, Integer.class),
                required(row, 24, Instant.class),
                toState(row));
    }

    private static Work toWork(Readable row) {
        var stop = new Work.Stop(
                required(row, 3, UUID.class),
                required(row, 4, UUID.class),
                required(row, 5, String.class),
                required(row, 6, Double.class),
                required(row, 7, Double.class),
                required(row, 8, Integer.class),
                required(row, 9, Boolean.class));
        var needs = new Needs(
                Set.of(required(row, 14, String[].class)),
                required(row, 15, Integer.class),
                new Window(row.get(16, Instant.class), row.get(17, Instant.class)),
                required(row, 18, Boolean.class));
        var kind = constant(row, 2, TaskKind.class);
        return new Work(kind, stop, parcel(row), required(row, 13, Long.class), needs, row.get(19, String.class));
    }

    private static Work.@Nullable Parcel parcel(Readable row) {
        var id = row.get(10, UUID.class);
        return id == null ? null : new Work.Parcel(id, required(row, 11, Long.class), required(row, 12, String.class));
    }

    private static Task.State toState(Readable row) {
        var state = required(row, 23, String.class);
        return switch (state) {
            case "waiting" -> new Task.State.Waiting();
            case "offered" -> new Task.State.Offered(volunteer(row), required(row, 26, Instant.class));
            case "accepted" -> new Task.State.Accepted(volunteer(row));
            case "collected" -> new Task.State.Collected(volunteer(row));
            case "on-the-way" -> new Task.State.OnTheWay(volunteer(row), started(row));
            case "dropped" -> new Task.State.Dropped(volunteer(row), started(row), proof(row), row.get(31, UUID.class));
            case "delivered" ->
                new Task.State.Delivered(
                        volunteer(row), started(row), proof(row), constant(row, 32, ConfirmedBy.class));
            case "failed" ->
                new Task.State.Failed(
                        volunteer(row), constant(row, 33, FailureReason.class), required(row, 34, Boolean.class));
            case "cancelled" -> new Task.State.Cancelled();
            default -> throw new IllegalStateException("unknown task state " + state);
        };
    }

    private static UUID volunteer(Readable row) {
        return required(row, 25, UUID.class);
    }

    private static Instant started(Readable row) {
        return required(row, 27, Instant.class);
    }

    private static Proof proof(Readable row) {
        return new Proof(required(row, 28, String.class), row.get(29, String.class), row.get(30, String.class));
    }

    private static <E extends Enum<E>> E constant(Readable row, int column, Class<E> type) {
        return Enum.valueOf(
                type,
                required(row, column, String.class).toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
