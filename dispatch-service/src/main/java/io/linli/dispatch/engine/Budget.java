package io.linli.dispatch.engine;

import java.time.Duration;

/// When a search ends, and how far it is: it becomes pickier as it goes.
public sealed interface Budget {
    /// The same plan for the same problem and seed, however fast the machine is.
    record Iterations(long count) implements Budget {}

    record Time(Duration limit) implements Budget {}
}
