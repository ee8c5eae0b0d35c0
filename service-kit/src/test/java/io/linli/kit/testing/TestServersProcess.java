package io.linli.kit.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The process that runs the test servers of one build; started by [TestServers] with a folder and the build's name.
final class TestServersProcess {

    /// A build that takes longer has lost its servers; one that hangs does not keep them for ever.
    private static final long LIFE_HOURS_MAX = 4;

    private final Path directory;
    private final EmbeddedPostgresServer postgres;
    private final EmbeddedBroker broker;
    private final HttpServer control;

    private TestServersProcess(Path directory) throws IOException {
        this.directory = directory;
        var root = directory.toAbsolutePath().getParent();
        postgres = EmbeddedPostgresServer.throwaway(directory.resolve("postgres"), root.resolve("binaries"));
        broker = EmbeddedBroker.inMemory(
                directory.resolve("broker"), 0, UUID.randomUUID().toString());
        control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        control.createContext("/virtual-hosts/", this::virtualHost);
        control.start();
    }

    static void main(String[] arguments) throws Exception {
        var directory = Path.of(arguments[0]);
        sweepEndedBuilds(directory.toAbsolutePath().getParent());
        var servers = new TestServersProcess(directory);
        Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
        servers.publishAddress();
        BuildProcess.named(arguments[1]).ifPresent(TestServersProcess::awaitEnd);
        System.exit(0);
    }

    private static void awaitEnd(BuildProcess build) {
        try {
            build.process().onExit().get(LIFE_HOURS_MAX, TimeUnit.HOURS);
        } catch (InterruptedException | ExecutionException | TimeoutException over) {
            System.out.println("stopping without the build having ended: " + over);
        }
    }

    private void publishAddress() throws IOException {
        var address = new Properties();
        address.setProperty("postgres.host", postgres.host());
        address.setProperty("postgres.port", Integer.toString(postgres.port()));
        address.setProperty("postgres.superuser", postgres.superuser());
        address.setProperty(
                "broker.control", "http://127.0.0.1:" + control.getAddress().getPort());
        var written = directory.resolve(TestServers.ADDRESS_FILE + ".new");
        try (var out = Files.newOutputStream(written)) {
            address.store(out, null);
        }
        Files.move(written, directory.resolve(TestServers.ADDRESS_FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    private void virtualHost(HttpExchange exchange) throws IOException {
        var name = Path.of(exchange.getRequestURI().getPath()).getFileName().toString();
        try {
            if (exchange.getRequestMethod().equals("PUT")) {
                broker.createVirtualHost(name);
            } else {
                broker.deleteVirtualHost(name);
            }
            answer(exchange, 200, broker.amqpUrl(name));
        } catch (RuntimeException failed) {
            answer(exchange, 500, failed.toString());
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    private void close() {
        try {
            control.stop(0);
            broker.close();
            postgres.close();
            delete(directory);
        } catch (IOException | RuntimeException failed) {
            System.out.println("not stopped cleanly: " + failed);
        }
    }

    /// A build that was killed together with its servers leaves PostgreSQL running and its files behind.
    private static void sweepEndedBuilds(Path root) throws IOException {
        try (var folders = Files.list(root)) {
            for (var folder : folders.filter(TestServersProcess::isOfEndedBuild).toList()) {
                EmbeddedPostgresServer.endStale(folder.resolve("postgres"));
                delete(folder);
            }
        }
    }

    private static boolean isOfEndedBuild(Path folder) {
        var name = folder.getFileName().toString();
        return name.matches("\\d+-\\d+") && BuildProcess.named(name).isEmpty();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
