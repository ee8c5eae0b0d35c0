package io.linli.local.system;

import java.nio.file.Path;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Option;

/// Options shared by all commands, and the system they work on: the running one, else one for this command only.
public final class SystemOptions {

    public static final String OPERATOR_PHONE = ServiceSettings.OPERATOR_PHONE;

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

    public LocalSystem.Options options() {
        return new LocalSystem.Options(Path.of("").toAbsolutePath(), home(), processes, portBase, System.getenv());
    }

    /// Runs the work on the running system, or on one that lives as long as the work.
    public int withSystem(Progress say, ToIntFunction<RunningSystem> work) {
        var found = RunningSystem.find(home(), say);
        if (found.isPresent()) {
            return work.applyAsInt(found.get());
        }
        LogFile.use(home());
        say.say("Starting a system in " + home().directory() + " for this command …");
        var system = LocalSystem.start(options(), say);
        var hook = new Thread(system::close, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.applyAsInt(system.describe());
        } finally {
            say.say("Stopping …");
            system.close();
        }
    }
}
