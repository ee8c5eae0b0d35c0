package io.linli.groupbuy.sheets.imports;

import io.linli.groupbuy.sheets.imports.Grid.Row;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where the columns of a spreadsheet are, in whatever order; columns it does not know are ignored.
///
/// @param row number of the row that names them
record Header(int row, Shape shape, Map<Name, Integer> columns) {
    private static final int ROWS_SEARCHED = 10;

    /// What an import reads.
    enum Name {
        SERIAL("跟团号", "接龙号", "序号"),
        RECEIVER("收货人", "下单人"),
        GOODS("商品", "商品名称"),
        SPECIFICATION("规格"),
        QUANTITY("数量"),
        ORDERED("订购数量"),
        BUILDING("楼号", "楼栋号"),
        ROOM("房号", "房间号"),
        ADDRESS("详细地址", "收货地址"),
        DELIVERY("物流方式"),
        PAYMENT("支付状态");

        private final List<String> titles;

        Name(String... titles) {
            this.titles = List.of(titles);
        }
    }

    /// The two usual kinds of file. *Source:* exports of 快团团 and 群接龙.
    enum Shape {
        /// One row per product.
        KUAITUANTUAN(Set.of(Name.GOODS, Name.QUANTITY)),
        /// One row per order, its goods in one cell.
        QUNJIELONG(Set.of(Name.ORDERED, Name.ADDRESS));

        private final Set<Name> needed;

        Shape(Set<Name> needed) {
            this.needed = needed;
        }
    }

    static Optional<Header> find(Grid grid) {
        return grid.rows().stream()
                .limit(ROWS_SEARCHED)
                .flatMap(row -> of(row).stream())
                .findFirst();
    }

    private static Optional<Header> of(Row row) {
        var columns = new EnumMap<Name, Integer>(Name.class);
        for (var name : Name.values()) {
            column(row, name).ifPresent(column -> columns.put(name, column));
        }
        for (var shape : Shape.values()) {
            if (columns.keySet().containsAll(shape.needed)) {
                return Optional.of(new Header(row.number(), shape, columns));
            }
        }
        return Optional.empty();
    }

    /// The first title counts for more than the second: a file may have both 收货人 and 下单人.
    private static Optional<Integer> column(Row row, Name name) {
        for (var title : name.titles) {
            for (var column = 0; column < row.cells().size(); column++) {
                if (row.cell(column).text().equals(title)) {
                    return Optional.of(column);
                }
            }
        }
        return Optional.empty();
    }

    Grid.Cell cell(Row row, Name name) {
        return row.cell(columns.getOrDefault(name, -1));
    }

    String text(Row row, Name name) {
        return cell(row, name).text();
    }

    /// The name of a cell; of the row alone where the file lacks the column.
    String place(Row row, Name name) {
        var column = columns.get(name);
        return column == null ? Integer.toString(row.number()) : Grid.name(row.number(), column);
    }
}
