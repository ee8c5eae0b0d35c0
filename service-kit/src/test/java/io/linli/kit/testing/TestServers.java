package io.linli.kit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// One PostgreSQL and one AMQP broker per build: the first test that asks starts them in a process of their own, every
/// later module of the same build finds them, and they stop by themselves when the build's process has ended.
///
/// *Shape*: the addresses lie in `target/test-servers/<process>-<start>/address.properties` below the project's root.
/// *Errors*: [IllegalStateException] when they are not up within two minutes; the log lies beside the addresses.
public record TestServers(String postgresHost, int postgresPort, String postgresSuperuser, URI brokerControl) {

    static final String ADDRESS_FILE = "address.properties";

    private static final Duration START_MAX = Duration.ofMinutes(2);
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    private static @Nullable TestServers running;

    /// The servers of this build, started when they do not run yet.
    public static synchronized TestServers get() {
        if (running == null) {
            running = findOrStart();
        }
        return running;
    }

    private static TestServers findOrStart() {
        var build = BuildProcess.current();
        var directory = projectRoot().resolve("target/test-servers").resolve(build.name());
        try {
            Files.createDirectories(directory);
            try (var channel = FileChannel.open(
                            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = lock(channel)) {
                var address = directory.resolve(ADDRESS_FILE);
                if (Files.exists(address)) {
                    var found = read(address);
                    if (found.answers()) {
                        return found;
                    }
                    Files.delete(address);
                }
                return start(directory, build);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static FileLock lock(FileChannel channel) {
        return Await.untilPresent("the lock of the test servers", START_MAX, () -> {
            try {
                return java.util.Optional.ofNullable(channel.tryLock());
            } catch (OverlappingFileLockException heldInThisJvm) {
                return java.util.Optional.empty();
            }
        });
    }

    private static TestServers start(Path directory, BuildProcess build) throws IOException {
        var log = directory.resolve("servers.log").toFile();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        TestServersProcess.class.getName(),
                        directory.toString(),
                        build.name())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        process.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        var started = process.start();
        var address = directory.resolve(ADDRESS_FILE);
        Await.until("the test servers, see " + log, START_MAX, () -> Files.exists(address) || !started.isAlive());
        if (!Files.exists(address)) {
            throw new IllegalStateException("the test servers ended while starting, see " + log);
        }
        return read(address);
    }

    private static TestServers read(Path address) throws IOException {
        var properties = new Properties();
        try (var in = Files.newInputStream(address)) {
            properties.load(in);
        }
        return new TestServers(
                properties.getProperty("postgres.host"),
                Integer.parseInt(properties.getProperty("postgres.port")),
                properties.getProperty("postgres.superuser"),
                URI.create(properties.getProperty("broker.control")));
    }

    private boolean answers() {
        return answers(postgresHost, postgresPort) && answers(brokerControl.getHost(), brokerControl.getPort());
    }

    private static boolean answers(String host, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) CONNECT_MAX.toMillis());
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    /// The nearest folder above this module that holds the root pom.
    static Path projectRoot() {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            var pom = folder.resolve("pom.xml");
            if (Files.isRegularFile(pom) && isRootPom(pom)) {
                return folder;
            }
        }
        throw new IllegalStateException("no root pom above " + Path.of("").toAbsolutePath());
    }

    private static boolean isRootPom(Path pom) {
        try {
            var text = Files.readString(pom);
            return text.contains("<artifactId>linli</artifactId>") && text.contains("<modules>");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// A JDBC URL of a database as the superuser.
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s?user=%s".formatted(postgresHost, postgresPort, database, postgresSuperuser);
    }

    /// Makes a virtual host of the broker that nobody else uses and answers its AMQP address.
    public String createVirtualHost(String name) {
        return control("PUT", name);
    }

    /// Removes a virtual host with its exchanges, queues and connections.
    public void deleteVirtualHost(String name) {
        control("DELETE", name);
    }

    private String control(String method, String name) {
        var request = HttpRequest.newBuilder(brokerControl.resolve("/virtual-hosts/" + name))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(30))
                .build();
        try (var client = HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build()) {
            var response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(method + " virtual host " + name + ": " + response.body());
            }
            return response.body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
