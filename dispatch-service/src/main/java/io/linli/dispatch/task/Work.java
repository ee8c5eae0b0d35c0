package io.linli.dispatch.task;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is to be done, and where. *Units*: grams.
///
/// @param parcel what the station calls it; only deliveries and returns have one
/// @param note for the eyes of the volunteer who accepted; forgotten when the task is over
record Work(
        TaskKind kind,
        Stop stop,
        @Nullable Parcel parcel,
        long weightGrams,
        Needs needs,
        @Nullable String note) {

    /// A household's place in the compound; *Units*: x and y are metres from the gate.
    record Stop(UUID household, UUID building, String buildingName, double x, double y, int floor, boolean lift) {}

    /// A parcel as the station knows it; *Units*: version counts the station's changes of it.
    record Parcel(UUID id, long version, String label) {}

    Work {
        if ((kind == TaskKind.DELIVERY) != (parcel != null)) {
            throw new IllegalArgumentException("a delivery has a parcel, and nothing else has");
        }
    }

    @Nullable
    UUID parcelId() {
        return parcel == null ? null : parcel.id();
    }

    /// What outlives a single task: the parcel, of which another attempt makes a new task, else the task itself.
    UUID subject(UUID task) {
        return parcel == null ? task : parcel.id();
    }
}
