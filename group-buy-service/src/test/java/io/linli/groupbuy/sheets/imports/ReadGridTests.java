package io.linli.groupbuy.sheets.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.kit.web.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpStatus;

class ReadGridTests {
    private final ReadGrid readGrid = new ReadGrid(new ImportSettings(5_000, 10, 20_000_000, 200, 120, 100));

    @ParameterizedTest
    @MethodSource
    @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
    void a_small_file_that_is_costly_to_read_is_refused(String row) throws IOException {
        for (var tab : List.of("xl/worksheets/sheet1.xml", "xl/media/image1.png")) {
            var file = excel(tab, row);

            assertThat(file.length).isLessThan(100_000);
            refused(file, "import-unreadable");
        }
    }

    static Stream<Named<String>> a_small_file_that_is_costly_to_read_is_refused() {
        return Stream.of(
                Named.of("digits", "<c r=\"A1\"><v>" + "9".repeat(15_000_000) + "</v></c>"),
                Named.of("a few digits too many", "<c r=\"A1\"><v>" + "9".repeat(41) + "</v></c>"),
                Named.of("digits around", "<c><v><c t=\"str\"/><v/>" + "9".repeat(15_000_000) + "</v></c>"),
                Named.of("exponent", "<c r=\"A1\"><v>1E999999999</v></c>"),
                Named.of("small exponent", "<c r=\"A1\"><v>1E-999999999</v></c>"),
                Named.of("column", "<c r=\"ZZZZZZ1\"><v>1</v></c>"),
                Named.of("cells", "<c/>".repeat(3_200_000)),
                Named.of("cells of rows in rows", ("<c/>".repeat(900) + "<row>").repeat(4_000)));
    }

    @Test
    void usual_numbers_and_empty_cells_beside_the_table_are_read() throws IOException {
        var row = "<c r=\"A1\"><v>-1.1102230246251565E-16</v></c><c r=\"B1\"><v>1.3800138000E10</v></c><c><v/></c>"
                + "<c r=\"D1\" t=\"inlineStr\"><is><t>" + "青".repeat(500) + "</t></is></c><c r=\"DZ1\"/>";

        var cells = readGrid.handle(excel("xl/worksheets/sheet1.xml", row))
                .rows()
                .getFirst()
                .cells();

        assertThat(cells)
                .extracting(Grid.Cell::text)
                .startsWith("-0.00000000000000011102230246251565", "13800138000", "", "青".repeat(500));
        refused(excel("xl/worksheets/sheet1.xml", "</row><row>".repeat(5_001)), "import-too-large");
    }

    /// A workbook of one tab with one row.
    private static byte[] excel(String tab, String row) throws IOException {
        var type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
        var parts = Map.of(
                "[Content_Types].xml",
                "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"" + type + "\"/></Types>",
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"rId1\" Target=\"/" + tab + "\"/></Relationships>",
                "xl/workbook.xml",
                "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>"
                        + "<sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
                tab,
                "<worksheet><sheetData><row>" + row + "</row></sheetData></worksheet>");
        var file = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(file)) {
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return file.toByteArray();
    }

    private void refused(byte[] file, String slug) {
        assertThatThrownBy(() -> readGrid.handle(file)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
            assertThat(problem.slug()).isEqualTo(slug);
        });
    }
}
