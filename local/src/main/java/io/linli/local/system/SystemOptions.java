package io.linli.local.system;

import java.nio.file.Path;
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

    private LocalSystem.Options options() {
        return new LocalSystem.Options(Path.of("").toAbsolutePath(), home(), processes, portBase, System.getenv());
    }

    /// Runs the work on the running system, or on one that lives as long as the work.
    public int withSystem(Progress say, ToIntFunction<RunningSystem> work) {
        var found = RunningSystem.find(home(), say);
        if (found.isPresent()) {
            return work.applyAsInt(found.get());
        }
        say.say("Starting a system in " + home().directory() + " for this command …");
        try (var system = start(say, started -> stop(started, say))) {
            return work.applyAsInt(system.describe());
        } finally {
            say.say("Stopped.");
        }
    }

    /// Starts the system. A signal during the start breaks it off; one after it does `onSignal`.
    public LocalSystem start(Progress say, Consumer<LocalSystem> onSignal) {
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
        var started = LocalSystem.start(options(), say);
        system.set(started);
        return started;
    }

    private static void stop(LocalSystem system, Progress say) {
        say.say("Stopping …");
        system.close();
        Runtime.getRuntime().halt(INTERRUPTED);
    }
}
