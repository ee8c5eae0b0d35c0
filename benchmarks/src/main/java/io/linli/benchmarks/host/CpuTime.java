package io.linli.benchmarks.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/// The processor time that processes have used up, with all their descendants.
///
/// *Units:* seconds, user and system together. *Source:* `/proc/<pid>/stat` (proc(5)), where the time of children that
/// have ended is kept by their parent; elsewhere what the JDK knows of processes that live.
public final class CpuTime {
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER = 11;
    private static final int SYSTEM_OF_ENDED_CHILDREN = 14;

    private CpuTime() {}

    public static double seconds(Stream<ProcessHandle> processes) {
        return processes
                .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                .distinct()
                .mapToDouble(CpuTime::seconds)
                .sum();
    }

    private static double seconds(ProcessHandle process) {
        var stat = Path.of("/proc/" + process.pid() + "/stat");
        if (!Files.isReadable(stat)) {
            return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
        }
        try {
            return ofStat(Files.readString(stat));
        } catch (IOException gone) {
            return 0;
        }
    }

    /// The name in brackets may hold spaces and brackets of its own, so fields count from the last one.
    static double ofStat(String stat) {
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int field = USER; field <= SYSTEM_OF_ENDED_CHILDREN; field++) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks / TICKS_PER_SECOND;
    }
}
