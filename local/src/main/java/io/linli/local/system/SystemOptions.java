package io.linli.local.system;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options shared by all commands, and the system they work on: the running one, else one for this command only.
public final class SystemOptions {

    public static final String OPERATOR_PHONE = ServiceSettings.OPERATOR_PHONE;

    private static final int INTERRUPTED = 130;

    @Option(names = "--processes", description = "Each service as its own process, restarted when it dies.")
    private boolean processes;

    @Option(
            names = "--port-base",
            defaultValue = "8080",
            description = "Port of the gateway; all others follow it (default: 8080).")
    private int portBase = 8080;

    @Option(names = "--home", hidden = true, defaultValue = ".linli", description = "Data, secrets, logs.")
    private Path home = Path.of(".linli");

    public Home home() {
        return new Home(home);
    }

    private LocalSystem.Options options(Map<String, String> settings) {
        return new LocalSystem.Options(
                Path.of("").toAbsolutePath(), home(), processes, portBase, System.getenv(), settings);
    }

    /// Runs the work on the running system, or on one that lives as long as the work.
    public int withSystem(Progress say, ToIntFunction<RunningSystem> work) {
        var found = RunningSystem.find(home(), say);
        if (found.isPresent()) {
            return work.applyAsInt(found.get());
        }
        return withOwnSystem(say, Map.of(), work);
    }

    /// Runs the work on a system of its own, whose services are told these settings too.
    ///
    /// *Errors*: [CannotStart] when a system runs already: it was told others.
    public int withOwnSystem(Progress say, Map<String, String> settings, ToIntFunction<RunningSystem> work) {
        say.say("Starting a system in " + home().directory() + " for this command …");
        try (var system = start(say, settings, started -> stop(started, say))) {
            return work.applyAsInt(system.describe());
        } finally {
            say.say("Stopped.");
        }
    }

    /// Starts the system. A signal during the start breaks it off; one after it does `onSignal`.
    public LocalSystem start(Progress say, Consumer<LocalSystem> onSignal) {
        return start(say, Map.of(), onSignal);
    }

    private LocalSystem start(Progress say, Map<String, String> settings, Consumer<LocalSystem> onSignal) {
        var starting = Thread.currentThread();
        var system = new AtomicReference<@Nullable LocalSystem>();
        StopSignal.onFirst(() -> {
            var started = system.get();
            if (started == null) {
                starting.interrupt();
            } else {
                onSignal.accept(started);
            }
        });
        var started = LocalSystem.start(options(settings), say);
        system.set(started);
        return started;
    }

    private static void stop(LocalSystem system, Progress say) {
        say.say("Stopping …");
        system.close();
        Runtime.getRuntime().halt(INTERRUPTED);
    }
}
