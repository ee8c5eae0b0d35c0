package io.linli.benchmarks.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// What a run ran on: kinds only, no name of a host.
///
/// *Units:* gibibytes.
public record Machine(String processor, int processors, long memory, String system, String java) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.+)$");
    private static final Pattern TOTAL = Pattern.compile("(?m)^MemTotal:\\s*(\\d+) kB$");
    private static final long KIB_PER_GIB = 1L << 20;

    public static Machine ofThisRun() {
        return new Machine(
                found(PROCESSORS, MODEL, System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                Math.round(Long.parseLong(found(MEMORY, TOTAL, "0")) / (double) KIB_PER_GIB),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
    }

    private static String found(Path file, Pattern what, String otherwise) {
        if (!Files.isReadable(file)) {
            return otherwise;
        }
        try {
            var match = what.matcher(Files.readString(file));
            return match.find() ? match.group(1).strip() : otherwise;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public String toString() {
        return "%s, %d processors, %d GiB, %s, %s".formatted(processor, processors, memory, system, java);
    }
}
