package io.linli.groupbuy.community;

import io.linli.kit.web.Problem;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/// What community-service says.
public sealed interface Answer<T> {
    record Known<T>(T value) implements Answer<T> {}

    /// Nobody answered in time, or the caller may not know.
    record Unavailable<T>() implements Answer<T> {}

    /// The value. *Errors:* 503 `community-unavailable` with `Retry-After`.
    default T required() {
        return switch (this) {
            case Known<T>(var value) -> value;
            case Unavailable<T> _ ->
                throw Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "community-unavailable")
                        .retryAfter(Duration.ofSeconds(5));
        };
    }
}
