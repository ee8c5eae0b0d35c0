package io.linli.dispatch.task;

/// Why a parcel did not reach its door.
enum FailureReason {
    NOT_HOME,
    REFUSED,
    WRONG_ADDRESS,
    UNSAFE,
    OTHER
}
