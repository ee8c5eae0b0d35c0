package io.linli.benchmarks.orders;

import io.linli.benchmarks.host.Host;
import io.linli.benchmarks.orders.OrderTraffic.Shape;
import io.linli.benchmarks.orders.Point.Way;
import io.linli.local.system.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One run on one database: a grid of points, rounds in which what is compared takes turns, the closing of a group
/// buy, the organiser's report, and grid and rounds once more with orders already stored.
final class OrdersBench {
    static final int DESIGN_POINT = 64;

    private static final int SOLD_OUT_PER_MILLE = 20;

    /// One client alone fetches keys and opens connections before many come.
    private static final Duration FIRST = Duration.ofSeconds(1);

    private static final Village.Size SIZE = new Village.Size(5, 600, 20, 10, 50);

    private final Host host;
    private final Plan plan;
    private final Progress say;
    private final Path home;
    private final List<Measured> measured = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private long oversold;
    private Organiser.@Nullable Times organiser;

    /// @param connections of the grid
    /// @param seconds how long a point is measured
    /// @param rounds that medians are taken over
    /// @param stored orders stored before the second half, 0 for no second half
    record Plan(List<Integer> connections, Duration seconds, Duration warmUp, int rounds, long stored) {}

    /// @param oversold rows in which more was sold than there was or may be
    /// @param wrong all findings in the tables
    record Outcome(
            List<Measured> measured,
            long oversold,
            List<String> wrong,
            Organiser.@Nullable Times organiser,
            boolean pgbench) {

        String tables() {
            var text = new StringBuilder();
            for (long stored :
                    measured.stream().map(Measured::stored).distinct().toList()) {
                var rows =
                        measured.stream().filter(row -> row.stored() == stored).toList();
                text.append("\nWith %,d orders stored\n".formatted(stored)).append(Measured.table(rows));
            }
            wrong.forEach(finding -> text.append("WRONG: ").append(finding).append('\n'));
            return text.toString();
        }
    }

    OrdersBench(Host host, Plan plan, Progress say, Path home) {
        this.host = host;
        this.plan = plan;
        this.say = say;
        this.home = home;
    }

    /// @param settings of the service under load
    /// @param recording where its JVM records its flight
    Outcome run(Map<String, String> settings, @Nullable Path recording) {
        var services = Services.start(host, settings, recording);
        var pgbench = Pgbench.find();
        say.say(pgbench.map(program -> "pgbench: " + program)
                .orElse("pgbench is not installed (Debian: postgresql-contrib): nothing is compared with it"));
        try {
            phase(services, pgbench.orElse(null), 0);
            organiser = organiser(services);
            if (plan.stored() > 0) {
                store(services);
                phase(services, pgbench.orElse(null), plan.stored());
            }
        } catch (RuntimeException failed) {
            wrong.add("the run broke off: " + failed);
        }
        return new Outcome(measured, oversold, wrong, organiser, pgbench.isPresent());
    }

    /// What goes wrong here is short of its bars and no reason to throw the points away.
    private Organiser.Times organiser(Services services) {
        try {
            return new Organiser(host, services, say).measure();
        } catch (RuntimeException failed) {
            wrong.add("closing and report were not measured: " + failed);
            return Organiser.Times.NONE;
        }
    }

    private void store(Services services) {
        say.say("Storing %,d orders …".formatted(plan.stored()));
        long begin = System.nanoTime();
        services.awaitPublished(host);
        new StoredOrders(host.database(), plan.stored(), SIZE.items()).generate();
        say.say("  took " + Duration.ofNanos(System.nanoTime() - begin).toSeconds() + " s, "
                + host.database().text("SELECT pg_size_pretty(pg_database_size(current_database()))"));
    }

    private void phase(Services services, @Nullable Path pgbench, long stored) {
        var village = Village.settle(services.service().address(), host.tokens(), SIZE);
        Pgbench.load(host.database(), village);
        var run = new Meter(host, services, village, pgbench, home.resolve("pgbench"));
        host.database().execute("CHECKPOINT");
        warmUp(run);
        for (var way : List.of(Way.SERVICE, Way.GATEWAY)) {
            for (var shape : Shape.values()) {
                plan.connections().forEach(count -> point(run, stored, 0, Point.of(way, shape, count)));
            }
        }
        for (int round = 1; round <= plan.rounds(); round++) {
            for (var point : compared(pgbench != null)) {
                point(run, stored, round, point);
            }
        }
        check(run, village);
    }

    private void warmUp(Meter run) {
        say.say("Warming up …");
        for (var way : List.of(Way.SERVICE, Way.GATEWAY, Way.PLAIN)) {
            run.measure(Point.of(way, Shape.SPREAD, 1), FIRST);
            for (var shape : Shape.values()) {
                run.measure(Point.of(way, shape, DESIGN_POINT), plan.warmUp().dividedBy(Shape.values().length));
            }
        }
    }

    private static List<Point> compared(boolean pgbench) {
        var points = new ArrayList<Point>();
        for (var shape : Shape.values()) {
            points.add(Point.of(Way.SERVICE, shape, DESIGN_POINT));
            if (pgbench) {
                points.add(Point.of(Way.PGBENCH, shape, Pgbench.CLIENTS));
            }
        }
        points.add(new Point(Way.SERVICE, Shape.SPREAD, DESIGN_POINT, SOLD_OUT_PER_MILLE));
        points.add(Point.of(Way.GATEWAY, Shape.SPREAD, DESIGN_POINT));
        points.add(Point.of(Way.PLAIN, Shape.SPREAD, DESIGN_POINT));
        points.add(Point.of(Way.PLAIN, Shape.HOT, DESIGN_POINT));
        return points;
    }

    private void point(Meter run, long stored, int round, Point point) {
        var result = run.measure(point, plan.seconds()).as(stored, round);
        measured.add(result);
        say.say("  %-60s %,8.0f/s, %.2f CPU s per 1,000"
                .formatted((round == 0 ? "" : "round " + round + ": ") + point, result.rate(), result.cpuPer1000()));
        run.newSamples().forEach((status, body) -> say.say("    answered " + status + ": " + body));
    }

    private void check(Meter run, Village village) {
        say.say("Checking the tables …");
        var findings = new TableCheck(host.database(), village.groupBuys()).check(run.accepted(), run.unknown());
        oversold += findings.oversold();
        wrong.addAll(findings.wrong());
        say.say("  %,d orders, %d oversold, %d findings"
                .formatted(run.accepted(), findings.oversold(), findings.wrong().size()));
    }
}
