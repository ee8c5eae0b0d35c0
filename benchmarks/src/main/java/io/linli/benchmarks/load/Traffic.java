package io.linli.benchmarks.load;

import java.nio.ByteBuffer;

/// Where a load client takes its requests from; asked by one thread only.
@FunctionalInterface
public interface Traffic {

    /// Writes the next request, head and body, as it goes over the wire.
    void next(ByteBuffer request);

    /// Whether there is no next request any more, before the time is up.
    default boolean isOver() {
        return false;
    }
}
