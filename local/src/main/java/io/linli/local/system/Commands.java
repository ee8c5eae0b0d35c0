package io.linli.local.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Small questions to tools of the operating system; a tool that is not there or takes too long answers nothing.
final class Commands {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private Commands() {}

    static Optional<String> firstLine(String... command) {
        return lines(LIMIT, command).stream().findFirst();
    }

    static List<String> lines(Duration limit, String... command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.onExit()
                    .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(_ -> process.destroyForcibly());
            return process.inputReader()
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException | UncheckedIOException absent) {
            return List.of();
        }
    }
}
