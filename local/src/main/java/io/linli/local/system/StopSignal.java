package io.linli.local.system;

import java.util.List;
import sun.misc.Signal;

/// Ctrl-C, SIGTERM and a closed terminal, heard before the JVM's shutdown begins.
///
/// The embedded broker stops itself in a shutdown hook of its own; only what happens before that keeps the order in
/// which services stop first and the broker and PostgreSQL last.
final class StopSignal {

    private StopSignal() {}

    /// The first signal does `stop` on a thread of its own; a second one of an impatient person is not heard.
    static void onFirst(Runnable stop) {
        var heard = new java.util.concurrent.atomic.AtomicBoolean();
        for (var name : List.of("INT", "TERM", "HUP")) {
            Signal.handle(new Signal(name), signal -> {
                if (heard.compareAndSet(false, true)) {
                    new Thread(stop, "stop").start();
                }
            });
        }
    }
}
