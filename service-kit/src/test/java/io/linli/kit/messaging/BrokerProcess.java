package io.linli.kit.messaging;

import com.rabbitmq.client.ConnectionFactory;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The embedded broker with its persistent store in a process of its own, so that it can be killed like any process.
final class BrokerProcess implements AutoCloseable {

    private static final String PASSWORD = "contract";

    private final Path directory;
    private final int port;
    private Process process;

    private BrokerProcess(Path directory, int port) {
        this.directory = directory;
        this.port = port;
        this.process = launch();
    }

    static BrokerProcess start(Path directory) {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free.setReuseAddress(true);
            int port = free.getLocalPort();
            free.close();
            return new BrokerProcess(directory, port);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static void main(String[] arguments) throws InterruptedException {
        var broker = EmbeddedBroker.durable(Path.of(arguments[0]), Integer.parseInt(arguments[1]), PASSWORD);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        ProcessHandle.current().parent().orElseThrow().onExit().join();
        System.exit(0);
    }

    private Process launch() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                        java,
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=io/linli/kit/testing/test-servers-logback.xml",
                        BrokerProcess.class.getName(),
                        directory.toString(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolveSibling("broker.log").toFile()));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            var started = builder.start();
            Await.until("the broker to accept connections", Duration.ofSeconds(60), this::accepts);
            return started;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// The port is open a moment before the virtual host is.
    private boolean accepts() {
        try {
            var factory = new ConnectionFactory();
            factory.setUri(amqpUrl());
            factory.newConnection().close();
            return true;
        } catch (IOException | TimeoutException notYet) {
            return false;
        } catch (GeneralSecurityException | URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String amqpUrl() {
        return "amqp://linli:%s@127.0.0.1:%d/default".formatted(PASSWORD, port);
    }

    /// Ends it the hard way, as `kill -9` does.
    void kill() {
        try {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void startAgain() {
        process = launch();
    }

    @Override
    public void close() {
        kill();
    }
}
