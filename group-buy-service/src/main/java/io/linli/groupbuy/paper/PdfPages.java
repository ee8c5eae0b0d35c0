package io.linli.groupbuy.paper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.jspecify.annotations.Nullable;

/// A PDF while it is written, A4 upright. The same content gives the same bytes: no date, no random id.
/// *Units:* points from the lower left corner.
final class PdfPages implements AutoCloseable {
    static final float WIDTH = PDRectangle.A4.getWidth();
    static final float HEIGHT = PDRectangle.A4.getHeight();
    private static final long SAME_ID = 0;
    private static final float HAIRLINE = 0.5f;

    private final PDDocument document = new PDDocument();
    private final PdfFont font;
    private @Nullable PDPageContentStream page;

    PdfPages() throws IOException {
        document.setDocumentId(SAME_ID);
        this.font = new PdfFont(document);
    }

    PdfFont font() {
        return font;
    }

    int count() {
        return document.getNumberOfPages();
    }

    void begin() throws IOException {
        end();
        var next = new PDPage(PDRectangle.A4);
        document.addPage(next);
        page = new PDPageContentStream(document, next);
        page.setLineWidth(HAIRLINE);
    }

    private void end() throws IOException {
        if (page != null) {
            page.close();
            page = null;
        }
    }

    /// Writes one line that the font can show.
    void text(String text, float size, float x, float y) throws IOException {
        if (text.isBlank()) {
            return;
        }
        var here = here();
        here.beginText();
        here.setFont(font.font(), size);
        here.newLineAtOffset(x, y);
        here.showText(text);
        here.endText();
    }

    void box(float x, float y, float width, float height) throws IOException {
        here().addRect(x, y, width, height);
        here().stroke();
    }

    private PDPageContentStream here() {
        return Objects.requireNonNull(page, "no page was begun");
    }

    byte[] finish() throws IOException {
        end();
        var file = new ByteArrayOutputStream();
        document.save(file);
        return file.toByteArray();
    }

    @Override
    public void close() throws IOException {
        try (document;
                font) {
            end();
        }
    }
}
