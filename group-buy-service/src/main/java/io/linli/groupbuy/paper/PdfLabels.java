package io.linli.groupbuy.paper;

import java.io.IOException;
import java.util.List;

/// Labels as PDF: 24 on a sheet of A4, 70 × 37 mm each, as such paper is sold. What does not fit a label is cut off.
final class PdfLabels {
    private static final int COLUMNS = 3;
    private static final int ROWS = 8;
    private static final float WIDTH = PdfPages.WIDTH / COLUMNS;
    private static final float HEIGHT = PdfPages.HEIGHT / ROWS;
    private static final float MARGIN = 12;
    private static final float HEADING_SIZE = 15;
    private static final float SIZE = 9;
    private static final float LINE = 11.5f;

    private PdfLabels() {}

    static byte[] write(List<Label> labels) throws IOException {
        try (var pages = new PdfPages()) {
            if (labels.isEmpty()) {
                pages.begin();
            }
            for (var at = 0; at < labels.size(); at++) {
                if (at % (COLUMNS * ROWS) == 0) {
                    pages.begin();
                }
                var place = at % (COLUMNS * ROWS);
                write(pages, labels.get(at), place % COLUMNS * WIDTH, PdfPages.HEIGHT - place / COLUMNS * HEIGHT);
            }
            return pages.finish();
        }
    }

    private static void write(PdfPages pages, Label label, float left, float top) throws IOException {
        var font = pages.font();
        var room = WIDTH - 2 * MARGIN;
        var y = top - MARGIN - HEADING_SIZE;
        var heading = font.wrap(label.heading(), HEADING_SIZE, room);
        pages.text(heading.isEmpty() ? "" : heading.getFirst(), HEADING_SIZE, left + MARGIN, y);
        for (var line : label.lines()) {
            for (var part : font.wrap(line, SIZE, room)) {
                y -= LINE;
                if (y > top - HEIGHT + MARGIN / 2) {
                    pages.text(part, SIZE, left + MARGIN, y);
                }
            }
        }
    }
}
