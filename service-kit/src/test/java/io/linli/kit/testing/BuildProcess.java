package io.linli.kit.testing;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// The process whose end is the end of this test run: Maven when surefire forked us, else this JVM itself.
record BuildProcess(ProcessHandle process) {

    static BuildProcess current() {
        var self = ProcessHandle.current();
        return new BuildProcess(forkedBySurefire() ? nearestJavaAbove(self).orElse(self) : self);
    }

    private static boolean forkedBySurefire() {
        return System.getProperty("surefire.test.class.path") != null
                || System.getProperty("surefire.real.class.path") != null;
    }

    /// Between Maven and its fork there may be a shell.
    private static Optional<ProcessHandle> nearestJavaAbove(ProcessHandle self) {
        return Stream.iterate(self.parent(), Optional::isPresent, above -> above.flatMap(ProcessHandle::parent))
                .flatMap(Optional::stream)
                .filter(BuildProcess::isJava)
                .findFirst();
    }

    private static boolean isJava(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString().equals("java"))
                .orElse(false);
    }

    static Optional<BuildProcess> named(String name) {
        var parts = name.split("-");
        return ProcessHandle.of(Long.parseLong(parts[0]))
                .map(BuildProcess::new)
                .filter(found -> found.name().equals(name));
    }

    /// Process id and start, because an id may be given again.
    String name() {
        long startedAt = process.info()
                .startInstant()
                .map(java.time.Instant::toEpochMilli)
                .orElse(0L);
        return process.pid() + "-" + startedAt;
    }
}
