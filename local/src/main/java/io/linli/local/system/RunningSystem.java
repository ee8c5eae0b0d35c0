package io.linli.local.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// Where a running system answers, written by whoever runs it and read by `demo` and `replay`.
public record RunningSystem(URI gateway, Map<String, URI> services) {

    private static final Duration STARTING_LIMIT = Duration.ofSeconds(120);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// The system that runs from this home, waited for while it starts; empty when nobody holds the home's lock.
    public static Optional<RunningSystem> find(Home home, Progress say) {
        if (!isLocked(home)) {
            return Optional.empty();
        }
        var readiness = new Readiness();
        say.say("A system runs from " + home.directory() + "; this command uses it.");
        long end = System.nanoTime() + STARTING_LIMIT.toNanos();
        while (System.nanoTime() < end && isLocked(home)) {
            var found = read(home);
            if (found.isPresent()) {
                readiness.await(
                        "the running system", found.get().gateway().resolve("/healthz"), STARTING_LIMIT, () -> false);
                return found;
            }
            sleep();
        }
        return Optional.empty();
    }

    void write(Home home) {
        try {
            Files.write(home.systemFile(), JSON.writeValueAsBytes(this));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<RunningSystem> read(Home home) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(home.systemFile()), RunningSystem.class));
        } catch (IOException | tools.jackson.core.JacksonException notYet) {
            return Optional.empty();
        }
    }

    private static boolean isLocked(Home home) {
        if (!Files.exists(home.lock())) {
            return false;
        }
        try (var channel = FileChannel.open(home.lock(), StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException ours) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
