package io.linli.dispatch.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What other services hear of a task.
///
/// *Shape*: one sample each under `src/main/events`; `volunteerId` is a member id; without a parcel there is no
/// `parcelId`.
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface TaskEvent {

    UUID taskId();

    record TaskAccepted(UUID taskId, String kind, @Nullable UUID parcelId, UUID householdId, UUID volunteerId)
            implements TaskEvent {}

    /// The volunteer who had accepted no longer holds the task, and has nothing of it in hand.
    record TaskReleased(UUID taskId, String kind, @Nullable UUID parcelId, UUID householdId, UUID volunteerId)
            implements TaskEvent {}

    record TaskDropped(
            UUID taskId, String kind, @Nullable UUID parcelId, UUID householdId, UUID volunteerId, Proof proof)
            implements TaskEvent {}

    /// A drop that was told by mistake: the volunteer has it in hand still.
    record TaskDropUndone(
            UUID taskId, String kind, @Nullable UUID parcelId, UUID householdId, UUID volunteerId)
            implements TaskEvent {}

    record TaskDelivered(
            UUID taskId, String kind, @Nullable UUID parcelId, UUID householdId, UUID volunteerId, String confirmedBy)
            implements TaskEvent {}

    record TaskFailed(
            UUID taskId,
            String kind,
            @Nullable UUID parcelId,
            UUID householdId,
            UUID volunteerId,
            String reason,
            boolean collected)
            implements TaskEvent {}

    /// No volunteer is asked any more: a coordinator has to look.
    record TaskEscalated(
            UUID taskId, String kind, @Nullable UUID parcelId, UUID householdId, String reason, int attempts)
            implements TaskEvent {}

    static TaskEvent accepted(Task task, UUID volunteer) {
        return new TaskAccepted(task.id(), kind(task), parcel(task), household(task), volunteer);
    }

    static TaskEvent released(Task task, UUID volunteer) {
        return new TaskReleased(task.id(), kind(task), parcel(task), household(task), volunteer);
    }

    static TaskEvent dropped(Task task, UUID volunteer, Proof proof) {
        return new TaskDropped(task.id(), kind(task), parcel(task), household(task), volunteer, proof);
    }

    static TaskEvent taken(Task task, UUID volunteer) {
        return new TaskDropUndone(task.id(), kind(task), parcel(task), household(task), volunteer);
    }

    static TaskEvent delivered(Task task, UUID volunteer, ConfirmedBy by) {
        return new TaskDelivered(task.id(), kind(task), parcel(task), household(task), volunteer, word(by));
    }

    static TaskEvent failed(Task task, UUID volunteer, FailureReason reason, boolean collected) {
        return new TaskFailed(task.id(), kind(task), parcel(task), household(task), volunteer, word(reason), collected);
    }

    static TaskEvent escalated(Task task, FailureReason reason) {
        return new TaskEscalated(
                task.id(),
                kind(task),
                parcel(task),
                household(task),
                word(reason),
                task.attempt().number());
    }

    private static String kind(Task task) {
        return word(task.kind());
    }

    private static @Nullable UUID parcel(Task task) {
        return task.work().parcelId();
    }

    private static UUID household(Task task) {
        return task.work().stop().household();
    }

    default String type() {
        return switch (this) {
            case TaskAccepted _ -> "task.accepted.v1";
            case TaskReleased _ -> "task.released.v1";
            case TaskDropped _ -> "task.dropped.v1";
            case TaskDropUndone _ -> "task.drop-undone.v1";
            case TaskDelivered _ -> "task.delivered.v1";
            case TaskFailed _ -> "task.failed.v1";
            case TaskEscalated _ -> "task.escalated.v1";
        };
    }

    /// The kebab-case word of an enum constant, as contracts and rows spell it.
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
