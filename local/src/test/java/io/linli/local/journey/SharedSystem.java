package io.linli.local.journey;

import io.linli.local.client.Await;
import io.linli.local.system.Home;
import io.linli.local.system.LocalSystem;
import io.linli.local.system.Progress;
import io.linli.local.system.RunningSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/// One system for all journeys of a build, in this JVM, with a home of its own and ports nobody has.
public final class SharedSystem implements ParameterResolver {

    private static final int PORTS = 12;

    private record Started(LocalSystem system, Path home) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            system.close();
            FileSystemUtils.deleteRecursively(home);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningSystem.class;
    }

    @Override
    public RunningSystem resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedSystem.class))
                .computeIfAbsent("system", any -> start(), Started.class)
                .system()
                .describe();
    }

    private static Started start() {
        var home = temporary();
        return new Started(LocalSystem.start(options(home, false), new Progress(System.out::println)), home);
    }

    public static LocalSystem.Options options(Path home, boolean processes) {
        return new LocalSystem.Options(
                Path.of("..").toAbsolutePath().normalize(), new Home(home), processes, freePorts(), Map.of(), Map.of());
    }

    public static Path temporary() {
        try {
            return Files.createTempDirectory("linli");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A base below the range from which the operating system hands out ports by itself.
    private static int freePorts() {
        return Await.until("a range of free ports", Duration.ofSeconds(10), () -> {
            int base = 20_000 + PORTS * ThreadLocalRandom.current().nextInt(800);
            boolean free = IntStream.range(base, base + PORTS).allMatch(SharedSystem::isFree);
            return free ? Optional.of(base) : Optional.empty();
        });
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
