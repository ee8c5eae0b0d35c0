package io.linli.groupbuy.statements;

import io.linli.groupbuy.paper.Sheet;
import io.linli.groupbuy.paper.Sheet.Cell;
import io.linli.groupbuy.paper.Sheet.Column;
import io.linli.groupbuy.paper.Sheet.Section;
import io.linli.groupbuy.settlement.Account;
import io.linli.groupbuy.settlement.Occasion;
import io.linli.groupbuy.statements.Statement.Entry;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// A whole statement as a table to print. Money stands in yuan, instants in the zone of the community.
///
/// @param owner whose account it is, by name; empty where only its id is known
record StatementTable(Account account, String owner, Period period, Statement statement) {
    private static final List<Column> COLUMNS = List.of(
            new Column("时间", 5),
            new Column("事由", 4),
            new Column("团购", 8),
            new Column("跟团号", 2),
            new Column("金额（元）", 4),
            new Column("余额（元）", 4));
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    Sheet toSheet() {
        var title = kind() + "对账单 " + period.from() + " 至 " + period.to();
        var whose = owner.isEmpty() ? account.owner().toString() : owner;
        return new Sheet(title, COLUMNS, false, List.of(new Section(whose, rows(), closing())));
    }

    private List<List<Cell>> rows() {
        var rows = new ArrayList<List<Cell>>();
        rows.add(balance("期初余额", statement.opening()));
        statement.entries().forEach(entry -> rows.add(toRow(entry)));
        return rows;
    }

    private List<Cell> closing() {
        return balance("期末余额", statement.closing());
    }

    private static List<Cell> balance(String name, long fen) {
        return List.of(Cell.of(""), Cell.of(name), Cell.of(""), Cell.of(""), Cell.of(""), Cell.ofFen(fen));
    }

    private List<Cell> toRow(Entry entry) {
        var number = entry.serialNumber();
        return List.of(
                Cell.of(MINUTE.format(entry.at().atZone(period.zone()))),
                Cell.of(occasion(entry.occasion())),
                Cell.of(entry.title() == null ? "" : entry.title()),
                number == null ? Cell.of("") : Cell.of((long) number),
                Cell.ofFen(entry.fen()),
                Cell.ofFen(entry.balance()));
    }

    private String kind() {
        return switch (account.kind()) {
            case HOUSEHOLD -> "住户";
            case LEADER -> "团长";
            case SUPPLIER -> "供应商";
            case COURIER -> "配送";
            case FUND -> "社区基金";
            case CLEARING -> "支付平台";
        };
    }

    private static String occasion(Occasion occasion) {
        return switch (occasion) {
            case PAID -> "付款";
            case FORMED -> "成团";
            case PAID_BACK -> "退款到账";
            case SHORT -> "缺货";
            case DAMAGED -> "损坏";
            case TIER_DIFFERENCE -> "阶梯差价";
            case FAILED -> "未成团";
            case CANCELLED -> "取消";
            case LATE_PAYMENT -> "逾期付款";
            case PAYOUT -> "付给";
            case PAYOUT_REVERSED -> "付给撤销";
            case HANDED_OVER -> "交款";
        };
    }
}
