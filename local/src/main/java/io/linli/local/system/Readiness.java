package io.linli.local.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waits until an address answers 200, with a limit.
final class Readiness {

    private static final Duration CALL_LIMIT = Duration.ofSeconds(2);
    private static final long PAUSE_MILLIS = 100;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CALL_LIMIT).build();

    boolean isReady(URI address) {
        var request = HttpRequest.newBuilder(address).timeout(CALL_LIMIT).build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// *Errors*: [CannotStart] when it is not ready within the limit, or `gone` says that it never will be.
    void await(String what, URI address, Duration limit, BooleanSupplier gone) {
        long end = System.nanoTime() + limit.toNanos();
        while (!isReady(address)) {
            if (gone.getAsBoolean()
                    || System.nanoTime() > end
                    || Thread.currentThread().isInterrupted()) {
                throw new CannotStart("%s is not ready at %s within %d s".formatted(what, address, limit.toSeconds()));
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
