package io.linli.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/// Rows of text in aligned columns; a column whose cells are numbers is aligned to the right.
public final class Table {
    private static final String NUMBER = "[<>=]* ?-?[0-9][0-9,.]*( ?[a-zA-Z%x]*)?|-";

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    public Table row(Object... cells) {
        var texts = new ArrayList<String>();
        for (var cell : cells) {
            texts.add(String.valueOf(cell));
        }
        if (texts.size() != rows.getFirst().size()) {
            throw new IllegalArgumentException("a row has as many cells as there are headings");
        }
        rows.add(texts);
        return this;
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var row : rows) {
            var line = new StringBuilder("  ");
            for (int column = 0; column < row.size(); column++) {
                line.append(padded(row.get(column), column)).append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private String padded(String cell, int column) {
        var gap = " ".repeat(width(column) - cell.length());
        return isNumeric(column) ? gap + cell : cell + gap;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private boolean isNumeric(int column) {
        return rows.size() > 1
                && rows.stream().skip(1).allMatch(row -> row.get(column).matches(NUMBER));
    }
}
