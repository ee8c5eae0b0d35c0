package io.linli.groupbuy.community;

import io.linli.kit.web.Problem;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/// What community-service says.
public sealed interface Answer<T> {
    record Known<T>(T value) implements Answer<T> {}

    /// The caller may not know.
    record Refused<T>() implements Answer<T> {}

    /// Nobody answered in time.
    record Unavailable<T>() implements Answer<T> {}

    /// The value. *Errors:* 403 `not-your-group-buy`, 503 `community-unavailable` with `Retry-After`.
    default T required() {
        return switch (this) {
            case Known<T>(var value) -> value;
            case Refused<T> _ -> throw Problem.of(HttpStatus.FORBIDDEN, "not-your-group-buy");
            case Unavailable<T> _ ->
                throw Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "community-unavailable")
                        .retryAfter(Duration.ofSeconds(5));
        };
    }
}
