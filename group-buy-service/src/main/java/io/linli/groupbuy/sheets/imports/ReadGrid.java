package io.linli.groupbuy.sheets.imports;

import io.linli.groupbuy.sheets.imports.Grid.Cell;
import io.linli.groupbuy.sheets.imports.Grid.Row;
import io.linli.kit.web.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// Reads Excel (`.xlsx`, first tab) and CSV (UTF-8 or GB18030, comma or tab). Blocks and computes, so it runs as
/// paperwork. *Errors:* 422 `import-unreadable`, 422 `import-too-large`.
@Component
@EnableConfigurationProperties(ImportSettings.class)
class ReadGrid {
    private static final int COLUMNS_MAX = 100;
    private static final int TEXT_MAX = 2_000;
    private static final int ENTRIES_MAX = 500;
    private static final int EXPONENT_MAX = 20;
    private static final int DIGITS_MAX = 40;
    private static final Charset GB18030 = Charset.forName("GB18030");

    private final ImportSettings settings;

    ReadGrid(ImportSettings settings) {
        this.settings = settings;
    }

    Grid handle(byte[] file) {
        try {
            var rows = ReadableWorkbook.isOOXMLZipHeader(file) ? readExcel(file) : readCsv(file);
            if (rows.size() > settings.rowsMax()) {
                throw tooLarge();
            }
            return new Grid(rows);
        } catch (Problem told) {
            throw told;
        } catch (IOException | RuntimeException unreadable) {
            throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "import-unreadable");
        }
    }

    private Problem tooLarge() {
        return Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "import-too-large", settings.rowsMax());
    }

    private List<Row> readExcel(byte[] file) throws IOException {
        requireCheap(file);
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(file));
                Stream<org.dhatim.fastexcel.reader.Row> rows =
                        workbook.getFirstSheet().openStream()) {
            return rows.limit(settings.rowsMax() + 1L).map(ReadGrid::toRow).toList();
        }
    }

    /// A small file may unpack to a huge one, or fill the memory, so it is unpacked and walked without keeping
    /// anything.
    private void requireCheap(byte[] file) throws IOException {
        try (var zip = ZipFile.builder().setByteArray(file).get()) {
            var entries = java.util.Collections.list(zip.getEntries());
            var left = settings.unpackedBytesMax();
            for (var entry : entries) {
                left = entries.size() > ENTRIES_MAX ? -1 : left - unpackedSize(zip, entry, left);
                if (left < 0) {
                    throw tooLarge();
                }
            }
            for (var entry : entries) {
                try (var content = zip.getInputStream(entry)) {
                    CheckCells.handle(content);
                }
            }
        }
    }

    private static long unpackedSize(
            ZipFile zip, org.apache.commons.compress.archivers.zip.ZipArchiveEntry entry, long most)
            throws IOException {
        var buffer = new byte[8192];
        var size = 0L;
        try (var content = zip.getInputStream(entry)) {
            for (var read = content.read(buffer); read >= 0 && size <= most; read = content.read(buffer)) {
                size += read;
            }
        }
        return size;
    }

    private static Row toRow(org.dhatim.fastexcel.reader.Row row) {
        var cells = new ArrayList<Cell>();
        for (var column = 0; column < Math.min(row.getCellCount(), COLUMNS_MAX); column++) {
            cells.add(row.getOptionalCell(column).map(ReadGrid::toCell).orElse(Cell.EMPTY));
        }
        return new Row(row.getRowNum(), cells);
    }

    private static Cell toCell(org.dhatim.fastexcel.reader.Cell cell) {
        if (cell.getType() == CellType.FORMULA || cell.getFormula() != null) {
            return new Cell("", true);
        }
        return cell.getType() == CellType.NUMBER
                ? Cell.of(plain(cell.asNumber().stripTrailingZeros()))
                : Cell.of(shortened(cell.getText()));
    }

    /// `1E999999999` would be a text of a billion digits.
    private static String plain(BigDecimal number) {
        var exponent = (long) number.precision() - number.scale() - 1;
        if (Math.abs(exponent) > EXPONENT_MAX || number.precision() > DIGITS_MAX) {
            throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "import-unreadable");
        }
        return number.toPlainString();
    }

    private List<Row> readCsv(byte[] file) throws IOException {
        var text = decode(file);
        var head = text.lines().findFirst().orElse("");
        var format = CSVFormat.DEFAULT
                .builder()
                .setIgnoreEmptyLines(false)
                .setDelimiter(head.contains("\t") ? '\t' : ',')
                .get();
        try (var parser = format.parse(new StringReader(text))) {
            return parser.stream()
                    .limit(settings.rowsMax() + 1L)
                    .map(ReadGrid::toRow)
                    .toList();
        }
    }

    private static Row toRow(CSVRecord row) {
        return new Row(
                (int) row.getRecordNumber(),
                row.stream()
                        .limit(COLUMNS_MAX)
                        .map(text -> Cell.of(shortened(text)))
                        .toList());
    }

    private static String shortened(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
    }

    /// Excel in China writes CSV in GB18030 unless told otherwise.
    private static String decode(byte[] file) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            return new String(file, GB18030);
        }
    }
}
