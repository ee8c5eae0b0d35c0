package io.linli.groupbuy.statements;

import io.linli.groupbuy.paper.Sheet;
import io.linli.groupbuy.paper.Sheet.Cell;
import io.linli.groupbuy.paper.Sheet.Column;
import io.linli.groupbuy.paper.Sheet.Section;
import io.linli.groupbuy.statements.Reconciliation.Difference;
import io.linli.groupbuy.statements.Reconciliation.Totals;
import io.linli.groupbuy.statements.Reconciliation.What;
import java.util.List;

/// The report as a table to print, in yuan: first what it adds up to, then the differences.
record ReconciliationTable(String title, Reconciliation report) {
    static final List<Column> COLUMNS =
            List.of(new Column("跟团号", 2), new Column("项目", 6), new Column("应为（元）", 4), new Column("实为（元）", 4));

    Sheet toSheet() {
        return new Sheet(title + " 对账表", COLUMNS, false, List.of(totals("合计", report.totals()), differences(report)));
    }

    static Section totals(String heading, Totals totals) {
        var rows = List.of(
                List.of(Cell.of(""), Cell.of("订单数"), Cell.of(""), Cell.of(totals.orders())),
                toRow("订购金额", totals.ordered()),
                toRow("应收", totals.charged()),
                toRow("已收", totals.paid()),
                toRow("已退", totals.refunded()),
                toRow("即将申请退款", totals.refundPending()),
                toRow("待退", totals.owedBack()),
                toRow("其中由团长退还", totals.owedByLeader()),
                toRow("未付", totals.outstanding()),
                toRow("团长持有现金", totals.cashHeld()),
                toRow("应付供应商", totals.supplierDue()),
                toRow("团长服务费", totals.leaderFee()),
                toRow("社区基金", totals.fundShare()),
                toRow("配送费", totals.courierShare()));
        return new Section(heading, rows, List.of());
    }

    private static List<Cell> toRow(String name, long fen) {
        return List.of(Cell.of(""), Cell.of(name), Cell.of(""), Cell.ofFen(fen));
    }

    static Section differences(Reconciliation report) {
        var shown = report.differences().size();
        var heading = report.agrees()
                ? "没有差异"
                : "差异 " + report.differenceCount() + " 处"
                        + (shown < report.differenceCount() ? "，列出前 " + shown + " 处" : "");
        return new Section(
                heading,
                report.differences().stream().map(ReconciliationTable::toRow).toList(),
                List.of());
    }

    private static List<Cell> toRow(Difference difference) {
        var number = difference.serialNumber();
        return List.of(
                number == null ? Cell.of("") : Cell.of((long) number),
                Cell.of(name(difference.what())),
                Cell.ofFen(difference.expected()),
                Cell.ofFen(difference.found()));
    }

    private static String name(What what) {
        return switch (what) {
            case TRANSACTION -> "分录合计不为零";
            case CHARGE -> "应收与商品金额不符";
            case PAYMENT -> "已收与付款记录不符";
            case PAYMENT_STATE -> "付款与订单状态不符";
            case REFUND -> "退款与退款记录不符";
            case REFUND_OVER_PAID -> "退款多于付款";
            case OVERPAID -> "多收未退";
            case LEDGER_CHARGE -> "应收与账本不符";
            case LEDGER_PAYMENT -> "已收与账本不符";
            case LEDGER_REFUND -> "已退与账本不符";
            case REFUND_UNCONFIRMED -> "退款迟迟未确认";
        };
    }
}
