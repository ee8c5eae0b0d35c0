package io.linli.local.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What the system holds resident, this JVM, its children and PostgreSQL together.
///
/// *Units*: mebibytes. On Linux pages shared between processes count once (PSS), elsewhere `ps` counts them each time.
final class Memory {

    private Memory() {}

    static long megabytes(Stream<ProcessHandle> processes) {
        return processes.mapToLong(process -> kilobytes(process.pid())).sum() / 1024;
    }

    private static long kilobytes(long pid) {
        return proportional(pid)
                .orElseGet(() -> Commands.firstLine("ps", "-o", "rss=", "-p", Long.toString(pid))
                        .map(Long::parseLong)
                        .orElse(0L));
    }

    private static OptionalLong proportional(long pid) {
        var rollup = Path.of("/proc/" + pid + "/smaps_rollup");
        if (!Files.isReadable(rollup)) {
            return OptionalLong.empty();
        }
        try (var lines = Files.lines(rollup)) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException | java.io.UncheckedIOException gone) {
            return OptionalLong.empty();
        }
    }
}
