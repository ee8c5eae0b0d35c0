package io.linli.benchmarks.host;

import io.linli.kit.testing.EmbeddedBroker;
import io.linli.kit.testing.EmbeddedPostgresServer;
import io.linli.kit.testing.TestTokens;
import io.linli.local.system.CannotStart;
import io.linli.local.system.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/// What an order needs around it, on this machine and durable: PostgreSQL with fsync and synchronous_commit, a broker
/// and a queue in this JVM, a key for tokens. The services under load are processes of their own.
public final class Host implements AutoCloseable {
    private static final String POSTGRES = "postgres";

    private final HostOptions options;
    private final Progress say;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final TestTokens tokens;
    private final Database database;
    private final EmbeddedBroker broker;
    private final EventSink sink;
    private final Doors doors;

    private Host(HostOptions options, Progress say) {
        this.options = options;
        this.say = say;
        try {
            EmbeddedPostgresServer.endStale(data());
            clear(data());
            var server = hold(EmbeddedPostgresServer.durable(
                    data(), options.home().resolve("postgres-binaries"), freePort(), options.postgres()));
            var password = UUID.randomUUID().toString();
            database = Database.create(server.host(), server.port(), "linli_bench", password);
            broker = hold(EmbeddedBroker.inMemory(options.home().resolve("broker"), freePort(), password));
            sink = hold(EventSink.open(broker.amqpUrl()));
            tokens = hold(TestTokens.start());
            doors = hold(Doors.open());
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /// *Errors:* [CannotStart] when something does not come up; nothing is left running then.
    public static Host start(HostOptions options, Progress say) {
        say.say("PostgreSQL (%s), broker and keys in %s".formatted(describe(options.postgres()), options.home()));
        return new Host(options, say);
    }

    private static String describe(Map<String, String> settings) {
        return String.join(
                ", ", settings.entrySet().stream().map(Map.Entry::toString).toList());
    }

    private Path data() {
        return options.home().resolve(POSTGRES);
    }

    private static void clear(Path directory) {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private <T extends AutoCloseable> T hold(T resource) {
        started.push(resource);
        return resource;
    }

    public TestTokens tokens() {
        return tokens;
    }

    public Database database() {
        return database;
    }

    /// Where services ask who lives where.
    public String doorsUrl() {
        return doors.url();
    }

    /// Events the broker has taken and handed out since the start.
    public long eventsHeard() {
        return sink.heard();
    }

    /// A service of ours from its boot jar, with a database.
    ///
    /// @param recording where the JVM records its flight, null for none
    public JavaProcess service(String name, Map<String, String> settings, @Nullable Path recording) {
        var jvm = new ArrayList<>(options.serviceJvm());
        if (recording != null) {
            jvm.add("-XX:StartFlightRecording:settings=profile,dumponexit=true,filename=" + recording);
        }
        jvm.addAll(List.of("-jar", bootJar(name).toString()));
        return start(name, jvm, withDatabase(settings));
    }

    /// The gateway from its boot jar.
    public JavaProcess gateway(Map<String, String> settings) {
        var jvm = new ArrayList<>(options.serviceJvm());
        jvm.addAll(List.of("-jar", bootJar("gateway").toString()));
        return start("gateway", jvm, withTokens(settings));
    }

    /// A service of the benchmarks, with a database, from the class path of this JVM.
    public JavaProcess ofOurClassPath(String name, Class<?> main, Map<String, String> settings) {
        var jvm = new ArrayList<>(options.serviceJvm());
        jvm.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return start(name, jvm, withDatabase(settings));
    }

    private JavaProcess start(String name, List<String> jvm, Map<String, String> settings) {
        var port = freePort();
        say.say("%s on %d".formatted(name, port));
        return hold(JavaProcess.start(name, jvm, port, settings, options.home().resolve("logs/" + name + ".log")));
    }

    private Map<String, String> withDatabase(Map<String, String> settings) {
        var all = withTokens(database.settings());
        all.put("linli.rabbitmq.url", broker.amqpUrl());
        all.putAll(settings);
        return all;
    }

    private Map<String, String> withTokens(Map<String, String> settings) {
        var all = new LinkedHashMap<>(settings);
        all.put("linli.jwks-url", tokens.jwksUrl());
        return all;
    }

    private Path bootJar(String name) {
        var target = options.project().resolve(name).resolve("target");
        try (var jars = Files.newDirectoryStream(target, name + "-*-exec.jar")) {
            for (var jar : jars) {
                return jar;
            }
        } catch (IOException absent) {
            throw new CannotStart("no boot jar in " + target + "; ./linli build makes it");
        }
        throw new CannotStart("no boot jar in " + target + "; ./linli build makes it");
    }

    /// The server's first process; all its others are descendants. pg_ctl detached it from this JVM.
    public Stream<ProcessHandle> databaseProcesses() {
        try {
            var pid = Files.readAllLines(data().resolve("postmaster.pid")).getFirst();
            return ProcessHandle.of(Long.parseLong(pid.strip())).stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Ends a service before the others.
    public void end(JavaProcess service) {
        if (started.remove(service)) {
            service.close();
        }
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception failed) {
                say.say("did not stop cleanly: " + failed);
            }
        }
    }
}
