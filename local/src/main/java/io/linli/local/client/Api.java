package io.linli.local.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The public HTTP API through the gateway. A request is sent again with the same key until its answer is definite.
///
/// *Errors*: [Unanswered] after the patience; every definite answer is returned, refusals included.
/// Sent again are 429 and 503 (after `Retry-After`), 502, 504, a key still in flight, and broken
/// or refused connections.
public final class Api {

    private static final Set<Integer> TRANSIENT = Set.of(429, 502, 503, 504);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(3);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();
    private final URI gateway;
    private final Duration patience;
    private final Consumer<Answer> heard;

    public Api(URI gateway, Duration patience) {
        this(gateway, patience, answer -> {});
    }

    /// @param heard is told every definite answer
    public Api(URI gateway, Duration patience, Consumer<Answer> heard) {
        this.gateway = gateway;
        this.patience = patience;
        this.heard = heard;
    }

    public Api(URI gateway) {
        this(gateway, Duration.ofMinutes(2));
    }

    /// One request; `key` is its Idempotency-Key.
    public record Request(
            String method,
            String path,
            @Nullable Object body,
            @Nullable String key,
            @Nullable String token) {

        public static Request get(String path, @Nullable String token) {
            return new Request("GET", path, null, null, token);
        }

        public static Request post(String path, @Nullable Object body) {
            return new Request("POST", path, body, null, null);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    public URI gateway() {
        return gateway;
    }

    public Answer send(Request request) throws Unanswered {
        long start = System.nanoTime();
        var delay = FIRST_DELAY;
        while (true) {
            var outcome = attempt(request, start);
            if (outcome instanceof Definite(var answer)) {
                heard.accept(answer);
                return answer;
            }
            var unclear = (Unclear) outcome;
            var wait = longer(unclear.after(), jittered(delay));
            if (since(start).plus(wait).compareTo(patience) > 0) {
                throw new Unanswered(
                        request + ": " + unclear.why() + ", for " + since(start).toSeconds() + " s", null);
            }
            pause(wait);
            delay = shorter(delay.multipliedBy(2), LONGEST_DELAY);
        }
    }

    private sealed interface Outcome {}

    private record Definite(Answer answer) implements Outcome {}

    private record Unclear(String why, Duration after) implements Outcome {}

    private Outcome attempt(Request request, long start) {
        try {
            var response = http.send(toHttp(request), BodyHandlers.ofByteArray());
            boolean replayed =
                    response.headers().firstValue("Idempotent-Replayed").isPresent();
            var answer = new Answer(response.statusCode(), response.body(), replayed, since(start));
            boolean again =
                    TRANSIENT.contains(answer.status()) && !answer.problem().equals("too-many-guesses")
                            || answer.status() == 409 && answer.problem().equals("request-in-flight");
            return again
                    ? new Unclear(answer.status() + " " + answer.problem(), retryAfter(response))
                    : new Definite(answer);
        } catch (IOException e) {
            return new Unclear(e.toString(), Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unanswered(request + " was interrupted", e);
        }
    }

    private HttpRequest toHttp(Request request) {
        var builder = HttpRequest.newBuilder(gateway.resolve(request.path()))
                .timeout(ANSWER_LIMIT)
                .header("Accept-Language", "en");
        if (request.token() != null) {
            builder.header("Authorization", "Bearer " + request.token());
        }
        if (request.key() != null) {
            builder.header("Idempotency-Key", request.key());
        }
        if (request.body() == null) {
            return builder.method(request.method(), BodyPublishers.noBody()).build();
        }
        builder.header("Content-Type", "application/json");
        return builder.method(
                        request.method(), BodyPublishers.ofByteArray(Answer.JSON.writeValueAsBytes(request.body())))
                .build();
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,4}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Duration jittered(Duration delay) {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(delay.toMillis() / 2, delay.toMillis() + 1));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unanswered("interrupted while waiting to try again", e);
        }
    }
}
