package io.linli.local.system;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Small questions to tools of the operating system; a tool that is not there answers nothing.
final class Commands {

    private static final int LIMIT_SECONDS = 5;

    private Commands() {}

    static Optional<String> firstLine(String... command) {
        return lines(command).stream().findFirst();
    }

    static List<String> lines(String... command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var text = new String(process.getInputStream().readAllBytes(), java.nio.charset.Charset.defaultCharset());
            process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            return text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException absent) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
