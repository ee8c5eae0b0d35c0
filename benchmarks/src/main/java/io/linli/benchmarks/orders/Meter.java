package io.linli.benchmarks.orders;

import io.linli.benchmarks.host.CpuTime;
import io.linli.benchmarks.host.Host;
import io.linli.benchmarks.host.JavaProcess;
import io.linli.benchmarks.load.Load;
import io.linli.benchmarks.load.LoadClient;
import io.linli.benchmarks.orders.Point.Way;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Measures points against one village, and remembers how many orders were confirmed to its clients.
final class Meter {
    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final int CREATED = 201;
    private static final int CONFLICT = 409;
    private static final int SERVER_ERROR = 500;
    private static final double MEDIAN = 0.5;
    private static final double TAIL = 0.99;

    private final Host host;
    private final Services services;
    private final Village village;
    private final ResidentTokens tokens;
    private final @Nullable Pgbench pgbench;
    private final Map<Integer, String> samples = new TreeMap<>();
    private final Map<Integer, String> shown = new TreeMap<>();
    private long accepted;
    private long unknown;

    Meter(Host host, Services services, Village village, @Nullable Path pgbench, Path scripts) {
        this.host = host;
        this.services = services;
        this.village = village;
        this.tokens = new ResidentTokens(village, host.tokens());
        this.pgbench = pgbench == null ? null : new Pgbench(pgbench, host.database(), village, scripts);
    }

    long accepted() {
        return accepted;
    }

    long unknown() {
        return unknown;
    }

    /// The first answer of each status that nobody asked for, once.
    Map<Integer, String> newSamples() {
        var fresh = new TreeMap<>(samples);
        fresh.keySet().removeAll(shown.keySet());
        shown.putAll(fresh);
        return fresh;
    }

    /// Processor time is counted until the last event is out: publishing belongs to an order as well.
    Measured measure(Point point, Duration measured) {
        return point.way() == Way.PGBENCH ? byPgbench(point, measured) : byLoad(point, measured);
    }

    private Measured byPgbench(Point point, Duration measured) {
        double before = CpuTime.seconds(host.databaseProcesses());
        var outcome = java.util.Objects.requireNonNull(pgbench).run(point.orders(), measured);
        double used = CpuTime.seconds(host.databaseProcesses()) - before;
        accepted += outcome.done();
        var per1000 = per1000(used, outcome.done());
        return new Measured(0, 0, point, outcome.rate(), null, null, null, per1000, outcome.done(), 0, 0, 0);
    }

    private Measured byLoad(Point point, Duration measured) {
        var target = target(point.way());
        tokens.renew();
        var traffic = new OrderTraffic(village, tokens, point.orders(), point.soldOutPerMille());
        double before = used(target);
        var load = new LoadClient(target.address()).run(point.connections(), traffic, WARM_UP, measured);
        long eventsLeft = Services.eventsLeft(host);
        services.awaitPublished(host);
        return toMeasured(point, load, used(target) - before, eventsLeft);
    }

    private Measured toMeasured(Point point, Load load, double used, long eventsLeft) {
        long placed = load.answeredInAll(CREATED);
        long refused = load.answeredInAll(CONFLICT);
        long all = load.answeredInAll().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        accepted += placed;
        unknown += load.unknown() + uncertain(load);
        samples.putAll(load.samples());
        return new Measured(
                0,
                0,
                point,
                (load.answered(CREATED) + load.answered(CONFLICT)) / load.seconds(),
                load.millis(MEDIAN),
                load.millis(TAIL),
                load.millis(1),
                per1000(used, placed),
                placed,
                refused,
                all - placed - refused + load.unknown(),
                eventsLeft);
    }

    /// A service that fails or gives up does not say what became of the order.
    private static long uncertain(Load load) {
        return load.answeredInAll().entrySet().stream()
                .filter(status -> status.getKey() >= SERVER_ERROR)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static double per1000(double seconds, long orders) {
        return seconds * 1000 / Math.max(1, orders);
    }

    private JavaProcess target(Way way) {
        return switch (way) {
            case SERVICE -> services.service();
            case GATEWAY -> services.gateway();
            case PLAIN -> services.plain();
            case PGBENCH -> throw new IllegalArgumentException("pgbench needs no service");
        };
    }

    /// The service and the database; through the gateway, the gateway too.
    private double used(JavaProcess target) {
        var services = Stream.of(target.handle(), this.services.service().handle());
        return CpuTime.seconds(Stream.concat(services, host.databaseProcesses()));
    }
}
