package io.linli.station;

import io.linli.kit.web.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// One page of a list; `next` is the opaque cursor of the page after it, absent on the last.
public record Page<T>(List<T> items, @Nullable String next) {

    /// The page of what a query for one row more than `limit` found.
    public static <T> Page<T> of(List<T> found, int limit, Function<T, Object> key) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, limit);
        var last = String.valueOf(key.apply(items.getLast()));
        var cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8));
        return new Page<>(items, cursor);
    }

    /// Where the page begins. *Errors:* 400 `cursor-invalid`.
    public static @Nullable UUID afterId(@Nullable String cursor) {
        return after(cursor, UUID::fromString);
    }

    /// Where the page begins. *Errors:* 400 `cursor-invalid`.
    public static @Nullable Integer afterNumber(@Nullable String cursor) {
        return after(cursor, Integer::valueOf);
    }

    private static <K> @Nullable K after(@Nullable String cursor, Function<String, K> parse) {
        if (cursor == null) {
            return null;
        }
        try {
            return parse.apply(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            throw Problem.of(HttpStatus.BAD_REQUEST, "cursor-invalid");
        }
    }
}
