package io.linli.dispatch.engine;

/// Why a vehicle cannot do a job.
public enum Reason {
    /// Too heavy or too large, or for what else is carried on the trip.
    CAPACITY,
    /// It would be done outside its windows, or something promised would.
    WINDOW,
    SKILL,
    EXPOSURE,
    REFUSED,
    /// The shift is too short for it, or the trips or minutes are used up.
    SHIFT,
    /// The building may not be entered, or has too many stairs.
    ACCESS,
    /// It is loaded at another station.
    STATION,
    /// It is promised to somebody else.
    PINNED
}
