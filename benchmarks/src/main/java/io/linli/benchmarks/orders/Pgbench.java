package io.linli.benchmarks.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.linli.benchmarks.host.Database;
import io.linli.benchmarks.orders.OrderTraffic.Shape;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// PostgreSQL's own load client with one transaction per order, one call each: what the same server does without a
/// service, as the service's role under row-level security. *Source:* `bench/place-order.sql`.
final class Pgbench {
    static final int CLIENTS = 16;

    private static final int THREADS = 2;
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final Pattern TPS = Pattern.compile("(?m)^tps = ([0-9.]+)");
    private static final Pattern DONE = Pattern.compile("(?m)^number of transactions actually processed: ([0-9]+)");
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final Path program;
    private final Database database;
    private final Village village;
    private final Path scripts;

    Pgbench(Path program, Database database, Village village, Path scripts) {
        this.program = program;
        this.database = database;
        this.village = village;
        this.scripts = scripts;
    }

    record Outcome(double rate, long done) {}

    /// Where it is installed: on the path, or beside Debian's newest server.
    static Optional<Path> find() {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        var onPath = Arrays.stream(path.split(File.pathSeparator)).map(folder -> Path.of(folder, "pgbench"));
        return Stream.concat(onPath, debian()).filter(Files::isExecutable).findFirst();
    }

    private static Stream<Path> debian() {
        if (!Files.isDirectory(DEBIAN)) {
            return Stream.empty();
        }
        try (var versions = Files.list(DEBIAN)) {
            return versions
                    .sorted(Comparator.reverseOrder())
                    .map(version -> version.resolve("bin/pgbench"))
                    .toList()
                    .stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Stores the function and whom and what it chooses from, in place of those of an earlier village.
    static void load(Database database, Village village) {
        database.execute("DROP SCHEMA IF EXISTS bench CASCADE");
        database.execute(resource().replace("${appRole}", database.application()));
        try (var connection = database.connect();
                var residents = connection.prepareStatement("INSERT INTO bench.resident VALUES (?, ?, ?, ?, ?, ?)");
                var offers = connection.prepareStatement("INSERT INTO bench.offer VALUES (?, ?, ?, ?)")) {
            int number = 0;
            for (int at = 0; at < village.communities().size(); at++) {
                var community = village.communities().get(at);
                for (var resident : community.residents()) {
                    add(
                            residents,
                            ++number,
                            community.id(),
                            at,
                            resident.household(),
                            resident.member(),
                            resident.account());
                }
                for (int offer = 0; offer < community.offers().size(); offer++) {
                    var chosen = community.offers().get(offer);
                    var items = connection.createArrayOf("uuid", chosen.items().toArray(UUID[]::new));
                    add(offers, at, offer, chosen.id(), items);
                }
            }
            residents.executeBatch();
            offers.executeBatch();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void add(java.sql.PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.addBatch();
    }

    private static String resource() {
        try (InputStream sql = Pgbench.class.getResourceAsStream("/bench/place-order.sql")) {
            return new String(Objects.requireNonNull(sql).readAllBytes(), UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Outcome run(Shape shape, Duration measured) {
        try {
            var script = Files.writeString(Files.createDirectories(scripts).resolve(shape + ".sql"), script(shape));
            var command = List.of(
                    program.toString(),
                    "--host=" + database.host(),
                    "--port=" + database.port(),
                    "--username=" + database.application(),
                    "--client=" + CLIENTS,
                    "--jobs=" + THREADS,
                    "--protocol=prepared",
                    "--time=" + measured.toSeconds(),
                    "--no-vacuum",
                    "--file=" + script,
                    database.name());
            return parse(output(command, measured.plus(GRACE)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String script(Shape shape) {
        var first = village.communities().getFirst();
        int items = first.offers().getFirst().items().size();
        boolean hot = shape == Shape.HOT;
        int residents = hot
                ? first.residents().size()
                : first.residents().size() * village.communities().size();
        var lines = new ArrayList<String>();
        lines.add("\\set resident random(1, %d)".formatted(residents));
        lines.add("\\set offer "
                + (hot ? "0" : "random(0, %d)".formatted(first.offers().size() - 1)));
        lines.add("\\set one " + (hot ? "0" : "random(0, %d)".formatted(items - 1)));
        lines.add("\\set step random(1, %d)".formatted(items - 1));
        lines.add("\\set other (:one + :step) %% %d".formatted(items));
        lines.add("SELECT bench.place_order(:resident, :offer, :one, :other);");
        return String.join("\n", lines) + "\n";
    }

    private String output(List<String> command, Duration limit) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", database.password());
        var process = builder.start();
        process.onExit().orTimeout(limit.toSeconds(), TimeUnit.SECONDS).exceptionally(_ -> process.destroyForcibly());
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    static Outcome parse(String output) {
        var tps = TPS.matcher(output);
        var done = DONE.matcher(output);
        if (!tps.find() || !done.find()) {
            throw new IllegalStateException("pgbench did not finish:\n" + output);
        }
        return new Outcome(Double.parseDouble(tps.group(1)), Long.parseLong(done.group(1)));
    }
}
