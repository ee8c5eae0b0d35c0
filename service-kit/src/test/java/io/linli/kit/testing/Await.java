package io.linli.kit.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/// Waiting for a condition with a limit, instead of sleeping; a missed limit fails the test.
public final class Await {

    private static final Duration POLL = Duration.ofMillis(20);

    private Await() {}

    /// Waits until the condition holds.
    public static void until(Duration limit, Callable<Boolean> condition) {
        await(limit).until(condition);
    }

    /// Waits until the condition holds; a failure names what was waited for.
    public static void until(String what, Duration limit, Callable<Boolean> condition) {
        await(limit).alias(what).until(condition);
    }

    /// Waits until there is a value and answers it.
    public static <T> T untilPresent(String what, Duration limit, Callable<Optional<T>> value) {
        return await(limit).alias(what).until(value, Optional::isPresent).orElseThrow();
    }

    /// Waits until the assertions pass; a failure shows the last one that did not.
    public static void untilAsserted(Duration limit, Runnable assertions) {
        await(limit).untilAsserted(assertions::run);
    }

    private static ConditionFactory await(Duration limit) {
        return Awaitility.await().atMost(limit).pollDelay(Duration.ZERO).pollInterval(POLL);
    }
}
