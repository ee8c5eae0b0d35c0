package io.linli.dispatch.task;

/// Why a task could not be done.
enum FailureReason {
    NOT_HOME,
    REFUSED,
    WRONG_ADDRESS,
    NOT_READY,
    UNSAFE,
    OTHER;

    /// The volunteer who met this is not sent there again.
    boolean isBetweenPeople() {
        return this == REFUSED || this == UNSAFE;
    }
}
