package io.linli.dispatch.task;

/// What a volunteer is asked to do for a household.
public enum TaskKind {
    /// A parcel goes from the station to the door.
    DELIVERY,
    /// Something goes from the door back to the station.
    RETURN,
    ERRAND,
    MEDICINE,
    CHECK_IN
}
