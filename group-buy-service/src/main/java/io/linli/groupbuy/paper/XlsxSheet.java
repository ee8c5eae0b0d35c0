package io.linli.groupbuy.paper;

import io.linli.groupbuy.paper.Sheet.Cell;
import io.linli.groupbuy.paper.Sheet.Section;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.dhatim.fastexcel.BorderStyle;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/// A sheet as an Excel file. Texts are written as texts: what looks like a formula is none.
final class XlsxSheet {
    private static final String APPLICATION = "Linli";
    private static final String VERSION = "1.0";
    private static final int CHARACTERS = 80;
    private static final int TAB_NAME_MAX = 31;
    private static final int CELL_TEXT_MAX = 32_767;

    private final Sheet sheet;
    private final Set<String> tabs = new HashSet<>();

    private XlsxSheet(Sheet sheet) {
        this.sheet = sheet;
    }

    static byte[] write(Sheet sheet) throws IOException {
        return new XlsxSheet(sheet).write();
    }

    private byte[] write() throws IOException {
        var file = new ByteArrayOutputStream();
        try (var workbook = new Workbook(file, APPLICATION, VERSION)) {
            if (sheet.pagePerSection()) {
                for (var section : sheet.sections()) {
                    writeTab(workbook, tabName(section.heading()), List.of(section));
                }
            }
            if (tabs.isEmpty()) {
                writeTab(workbook, tabName(sheet.title()), sheet.sections());
            }
        }
        return file.toByteArray();
    }

    /// Finished tab by tab, so that only one is held as cells.
    private void writeTab(Workbook workbook, String name, List<Section> sections) throws IOException {
        var tab = workbook.newWorksheet(name);
        setUp(tab);
        tab.value(0, 0, text(sheet.title()));
        tab.style(0, 0).bold().fontSize(14).set();
        var row = 1;
        for (var section : sections) {
            row = writeSection(tab, section, row);
        }
        tab.finish();
    }

    private void setUp(Worksheet tab) {
        var shares = sheet.columns().stream().mapToInt(Sheet.Column::share).sum();
        for (var column = 0; column < sheet.columns().size(); column++) {
            tab.width(
                    column, Math.max(8, CHARACTERS * sheet.columns().get(column).share() / shares));
        }
        tab.setFitToPage(true);
        tab.fitToWidth((short) 1);
        tab.fitToHeight((short) 0);
    }

    private int writeSection(Worksheet tab, Section section, int first) {
        var row = first;
        if (!section.heading().isEmpty()) {
            tab.value(row, 0, text(section.heading()));
            tab.style(row++, 0).bold().set();
        }
        for (var column = 0; column < sheet.columns().size(); column++) {
            tab.value(row, column, text(sheet.columns().get(column).name()));
            tab.style(row, column).bold().borderStyle(BorderStyle.THIN).set();
        }
        for (var cells : section.rows()) {
            writeRow(tab, ++row, cells);
        }
        if (!section.total().isEmpty()) {
            writeRow(tab, ++row, section.total());
        }
        return row + 2;
    }

    private static void writeRow(Worksheet tab, int row, List<Cell> cells) {
        for (var column = 0; column < cells.size(); column++) {
            var style = tab.style(row, column).borderStyle(BorderStyle.THIN).wrapText(true);
            switch (cells.get(column)) {
                case Cell.Text(var text) -> tab.value(row, column, text(text));
                case Cell.Count(var count) -> tab.value(row, column, count);
                case Cell.Fen money -> {
                    tab.value(row, column, money.yuan());
                    style.format("0.00");
                }
            }
            style.set();
        }
    }

    /// Excel refuses a file with control characters or a longer text.
    private static String text(String text) {
        var clean = text.replaceAll("[\\p{Cc}\\p{Cs}&&[^\\n]]", " ");
        return clean.length() <= CELL_TEXT_MAX ? clean : clean.substring(0, CELL_TEXT_MAX);
    }

    /// Tabs have short names that differ and know no `[]:*?/\`.
    private String tabName(String wanted) {
        var clean = wanted.replaceAll("[\\[\\]:*?/\\\\']", " ").strip();
        var name = clean.isEmpty() ? APPLICATION : clean.substring(0, Math.min(clean.length(), TAB_NAME_MAX));
        for (var number = 2; !tabs.add(name.toLowerCase(Locale.ROOT)); number++) {
            var suffix = " " + number;
            name = clean.substring(0, Math.min(clean.length(), TAB_NAME_MAX - suffix.length())) + suffix;
        }
        return name;
    }
}
