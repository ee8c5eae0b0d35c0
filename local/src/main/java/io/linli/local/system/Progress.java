package io.linli.local.system;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Tells the person at the keyboard what happens, one line each.
public record Progress(Consumer<String> line) {

    public void say(String text) {
        line.accept(text);
    }

    <T> T timed(String what, Supplier<T> work) {
        long start = System.nanoTime();
        var result = work.get();
        say("  %-28s %s".formatted(what, seconds(Duration.ofNanos(System.nanoTime() - start))));
        return result;
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
