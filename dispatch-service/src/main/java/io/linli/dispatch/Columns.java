package io.linli.dispatch;

import io.r2dbc.spi.Readable;
import java.util.Objects;

/// Reads the columns of a row that are never null.
public final class Columns {

    private Columns() {}

    public static <T> T required(Readable row, int column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), "a required column is null");
    }
}
