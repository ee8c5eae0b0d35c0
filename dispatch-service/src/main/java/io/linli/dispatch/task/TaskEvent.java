package io.linli.dispatch.task;

import java.util.Locale;
import java.util.UUID;

/// What other services hear of a task.
///
/// *Shape*: one sample each under `src/main/events`; `volunteerId` is a member id.
sealed interface TaskEvent {

    UUID taskId();

    record TaskAccepted(UUID taskId, UUID parcelId, UUID householdId, UUID volunteerId) implements TaskEvent {}

    /// The volunteer who had accepted no longer holds the task, and had not collected it.
    record TaskReleased(UUID taskId, UUID parcelId, UUID householdId, UUID volunteerId) implements TaskEvent {}

    record TaskDropped(UUID taskId, UUID parcelId, UUID householdId, UUID volunteerId, Proof proof)
            implements TaskEvent {
        static TaskDropped of(Task task, Task.Command.Drop drop) {
            var parcel = task.parcel();
            return new TaskDropped(task.id(), parcel.id(), parcel.household(), drop.volunteer(), drop.proof());
        }
    }

    record TaskDelivered(UUID taskId, UUID parcelId, UUID householdId, UUID volunteerId, String confirmedBy)
            implements TaskEvent {}

    record TaskFailed(UUID taskId, UUID parcelId, UUID householdId, UUID volunteerId, String reason, boolean collected)
            implements TaskEvent {}

    default String type() {
        return switch (this) {
            case TaskAccepted _ -> "task.accepted.v1";
            case TaskReleased _ -> "task.released.v1";
            case TaskDropped _ -> "task.dropped.v1";
            case TaskDelivered _ -> "task.delivered.v1";
            case TaskFailed _ -> "task.failed.v1";
        };
    }

    /// The kebab-case word of an enum constant, as contracts and rows spell it.
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
