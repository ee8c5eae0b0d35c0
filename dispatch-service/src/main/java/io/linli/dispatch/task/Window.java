package io.linli.dispatch.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When a task should be done; a side that is absent is open.
public record Window(@Nullable Instant earliest, @Nullable Instant latest) {

    public static final Window ANY = new Window(null, null);

    public Window {
        if (earliest != null && latest != null && !earliest.isBefore(latest)) {
            throw new IllegalArgumentException("a window must end after it begins");
        }
    }
}
