package io.linli.benchmarks.host;

import io.linli.local.client.Await;
import io.linli.local.system.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A service as a process of its own on this machine, listening on loopback.
///
/// *Errors:* [CannotStart] when it is not ready within its limit.
public final class JavaProcess implements AutoCloseable {
    private static final Duration READY_MAX = Duration.ofSeconds(120);
    private static final Duration CALL_MAX = Duration.ofSeconds(2);
    private static final Duration STOP_MAX = Duration.ofSeconds(25);

    private final Process process;
    private final URI address;

    private JavaProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /// @param jvm options of the JVM, then what it runs: `-jar x.jar` or `-cp … Main`
    /// @param settings Spring settings, passed as arguments
    static JavaProcess start(String name, List<String> jvm, int port, Map<String, String> settings, Path log) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.add("--server.port=" + port);
        command.add("--server.address=127.0.0.1");
        settings.forEach((setting, value) -> command.add("--" + setting + "=" + value));
        try {
            Files.createDirectories(log.getParent());
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(variable -> variable.startsWith("LINLI_"));
            var started = new JavaProcess(builder.start(), URI.create("http://127.0.0.1:" + port));
            started.awaitReady(name, log);
            return started;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void awaitReady(String name, Path log) {
        try (var http = HttpClient.newBuilder().connectTimeout(CALL_MAX).build()) {
            var request = HttpRequest.newBuilder(address.resolve("/readyz"))
                    .timeout(CALL_MAX)
                    .build();
            Await.untilTrue(name, READY_MAX, () -> !process.isAlive() || isReady(http, request));
        } catch (RuntimeException late) {
            close();
            throw late;
        }
        if (!process.isAlive()) {
            throw new CannotStart(name + " ended while starting; see " + log);
        }
    }

    private static boolean isReady(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public URI address() {
        return address;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().get(STOP_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            process.destroyForcibly();
        }
    }
}
