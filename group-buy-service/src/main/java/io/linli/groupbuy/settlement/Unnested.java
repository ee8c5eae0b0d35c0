package io.linli.groupbuy.settlement;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Rows as one array per column, the shape that `unnest` makes rows of again.
record Unnested<T>(List<T> rows) {

    UUID[] ids(Function<T, @Nullable UUID> column) {
        return rows.stream().map(column).toArray(UUID[]::new);
    }

    String[] texts(Function<T, @Nullable String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    Integer[] counts(Function<T, @Nullable Integer> column) {
        return rows.stream().map(column).toArray(Integer[]::new);
    }

    Long[] fen(Function<T, Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }

    Instant[] instants(Function<T, Instant> column) {
        return rows.stream().map(column).toArray(Instant[]::new);
    }
}
