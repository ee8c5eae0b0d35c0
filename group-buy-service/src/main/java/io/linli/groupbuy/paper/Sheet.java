package io.linli.groupbuy.paper;

import java.math.BigDecimal;
import java.util.List;

/// A document to print: tables under one title that all have the same columns.
///
/// @param pagePerSection whether each section begins a new page; a tab of its own in Excel
public record Sheet(String title, List<Column> columns, boolean pagePerSection, List<Section> sections) {

    public Sheet {
        columns = List.copyOf(columns);
        sections = List.copyOf(sections);
    }

    /// @param share how much of the width it takes, beside the shares of the others
    public record Column(String name, int share) {}

    /// One table.
    ///
    /// @param heading what stands above it; may be empty
    /// @param rows cells in the order of the columns
    /// @param total its last row; empty for none
    public record Section(String heading, List<List<Cell>> rows, List<Cell> total) {}

    /// What a cell holds.
    public sealed interface Cell {

        /// A text, which may have several lines.
        record Text(String text) implements Cell {}

        /// A count, which Excel can add up.
        record Count(long count) implements Cell {}

        /// Money in fen, shown in yuan.
        record Fen(long fen) implements Cell {
            BigDecimal yuan() {
                return BigDecimal.valueOf(fen, 2);
            }
        }

        static Cell of(String text) {
            return new Text(text);
        }

        static Cell of(long count) {
            return new Count(count);
        }

        static Cell ofFen(long fen) {
            return new Fen(fen);
        }

        /// As people read it.
        default String shown() {
            return switch (this) {
                case Text(var text) -> text;
                case Count(var count) -> Long.toString(count);
                case Fen money -> money.yuan().toPlainString();
            };
        }
    }
}
