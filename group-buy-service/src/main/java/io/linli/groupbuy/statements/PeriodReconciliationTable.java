package io.linli.groupbuy.statements;

import io.linli.groupbuy.paper.Sheet;
import io.linli.groupbuy.paper.Sheet.Section;
import io.linli.groupbuy.statements.PeriodReconciliation.Part;
import java.time.LocalDate;
import java.util.stream.Stream;

/// The report on a period as a table to print, in yuan: what all adds up to, then each group buy.
record PeriodReconciliationTable(PeriodReconciliation report) {

    Sheet toSheet() {
        var title = "对账表 " + report.period().from() + " 至 " + report.period().to();
        var all = Stream.of(ReconciliationTable.totals("合计 " + report.parts().size() + " 个团购", report.totals()));
        var each = report.parts().stream().flatMap(this::toSections);
        return new Sheet(
                title,
                ReconciliationTable.COLUMNS,
                false,
                Stream.concat(all, each).toList());
    }

    private Stream<Section> toSections(Part part) {
        var day = LocalDate.ofInstant(part.groupBuy().endedAt(), report.period().zone());
        var totals = ReconciliationTable.totals(
                day + " " + part.groupBuy().title(), part.report().totals());
        return Stream.of(totals, ReconciliationTable.differences(part.report()));
    }
}
