package io.linli.local.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Waits for something the system does in its own time, with a limit.
public final class Await {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private Await() {}

    /// *Errors*: [Unanswered] naming `what` when it has not come about within the limit.
    public static <T> T until(String what, Duration limit, Supplier<Optional<T>> look) {
        long end = System.nanoTime() + limit.toNanos();
        var pause = PAUSE;
        while (true) {
            var found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() > end) {
                throw new Unanswered(what + ": not within " + limit.toSeconds() + " s", null);
            }
            sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    public static void untilTrue(String what, Duration limit, Supplier<Boolean> look) {
        until(what, limit, () -> look.get() ? Optional.of(true) : Optional.empty());
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unanswered("interrupted", e);
        }
    }
}
