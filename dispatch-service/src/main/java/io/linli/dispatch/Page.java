package io.linli.dispatch;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a list ordered by id; `next` is the cursor of the following page, absent on the last.
public record Page<T>(List<T> items, @Nullable UUID next) {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /// Cuts `rows`, read with one more than `limit`, to a page.
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, UUID> id) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        var items = rows.subList(0, limit);
        return new Page<>(items, id.apply(items.getLast()));
    }

    /// The id after which a page starts.
    public static UUID after(@Nullable UUID cursor) {
        return cursor == null ? BEFORE_ALL : cursor;
    }
}
