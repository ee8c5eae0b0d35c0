package io.linli.local.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A service as a process of its own, from its boot jar. One that dies is started again, after a growing pause.
final class ChildProcess implements Running {

    private static final List<String> JVM = List.of(
            "-Xms32m",
            "-Xmx160m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration SOUND_AFTER = Duration.ofMinutes(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private final Service service;
    private final Map<String, String> settings;
    private final Path project;
    private final Home home;
    private final Progress say;
    private volatile boolean stopping;
    private @Nullable Process process;

    private ChildProcess(Service service, Map<String, String> settings, Path project, Home home, Progress say) {
        this.service = service;
        this.settings = settings;
        this.project = project;
        this.home = home;
        this.say = say;
    }

    static ChildProcess start(Service service, Map<String, String> settings, Path project, Home home, Progress say) {
        var child = new ChildProcess(service, settings, project, home, say);
        endStale(service, home, say);
        child.launch();
        Thread.ofVirtual().name("watch " + service.name()).start(child::watch);
        return child;
    }

    /// A launcher that was killed leaves its services behind: a pid is only trusted when the command line names
    /// the jar.
    static void endStale(Service service, Home home, Progress say) {
        var file = home.pid(service.name());
        PidFile.firstLine(file)
                .flatMap(ProcessHandle::of)
                .filter(process -> process.info().commandLine().orElse("").contains(service.name() + "-"))
                .ifPresent(process -> {
                    say.say("  " + service.name() + " of a crashed run is stopped (pid " + process.pid() + ")");
                    end(process);
                });
        PidFile.delete(file);
    }

    private synchronized void launch() {
        if (stopping) {
            return;
        }
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new java.util.ArrayList<>(List.of(java));
        command.addAll(JVM);
        command.addAll(List.of("-jar", jar().toString()));
        var builder = new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(home.log(service.name()).toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("LINLI_"));
        settings.forEach((name, value) -> builder.environment().put(ServiceSettings.environmentName(name), value));
        try {
            process = builder.start();
            PidFile.write(home.pid(service.name()), process.pid());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path jar() {
        var target = project.resolve(service.name()).resolve("target");
        try (var jars = Files.newDirectoryStream(target, service.name() + "-*-exec.jar")) {
            for (var jar : jars) {
                return jar;
            }
        } catch (IOException e) {
            throw new CannotStart("no boot jar in " + target, e);
        }
        throw new CannotStart("no boot jar in " + target);
    }

    private void watch() {
        var pause = FIRST_PAUSE;
        while (!stopping) {
            long start = System.nanoTime();
            var watched = current();
            var code = watched == null ? -1 : exitOf(watched);
            if (stopping) {
                return;
            }
            var lived = Duration.ofNanos(System.nanoTime() - start);
            pause = lived.compareTo(SOUND_AFTER) > 0 ? FIRST_PAUSE : pause;
            say.say("  %s ended (%d) and is started again in %s"
                    .formatted(service.name(), code, Progress.seconds(pause)));
            sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            launchAgain();
        }
    }

    /// Whatever keeps it from starting may be over after the next pause.
    private void launchAgain() {
        try {
            launch();
        } catch (RuntimeException e) {
            say.say("  %s cannot be started: %s".formatted(service.name(), e.getMessage()));
        }
    }

    private synchronized @Nullable Process current() {
        return process;
    }

    private static int exitOf(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        Process last;
        synchronized (this) {
            stopping = true;
            last = process;
        }
        if (last != null) {
            end(last.toHandle());
        }
        PidFile.delete(home.pid(service.name()));
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException late) {
            process.destroyForcibly();
        }
    }
}
