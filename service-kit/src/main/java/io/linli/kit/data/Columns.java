package io.linli.kit.data;

import io.r2dbc.spi.Readable;

/// Reads columns that the schema declares NOT NULL; a nullable one is read with `row.get`.
public final class Columns {
    private Columns() {}

    /// The value of a column by its position, from 0. *Errors:* `IllegalStateException` when it is null after all.
    public static <T> T required(Readable row, int position, Class<T> type) {
        var value = row.get(position, type);
        if (value == null) {
            throw new IllegalStateException("column " + position + " is null");
        }
        return value;
    }
}
