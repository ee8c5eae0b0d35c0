package io.linli.groupbuy.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.paper.Sheet.Cell;
import io.linli.groupbuy.paper.Sheet.Column;
import io.linli.groupbuy.paper.Sheet.Section;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.Test;

class SheetTests {
    private static final List<Column> COLUMNS =
            List.of(new Column("楼栋号", 2), new Column("购买物品", 6), new Column("数量", 1), new Column("金额", 1));

    @Test
    void a_pdf_gives_its_chinese_text_back() throws IOException {
        var pages = pagesOf(PdfSheet.write(twoBuildings(true)));

        assertThat(pages).hasSize(2);
        assertThat(pages.getFirst()).contains("周二蔬菜", "2号楼", "楼栋号", "青菜 ×2，鲜鸡蛋", "12.30", "合计");
        assertThat(pages.getLast()).contains("周二蔬菜", "10号楼", "楼栋号").doesNotContain("鲜鸡蛋");
    }

    @Test
    void sections_share_a_page_unless_each_wants_its_own() throws IOException {
        assertThat(pagesOf(PdfSheet.write(twoBuildings(false)))).hasSize(1);
    }

    @Test
    void the_same_sheet_gives_the_same_bytes() throws IOException {
        assertThat(PdfSheet.write(twoBuildings(true))).isEqualTo(PdfSheet.write(twoBuildings(true)));
    }

    @Test
    void characters_the_font_lacks_are_shown_as_boxes() throws IOException {
        var odd = "龘𠮷🥬\u0007\u200b青";

        var text = pagesOf(PdfSheet.write(oneRow(odd))).getFirst();

        assertThat(text).contains("龘□□").contains("青");
    }

    @Test
    void long_texts_are_wrapped_and_long_rows_go_on_on_the_next_page() throws IOException {
        var words = IntStream.range(0, 900).mapToObj(number -> "物" + number).toList();

        var pages = pagesOf(PdfSheet.write(oneRow(String.join(" ", words))));
        var lines = pagesOf(PdfSheet.write(oneRow(String.join("\n", words))));

        assertThat(String.join("", pages).replaceAll("\\s", "")).contains("物0物1物2", "物898物899");
        assertThat(lines.size()).isGreaterThan(10);
        assertThat(lines).allSatisfy(page -> assertThat(page).contains("楼栋号", "周二蔬菜"));
        assertThat(String.join("\n", lines)).contains(words);
    }

    @Test
    void rows_stay_inside_the_page_and_every_page_repeats_the_head() throws IOException {
        var pages = pagesOf(PdfSheet.write(rows(500)));

        assertThat(pages.size()).isBetween(10, 20);
        assertThat(pages).allSatisfy(page -> assertThat(page).contains("楼栋号"));
        var all = String.join("\n", pages);
        assertThat(IntStream.range(0, 500)).allSatisfy(row -> assertThat(all).contains("第" + row + "行"));
    }

    @Test
    void an_excel_file_has_a_tab_per_section_numbers_as_numbers_and_no_formulas() throws IOException {
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(XlsxSheet.write(twoBuildings(true))))) {
            var tabs = workbook.getSheets().toList();
            var rows = tabs.getFirst().read();

            assertThat(tabs)
                    .extracting(org.dhatim.fastexcel.reader.Sheet::getName)
                    .containsExactly("2号楼", "10号楼");
            assertThat(rows.get(0).getCellText(0)).isEqualTo("周二蔬菜");
            assertThat(rows.get(2).getCellText(1)).isEqualTo("购买物品");
            assertThat(rows.get(3).getCellText(1)).isEqualTo("青菜 ×2，鲜鸡蛋");
            assertThat(rows.get(3).getCellAsNumber(2)).contains(new BigDecimal(3));
            assertThat(rows.get(3).getCellAsNumber(3)).contains(new BigDecimal("12.30"));
            assertThat(rows.get(4).getCell(1).getText()).isEqualTo("=1+1");
            assertThat(rows.get(4).getCell(1).getFormula()).isNull();
        }
    }

    @Test
    void tabs_get_names_that_excel_takes() throws IOException {
        var section = new Section("3/4号楼：[东]*?东边第一个门第二个门第三个门第四个门第五个门第六个门", List.of(), List.of());
        var sheet = new Sheet("x", COLUMNS, true, List.of(section, section, new Section("", List.of(), List.of())));

        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(XlsxSheet.write(sheet)))) {
            assertThat(workbook.getSheets().map(org.dhatim.fastexcel.reader.Sheet::getName))
                    .hasSize(3)
                    .doesNotHaveDuplicates()
                    .allSatisfy(name -> assertThat(name).hasSizeLessThan(32).doesNotContain("/", "[", "*", "?"));
        }
    }

    @Test
    void ten_thousand_rows_are_printed_in_seconds() throws IOException {
        var sheet = rows(10_000);
        PdfSheet.write(rows(10));

        var began = System.nanoTime();
        var pdf = PdfSheet.write(sheet);
        var xlsx = XlsxSheet.write(sheet);
        var took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(took).isLessThan(Duration.ofSeconds(10));
        assertThat(pdf.length).isLessThan(4_000_000);
        assertThat(xlsx.length).isLessThan(1_000_000);
    }

    private static Sheet twoBuildings(boolean pagePerSection) {
        var row = List.of(Cell.of("2号楼"), Cell.of("青菜 ×2，鲜鸡蛋"), Cell.of(3), Cell.ofFen(1230));
        var trick = List.of(Cell.of("2号楼"), Cell.of("=1+1"), Cell.of(1), Cell.ofFen(5));
        var total = List.of(Cell.of("合计"), Cell.of(""), Cell.of(4), Cell.ofFen(1235));
        var other = List.of(Cell.of("10号楼"), Cell.of("豆腐"), Cell.of(1), Cell.ofFen(400));
        return new Sheet(
                "周二蔬菜",
                COLUMNS,
                pagePerSection,
                List.of(
                        new Section("2号楼", List.of(row, trick), total),
                        new Section("10号楼", List.of(other), List.of())));
    }

    private static Sheet oneRow(String goods) {
        var row = List.of(Cell.of("2号楼"), Cell.of(goods), Cell.of(3), Cell.ofFen(1230));
        return new Sheet("周二蔬菜", COLUMNS, false, List.of(new Section("", List.of(row), List.of())));
    }

    private static Sheet rows(int count) {
        var random = new Random(1);
        var rows = new ArrayList<List<Cell>>();
        for (var row = 0; row < count; row++) {
            var goods = "第" + row + "行" + Character.toString(0x4e00 + random.nextInt(3000)) + " ×2，鸡蛋 ×1";
            rows.add(List.of(Cell.of(row / 80 + "号楼"), Cell.of(goods), Cell.of(row), Cell.ofFen(row * 10L)));
        }
        return new Sheet("周二蔬菜", COLUMNS, true, List.of(new Section("全部", rows, List.of())));
    }

    private static List<String> pagesOf(byte[] pdf) throws IOException {
        try (var document = Loader.loadPDF(pdf)) {
            var pages = new ArrayList<String>();
            for (var page = 1; page <= document.getNumberOfPages(); page++) {
                var stripper = new PDFTextStripper();
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                pages.add(stripper.getText(document));
            }
            return pages;
        }
    }
}
