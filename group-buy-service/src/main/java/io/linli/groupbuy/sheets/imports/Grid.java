package io.linli.groupbuy.sheets.imports;

import java.text.Normalizer;
import java.util.List;

/// A spreadsheet as it was written, row by row; formulas are known but not computed.
record Grid(List<Row> rows) {

    /// @param number as the spreadsheet counts, from 1
    record Row(int number, List<Cell> cells) {
        Cell cell(int column) {
            return column >= 0 && column < cells.size() ? cells.get(column) : Cell.EMPTY;
        }
    }

    /// @param text in one spelling: full-width letters and digits as plain ones, no blanks around it, one at a
    /// time within
    record Cell(String text, boolean formula) {
        static final Cell EMPTY = new Cell("", false);

        static Cell of(String text) {
            var plain = Normalizer.normalize(text, Normalizer.Form.NFKC)
                    .replaceAll("[^\\S\\r\\n]+", " ")
                    .strip();
            return new Cell(plain, plain.startsWith("="));
        }
    }

    /// The name of a cell: `C7`.
    static String name(int row, int column) {
        var letters = new StringBuilder();
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
            letters.insert(0, (char) ('A' + (rest - 1) % 26));
        }
        return letters.append(row).toString();
    }
}
