package io.linli.groupbuy.capacity;

/// What another service said about its room, if anything.
sealed interface Heard<T> {

    record Said<T>(T room) implements Heard<T> {}

    /// It was too slow, away, or made no sense.
    record Nothing<T>() implements Heard<T> {}
}
