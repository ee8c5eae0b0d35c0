package io.linli.local.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Work that another service refuses until it has heard of something: events travel, and take a moment.
public final class OnceKnown {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private OnceKnown() {}

    /// Does the work; tries again while it is refused with `notYet`.
    ///
    /// *Errors*: any other [Refused], and [Unanswered] after two minutes of "not yet".
    public static <T> T perform(String notYet, Supplier<T> work) {
        return Await.until("\"" + notYet + "\" ends", LIMIT, () -> {
            try {
                return Optional.of(work.get());
            } catch (Refused refused) {
                if (refused.is(notYet)) {
                    return Optional.empty();
                }
                throw refused;
            }
        });
    }
}
