package io.linli.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.linli.benchmarks.dispatch.DispatchCommand;
import io.linli.benchmarks.orders.OrdersCommand;
import io.linli.local.system.CannotStart;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// What `./linli bench` starts. Every bench ends with the table of its bars and exits 1 when one is short.
@Command(
        name = "bench",
        subcommands = {OrdersCommand.class, DispatchCommand.class},
        mixinStandardHelpOptions = true)
public final class Bench {

    private Bench() {}

    static void main(String[] args) {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
        System.exit(new CommandLine(new Bench())
                .setExecutionExceptionHandler((failure, command, _) -> {
                    if (failure instanceof CannotStart) {
                        command.getErr().println(failure.getMessage());
                    } else {
                        failure.printStackTrace(command.getErr());
                    }
                    return 1;
                })
                .execute(args));
    }
}
