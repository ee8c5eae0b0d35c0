package io.linli.community;

import io.linli.kit.web.Problem;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// One page of a list that is ordered by id; `next` is the cursor of the following page, absent on the last.
public record Page<T>(List<T> items, @Nullable String next) {
    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);
    private static final int ID_BYTES = 16;

    /// The page out of `found`, for which one row more than the limit was asked.
    public static <T> Page<T> of(List<T> found, int limit, Function<T, UUID> id) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        return new Page<>(found.subList(0, limit), toCursor(id.apply(found.get(limit - 1))));
    }

    /// The id after which an ascending list goes on. *Errors:* 400 `cursor-invalid`.
    public static UUID after(@Nullable String cursor) {
        return cursor == null ? FIRST : toId(cursor);
    }

    /// The id before which a descending list goes on. *Errors:* 400 `cursor-invalid`.
    public static UUID before(@Nullable String cursor) {
        return cursor == null ? LAST : toId(cursor);
    }

    private static String toCursor(UUID id) {
        var bytes = ByteBuffer.allocate(ID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static UUID toId(String cursor) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            if (bytes.remaining() == ID_BYTES) {
                return new UUID(bytes.getLong(), bytes.getLong());
            }
        } catch (IllegalArgumentException notBase64) {
            throw Problem.of(HttpStatus.BAD_REQUEST, "cursor-invalid");
        }
        throw Problem.of(HttpStatus.BAD_REQUEST, "cursor-invalid");
    }
}
