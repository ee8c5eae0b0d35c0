package io.linli.local.system;

/// A started service: in this JVM or as a process of its own.
interface Running extends AutoCloseable {

    /// Stops it within its limit; never throws.
    @Override
    void close();
}
