package io.linli.station.parcel;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Heard from dispatch-service about a task, with only the fields read here; what carries no parcel up is no news here.
sealed interface TaskNews {
    UUID taskId();

    @Nullable
    UUID parcelId();

    UUID householdId();

    record TaskAccepted(UUID taskId, @Nullable UUID parcelId, UUID householdId, UUID volunteerId) implements TaskNews {}

    record TaskReleased(UUID taskId, @Nullable UUID parcelId, UUID householdId, UUID volunteerId) implements TaskNews {}

    record TaskDropped(UUID taskId, @Nullable UUID parcelId, UUID householdId, UUID volunteerId, Proof proof)
            implements TaskNews {}

    record TaskDropUndone(UUID taskId, @Nullable UUID parcelId, UUID householdId, UUID volunteerId)
            implements TaskNews {}

    record TaskDelivered(UUID taskId, @Nullable UUID parcelId, UUID householdId, String confirmedBy)
            implements TaskNews {}

    record TaskFailed(
            UUID taskId,
            @Nullable UUID parcelId,
            UUID householdId,
            @Nullable UUID volunteerId,
            String reason,
            boolean collected)
            implements TaskNews {}

    /// What the volunteer left as evidence; the station keeps only its hash.
    record Proof(@Nullable String sha256) {}
}
