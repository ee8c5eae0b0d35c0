package io.linli.dispatch.hours;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/// A certificate as a PDF of one page, A4 upright: a title and lines below, each in the middle. The same lines give the
/// same bytes. A character that the font lacks is shown as `□`. *Source:* decision 10.
record CertificatePage(String title, List<String> lines) {

    private static final String RESOURCE = "/fonts/WenQuanZhengHei.ttf";
    private static final byte[] FONT = read();
    private static final long SAME_ID = 0;
    private static final int UNITS = 1000;
    private static final int LACKING = '□';
    private static final float TITLE_SIZE = 28;
    private static final float LINE_SIZE = 14;
    private static final float TOP = 620;
    private static final float BELOW_TITLE = 70;
    private static final float LINE_HEIGHT = 30;

    byte[] print() throws IOException {
        try (var document = new PDDocument();
                var font = new TTFParser().parse(new RandomAccessReadBuffer(FONT))) {
            document.setDocumentId(SAME_ID);
            write(document, font);
            var file = new ByteArrayOutputStream();
            document.save(file);
            return file.toByteArray();
        }
    }

    private void write(PDDocument document, TrueTypeFont parsed) throws IOException {
        var font = PDType0Font.load(document, parsed, true);
        var page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        try (var content = new PDPageContentStream(document, page)) {
            writeLine(content, font, showable(title, parsed), TITLE_SIZE, TOP);
            var y = TOP - BELOW_TITLE;
            for (var line : lines) {
                writeLine(content, font, showable(line, parsed), LINE_SIZE, y);
                y -= LINE_HEIGHT;
            }
        }
    }

    private static void writeLine(PDPageContentStream content, PDType0Font font, String line, float size, float y)
            throws IOException {
        content.beginText();
        content.setFont(font, size);
        content.newLineAtOffset((PDRectangle.A4.getWidth() - font.getStringWidth(line) * size / UNITS) / 2, y);
        content.showText(line);
        content.endText();
    }

    private static String showable(String text, TrueTypeFont font) throws IOException {
        var glyphs = font.getUnicodeCmapLookup();
        return text.codePoints()
                .map(character -> glyphs.getGlyphId(character) == 0 ? LACKING : character)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static byte[] read() {
        try (InputStream resource = CertificatePage.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("the build brings " + RESOURCE);
            }
            return resource.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
