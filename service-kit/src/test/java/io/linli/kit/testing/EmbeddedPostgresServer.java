package io.linli.kit.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A PostgreSQL server unpacked from a jar and run as a child process, with data that may be kept.
///
/// *Errors*: [IllegalStateException] when the server does not come up or a stale one does not go away within its limit.
public final class EmbeddedPostgresServer implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofSeconds(90);
    private static final Duration STOP_MAX = Duration.ofSeconds(10);
    private static final String SUPERUSER = "postgres";

    private final EmbeddedPostgres server;

    private EmbeddedPostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /// A fast server for tests: nothing is flushed, a free port, the data is deleted on close.
    public static EmbeddedPostgresServer throwaway(Path dataDirectory, Path binaries) {
        var builder = prepared(dataDirectory, binaries)
                .setCleanDataDirectory(true)
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("synchronous_commit", "off");
        return start(builder, dataDirectory);
    }

    /// A server whose commits survive a crash; data of an earlier run, also of a crashed one, is taken up again.
    public static EmbeddedPostgresServer durable(Path dataDirectory, Path binaries, int port) {
        return durable(dataDirectory, binaries, port, Map.of());
    }

    /// The same with settings of `postgresql.conf` of its own, which go before ours.
    public static EmbeddedPostgresServer durable(
            Path dataDirectory, Path binaries, int port, Map<String, String> settings) {
        var builder = prepared(dataDirectory, binaries)
                .setPort(port)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on");
        settings.forEach(builder::setServerConfig);
        return start(builder, dataDirectory);
    }

    private static EmbeddedPostgres.Builder prepared(Path dataDirectory, Path binaries) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(dataDirectory)
                .setOverrideWorkingDirectory(binaries.toFile())
                .setPGStartupWait(START_MAX)
                .setRegisterShutdownHook(false)
                .setLocaleConfig("locale", "C")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "64MB")
                .setServerConfig("logging_collector", "off")
                .setServerConfig("timezone", "UTC");
    }

    private static EmbeddedPostgresServer start(EmbeddedPostgres.Builder builder, Path dataDirectory) {
        endStale(dataDirectory);
        try {
            Files.createDirectories(dataDirectory.toAbsolutePath().getParent());
            var log = dataDirectory
                    .resolveSibling(dataDirectory.getFileName() + ".log")
                    .toFile();
            var redirect = ProcessBuilder.Redirect.appendTo(log);
            return new EmbeddedPostgresServer(builder.setOutputRedirector(redirect)
                    .setErrorRedirector(redirect)
                    .start());
        } catch (IOException notStarted) {
            throw new IllegalStateException("PostgreSQL did not start in " + dataDirectory, notStarted);
        }
    }

    /// Ends a server that a crashed process left running in this data directory; does nothing when there is none.
    public static void endStale(Path dataDirectory) {
        var stale = postmasterOf(dataDirectory);
        if (stale.isEmpty()) {
            return;
        }
        for (String signal : List.of("INT", "QUIT", "KILL")) {
            signal(stale.get(), signal);
            if (endedWithin(stale.get())) {
                return;
            }
        }
        throw new IllegalStateException("the PostgreSQL of an earlier run does not end, process "
                + stale.get().pid() + " in " + dataDirectory);
    }

    private static Optional<ProcessHandle> postmasterOf(Path dataDirectory) {
        var pidFile = dataDirectory.resolve("postmaster.pid");
        try {
            if (!Files.exists(pidFile)) {
                return Optional.empty();
            }
            var lines = Files.readAllLines(pidFile);
            if (lines.size() < 2 || !sameDirectory(Path.of(lines.get(1).strip()), dataDirectory)) {
                return Optional.empty();
            }
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> isPostgresOf(process, lines.get(1).strip()));
        } catch (IOException | NumberFormatException unreadable) {
            throw new IllegalStateException("cannot read " + pidFile, unreadable);
        }
    }

    private static boolean sameDirectory(Path recorded, Path dataDirectory) throws IOException {
        return Files.isDirectory(recorded) && Files.isSameFile(recorded, dataDirectory);
    }

    /// A process id may have been given to somebody else since: only a postgres that names this directory is ours.
    private static boolean isPostgresOf(ProcessHandle process, String directory) {
        var info = process.info();
        boolean postgres = info.command()
                .map(Path::of)
                .map(Path::getFileName)
                .map(Path::toString)
                .filter("postgres"::equals)
                .isPresent();
        return postgres
                && info.arguments()
                        .map(List::of)
                        .map(all -> all.contains(directory))
                        .orElse(true);
    }

    /// A fast shutdown is SIGINT, which Java cannot send: SIGTERM would wait for clients that may never leave.
    private static void signal(ProcessHandle process, String signal) {
        try {
            var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
            kill.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean endedWithin(ProcessHandle process) {
        try {
            process.onExit().get(STOP_MAX.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.util.concurrent.ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return server.getPort();
    }

    /// The superuser; it needs no password, the server listens on loopback only.
    public String superuser() {
        return SUPERUSER;
    }

    /// A JDBC URL of a database as the superuser.
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s?user=%s".formatted(host(), port(), database, SUPERUSER);
    }

    /// Stops the server with a fast shutdown; open transactions are rolled back.
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
