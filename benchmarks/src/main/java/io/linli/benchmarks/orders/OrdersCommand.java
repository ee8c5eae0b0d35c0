package io.linli.benchmarks.orders;

import io.linli.benchmarks.host.Host;
import io.linli.benchmarks.host.HostOptions;
import io.linli.benchmarks.report.Machine;
import io.linli.benchmarks.report.Report;
import io.linli.local.system.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./linli bench orders`: how fast orders are placed, next to one transaction per order on the same server.
@Command(
        name = "orders",
        description = "Measures placing orders, closing a group buy and the organiser's report.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class OrdersCommand implements Callable<Integer> {
    private static final Duration QUICK = Duration.ofSeconds(4);
    private static final Duration QUICK_WARM_UP = Duration.ofSeconds(10);

    @Option(names = "--quick", description = "A few short points and nothing stored: to see that it works.")
    private boolean quick;

    @Option(names = "--seconds", defaultValue = "6", description = "How long each point is measured.")
    private int seconds = 6;

    @Option(
            names = "--warm-up",
            defaultValue = "60",
            description = "Seconds of load on each way before its first point.")
    private int warmUp = 60;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds that medians are taken over.")
    private int rounds = 3;

    @Option(names = "--stored", defaultValue = "5000000", description = "Orders stored for the second half, or 0.")
    private long stored = 5_000_000;

    @Option(names = "--jfr", description = "Record the service's flight to benchmarks/results/orders.jfr.")
    private boolean recorded;

    @Option(
            names = "--service-jvm",
            split = " ",
            defaultValue = "-XX:+UseSerialGC -Xms512m -Xmx512m",
            description = "Options of the JVMs of service, gateway and plain handler.")
    private List<String> serviceJvm = List.of();

    @Option(names = "--set", description = "A setting of the service, such as linli.database.connections-max=16.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--postgres", description = "A setting of PostgreSQL, such as shared_buffers=2GB.")
    private Map<String, String> postgres = new LinkedHashMap<>();

    @Option(names = "--home", hidden = true, defaultValue = ".linli/bench")
    private Path home = Path.of(".linli/bench");

    @Override
    public Integer call() {
        var say = new Progress(System.out::println);
        var machine = Machine.ofThisRun();
        say.say("Machine: " + machine);
        var results = Path.of("benchmarks/results");
        var plan = plan();
        var at = Clock.systemUTC().instant();
        try (var host = Host.start(hostOptions(), say)) {
            var stop = new Thread(host::close, "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            var outcome = new OrdersBench(host, plan, say, home).run(settings, recording(results));
            var report = new Report("orders", at, machine, told(), outcome.measured(), OrderBars.of(outcome, plan));
            say.say(outcome.tables());
            say.say("Bars\n" + report.verdicts());
            say.say("Written to " + report.write(results));
            Runtime.getRuntime().removeShutdownHook(stop);
            return report.exitCode();
        }
    }

    private OrdersBench.Plan plan() {
        return quick
                ? new OrdersBench.Plan(List.of(8, 64), QUICK, QUICK_WARM_UP, 1, 0)
                : new OrdersBench.Plan(
                        List.of(1, 8, 32, 64, 128),
                        Duration.ofSeconds(seconds),
                        Duration.ofSeconds(warmUp),
                        rounds,
                        stored);
    }

    private HostOptions hostOptions() {
        var all = new LinkedHashMap<String, String>();
        all.put("shared_buffers", "1GB");
        all.put("max_wal_size", "8GB");
        all.put("checkpoint_timeout", "15min");
        all.putAll(postgres);
        return new HostOptions(Path.of("").toAbsolutePath(), home.toAbsolutePath(), serviceJvm, all);
    }

    private @Nullable Path recording(Path results) {
        try {
            return recorded ? Files.createDirectories(results).toAbsolutePath().resolve("orders.jfr") : null;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Map<String, Object> told() {
        var told = new LinkedHashMap<String, Object>();
        told.put("plan", plan().toString());
        told.put("serviceJvm", String.join(" ", serviceJvm));
        told.put("service", settings);
        told.put("postgres", hostOptions().postgres());
        return told;
    }
}
