package io.linli.groupbuy.paper;

import io.linli.groupbuy.paper.Sheet.Cell;
import io.linli.groupbuy.paper.Sheet.Column;
import io.linli.groupbuy.paper.Sheet.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A sheet as PDF: A4, title and page number on every page, the head of a table repeated where it goes on.
final class PdfSheet {
    private static final float MARGIN = 36;
    private static final float TITLE_SIZE = 14;
    private static final float HEADING_SIZE = 12;
    private static final float SIZE = 10;
    private static final float LINE = 13;
    private static final float PADDING = 3;
    private static final float BOTTOM = MARGIN + LINE;

    private final Sheet sheet;
    private final PdfPages pages;
    private final float[] widths;
    private float y;

    private PdfSheet(Sheet sheet, PdfPages pages) {
        this.sheet = sheet;
        this.pages = pages;
        this.widths = widths(sheet.columns());
    }

    static byte[] write(Sheet sheet) throws IOException {
        try (var pages = new PdfPages()) {
            new PdfSheet(sheet, pages).write();
            return pages.finish();
        }
    }

    private static float[] widths(List<Column> columns) {
        var shares = columns.stream().mapToInt(Column::share).sum();
        var widths = new float[columns.size()];
        for (var column = 0; column < widths.length; column++) {
            widths[column] = (PdfPages.WIDTH - 2 * MARGIN) * columns.get(column).share() / shares;
        }
        return widths;
    }

    private void write() throws IOException {
        beginPage();
        var first = true;
        for (var section : sheet.sections()) {
            if (!first && sheet.pagePerSection()) {
                beginPage();
            }
            writeSection(section);
            first = false;
        }
    }

    private void beginPage() throws IOException {
        pages.begin();
        y = PdfPages.HEIGHT - MARGIN - TITLE_SIZE;
        pages.text(pages.font().showable(sheet.title()), TITLE_SIZE, MARGIN, y);
        pages.text(Integer.toString(pages.count()), SIZE, PdfPages.WIDTH - 2 * MARGIN, MARGIN);
        y -= LINE;
    }

    private void writeSection(Section section) throws IOException {
        writeHead(section, 2);
        for (var row : section.rows()) {
            writeRow(section, row);
        }
        if (!section.total().isEmpty()) {
            writeRow(section, section.total());
        }
        y -= LINE;
    }

    /// Stands where at least `lines` more fit, so that no head is left alone at the end of a page.
    private void writeHead(Section section, int lines) throws IOException {
        if (y - HEADING_SIZE - (lines + 1) * LINE < BOTTOM) {
            beginPage();
        }
        if (!section.heading().isEmpty()) {
            y -= HEADING_SIZE + PADDING;
            pages.text(pages.font().showable(section.heading()), HEADING_SIZE, MARGIN, y);
            y -= PADDING;
        }
        draw(wrapped(sheet.columns().stream().map(Column::name).map(Cell::of).toList()), List.of());
    }

    private void writeRow(Section section, List<Cell> cells) throws IOException {
        var lines = wrapped(cells);
        for (var rest = lines; !isEmpty(rest); rest = after(rest, fitting())) {
            if (y - height(Math.min(tallest(rest), tallestOfPage())) < BOTTOM) {
                beginPage();
                writeHead(section, 1);
            }
            draw(first(rest, fitting()), cells);
        }
    }

    private List<List<String>> wrapped(List<Cell> cells) {
        var wrapped = new ArrayList<List<String>>();
        for (var column = 0; column < widths.length; column++) {
            var text = column < cells.size() ? cells.get(column).shown() : "";
            var lines = pages.font().wrap(text, SIZE, widths[column] - 2 * PADDING);
            wrapped.add(lines.isEmpty() ? List.of("") : lines);
        }
        return wrapped;
    }

    /// How many lines of a row fit on what is left of the page.
    private int fitting() {
        return Math.max(1, (int) ((y - BOTTOM - PADDING) / LINE));
    }

    private static int tallestOfPage() {
        return (int) ((PdfPages.HEIGHT - 2 * MARGIN) / LINE) - 6;
    }

    private static float height(int lines) {
        return lines * LINE + PADDING;
    }

    private static int tallest(List<List<String>> lines) {
        return lines.stream().mapToInt(List::size).max().orElse(0);
    }

    private static boolean isEmpty(List<List<String>> lines) {
        return tallest(lines) == 0;
    }

    private static List<List<String>> first(List<List<String>> lines, int count) {
        return lines.stream()
                .map(cell -> cell.subList(0, Math.min(count, cell.size())))
                .toList();
    }

    private static List<List<String>> after(List<List<String>> lines, int count) {
        return lines.stream()
                .map(cell -> cell.subList(Math.min(count, cell.size()), cell.size()))
                .toList();
    }

    private void draw(List<List<String>> lines, List<Cell> cells) throws IOException {
        var height = height(tallest(lines));
        var x = MARGIN;
        for (var column = 0; column < widths.length; column++) {
            pages.box(x, y - height, widths[column], height);
            var right = column < cells.size() && !(cells.get(column) instanceof Cell.Text);
            write(lines.get(column), x, widths[column], right);
            x += widths[column];
        }
        y -= height;
    }

    private void write(List<String> lines, float x, float width, boolean right) throws IOException {
        var line = y;
        for (var text : lines) {
            line -= LINE;
            var indent = right ? width - PADDING - pages.font().width(text, SIZE) : PADDING;
            pages.text(text, SIZE, x + indent, line + PADDING);
        }
    }
}
