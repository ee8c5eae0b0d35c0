package io.linli.local;

import io.linli.local.demo.DemoCommand;
import io.linli.local.replay.ReplayCommand;
import io.linli.local.system.CannotStart;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// What `./linli` starts: the whole system on this machine, a demo of it, or a replay of real deliveries.
@Command(
        name = "linli",
        subcommands = {UpCommand.class, DemoCommand.class, ReplayCommand.class},
        mixinStandardHelpOptions = true)
public final class Linli {

    private Linli() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Linli()).setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof CannotStart) {
                command.getErr().println(failure.getMessage());
            } else {
                command.getErr().println("Failed: " + failure);
                command.getErr().println("Run the same command again to go on; the log is in .linli/logs.");
            }
            return 1;
        });
    }
}
