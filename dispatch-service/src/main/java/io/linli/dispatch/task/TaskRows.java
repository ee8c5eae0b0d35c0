package io.linli.dispatch.task;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a task lies in its row: the columns, and the way from and to its state.
final class TaskRows {

    static final String COLUMNS = """
            task_id, community_id, parcel_id, parcel_version, household_id, building_id, building_name, x, y, floor,
            weight_grams, label, version, state, since, volunteer_id, offered_until, proof_kind, proof_reference,
            proof_sha256, confirmed_by, failure_reason, was_collected""";

    private TaskRows() {}

    /// The columns that a change of state writes.
    record Changing(
            String state,
            @Nullable UUID volunteer,
            @Nullable Instant offeredUntil,
            @Nullable Proof proof,
            @Nullable String confirmedBy,
            @Nullable String failureReason,
            @Nullable Boolean collected) {}

    static Changing changing(Task task) {
        var volunteer = task.volunteer();
        return switch (task.state()) {
            case Task.State.Waiting _ -> new Changing("waiting", null, null, null, null, null, null);
            case Task.State.Offered offered ->
                new Changing("offered", volunteer, offered.until(), null, null, null, null);
            case Task.State.Accepted _ -> new Changing("accepted", volunteer, null, null, null, null, null);
            case Task.State.Collected _ -> new Changing("collected", volunteer, null, null, null, null, null);
            case Task.State.Dropped dropped ->
                new Changing("dropped", volunteer, null, dropped.proof(), null, null, null);
            case Task.State.Delivered delivered ->
                new Changing(
                        "delivered", volunteer, null, delivered.proof(), TaskEvent.word(delivered.by()), null, null);
            case Task.State.Failed failed ->
                new Changing(
                        "failed", volunteer, null, null, null, TaskEvent.word(failed.reason()), failed.collected());
            case Task.State.Cancelled _ -> new Changing("cancelled", null, null, null, null, null, null);
        };
    }

    /// One column of many tasks, as an array to `unnest`.
    static <T> T[] column(List<Task> tasks, Function<Task, @Nullable T> value, T[] type) {
        return tasks.stream().map(value).toList().toArray(type);
    }

    static Task toTask(Readable row) {
        var parcel = new Task.Parcel(
                required(row, 2, UUID.class),
                required(row, 3, Long.class),
                required(row, 4, UUID.class),
                required(row, 5, UUID.class),
                required(row, 6, String.class),
                required(row, 7, Double.class),
                required(row, 8, Double.class),
                required(row, 9, Integer.class),
                required(row, 10, Long.class),
                required(row, 11, String.class));
        return new Task(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                parcel,
                required(row, 12, Integer.class),
                required(row, 14, Instant.class),
                toState(row));
    }

    private static Task.State toState(Readable row) {
        var state = required(row, 13, String.class);
        return switch (state) {
            case "waiting" -> new Task.State.Waiting();
            case "offered" -> new Task.State.Offered(volunteer(row), required(row, 16, Instant.class));
            case "accepted" -> new Task.State.Accepted(volunteer(row));
            case "collected" -> new Task.State.Collected(volunteer(row));
            case "dropped" -> new Task.State.Dropped(volunteer(row), proof(row));
            case "delivered" ->
                new Task.State.Delivered(volunteer(row), proof(row), constant(row, 20, ConfirmedBy.class));
            case "failed" ->
                new Task.State.Failed(
                        volunteer(row), constant(row, 21, FailureReason.class), required(row, 22, Boolean.class));
            case "cancelled" -> new Task.State.Cancelled();
            default -> throw new IllegalStateException("unknown task state " + state);
        };
    }

    private static UUID volunteer(Readable row) {
        return required(row, 15, UUID.class);
    }

    private static Proof proof(Readable row) {
        return new Proof(
                required(row, 17, String.class), required(row, 18, String.class), required(row, 19, String.class));
    }

    private static <E extends Enum<E>> E constant(Readable row, int column, Class<E> type) {
        return Enum.valueOf(
                type,
                required(row, column, String.class).toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
