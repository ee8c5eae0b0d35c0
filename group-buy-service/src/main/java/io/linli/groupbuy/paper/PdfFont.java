package io.linli.groupbuy.paper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/// The Chinese font of one PDF, of which the file carries only the characters it uses. A character the font lacks is
/// shown as `□`. *Units:* widths in the unit of `size`, points.
final class PdfFont implements AutoCloseable {
    private static final String RESOURCE = "/fonts/WenQuanZhengHei.ttf";
    private static final byte[] BYTES = read();
    private static final int UNITS = 1000;
    private static final int LACKING = '□';

    private final TrueTypeFont parsed;
    private final CmapLookup glyphs;
    private final PDFont font;
    private final Map<Integer, Float> widths = new HashMap<>();

    /// Parsed anew for each document, because reading one is not safe for many threads.
    PdfFont(PDDocument document) throws IOException {
        this.parsed = new TTFParser().parse(new RandomAccessReadBuffer(BYTES));
        this.glyphs = parsed.getUnicodeCmapLookup();
        this.font = PDType0Font.load(document, parsed, true);
    }

    PDFont font() {
        return font;
    }

    float width(String text, float size) {
        return (float) text.codePoints().mapToDouble(this::width).sum() * size / UNITS;
    }

    private float width(int character) {
        return widths.computeIfAbsent(character, this::measure);
    }

    private float measure(int character) {
        try {
            return font.getStringWidth(Character.toString(character));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// The text in lines that fit the width, each of characters that can be shown.
    List<String> wrap(String text, float size, float room) {
        return text.lines()
                .flatMap(line -> wrapLine(showable(line), size, room).stream())
                .toList();
    }

    private List<String> wrapLine(String line, float size, float room) {
        var lines = new java.util.ArrayList<String>();
        var current = new StringBuilder();
        var taken = 0f;
        for (var character : line.codePoints().toArray()) {
            var width = width(character) * size / UNITS;
            if (taken + width > room && !current.isEmpty()) {
                lines.add(current.toString());
                current.setLength(0);
                taken = 0;
            }
            current.appendCodePoint(character);
            taken += width;
        }
        lines.add(current.toString());
        return lines;
    }

    /// The text of characters that can be shown.
    String showable(String text) {
        return text.codePoints()
                .map(this::showable)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private int showable(int character) {
        if (Character.isISOControl(character) || Character.isSpaceChar(character)) {
            return ' ';
        }
        return glyphs.getGlyphId(character) == 0 ? LACKING : character;
    }

    @Override
    public void close() throws IOException {
        parsed.close();
    }

    private static byte[] read() {
        try (InputStream resource = PdfFont.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("the build brings " + RESOURCE);
            }
            return resource.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
