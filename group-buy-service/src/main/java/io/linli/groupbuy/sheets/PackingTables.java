package io.linli.groupbuy.sheets;

import io.linli.groupbuy.ordering.OrdersToPack.Line;
import io.linli.groupbuy.paper.Label;
import io.linli.groupbuy.paper.Sheet;
import io.linli.groupbuy.paper.Sheet.Cell;
import io.linli.groupbuy.paper.Sheet.Column;
import io.linli.groupbuy.paper.Sheet.Section;
import io.linli.groupbuy.sheets.PackingSheet.Change;
import io.linli.groupbuy.sheets.PackingSheet.Packed;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A packing sheet as tables, one kind for each who works with it. With `hidden` it shows neither unit nor room, which
/// nobody but the leader may read on paper. *Source:* GB/T 41833-2022; columns as on the sheets of 2022.
record PackingTables(PackingSheet sheet, boolean hidden) {
    private static final String TICK = "□";
    private static final String TOTAL = "合计";
    private static final String UNKNOWN = "地址不详";

    /// How a sheet is arranged.
    enum By {
        BUILDING,
        PRODUCT,
        RUN
    }

    Sheet toSheet(By by) {
        return switch (by) {
            case BUILDING -> byBuilding();
            case PRODUCT -> byProduct();
            case RUN -> byRun();
        };
    }

    private String title(String kind) {
        return sheet.title() + " " + kind + " 第 " + sheet.version() + " 版";
    }

    /// One page per building with its total.
    private Sheet byBuilding() {
        var columns = List.of(
                new Column("楼栋号", 3),
                new Column("房间号", 3),
                new Column("跟团号", 3),
                new Column("购买物品", 10),
                new Column("配送完成", 2));
        var sections = byBuilding(sheet.orders()).entrySet().stream()
                .map(building -> new Section(
                        building.getKey(),
                        building.getValue().stream().map(this::toRow).toList(),
                        total(building.getValue())))
                .toList();
        return new Sheet(title("分拣单"), columns, true, sections);
    }

    private List<Cell> toRow(Packed order) {
        return List.of(
                Cell.of(place(order)),
                Cell.of(room(order)),
                Cell.of(order.serialNumber() + " " + order.name()),
                Cell.of(goods(order.lines())),
                Cell.of(TICK));
    }

    private static List<Cell> total(List<Packed> orders) {
        return List.of(Cell.of(TOTAL), Cell.of(""), Cell.of(orders.size() + " 单"), Cell.of(sum(orders)), Cell.of(""));
    }

    /// For those who hand out one product: how many for which building.
    private Sheet byProduct() {
        var columns = List.of(new Column("商品", 8), new Column("楼栋号", 4), new Column("数量", 2), new Column("配送完成", 2));
        var products = new LinkedHashMap<String, Map<String, Integer>>();
        for (var order : sheet.orders()) {
            for (var line : order.lines()) {
                products.computeIfAbsent(line.name(), _ -> new TreeMap<>(new NaturalOrder()))
                        .merge(building(order), line.quantity(), Integer::sum);
            }
        }
        var sections = products.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(new NaturalOrder()))
                .map(product -> toSection(product.getKey(), product.getValue()))
                .toList();
        return new Sheet(title("按商品"), columns, false, sections);
    }

    private static Section toSection(String product, Map<String, Integer> buildings) {
        var rows = buildings.entrySet().stream()
                .map(each -> List.of(Cell.of(product), Cell.of(each.getKey()), Cell.of(each.getValue()), Cell.of(TICK)))
                .toList();
        var sum = buildings.values().stream().mapToInt(Integer::intValue).sum();
        return new Section(product, rows, List.of(Cell.of(TOTAL), Cell.of(""), Cell.of(sum), Cell.of("")));
    }

    /// For the courier and those who carry: one run to the station, and one to the doors of each building.
    private Sheet byRun() {
        var columns = List.of(new Column("商品", 8), new Column("数量", 2), new Column("配送完成", 2));
        var runs = new LinkedHashMap<String, List<Packed>>();
        runs.put(
                "送到驿站",
                sheet.orders().stream().filter(order -> !order.doorstep()).toList());
        byBuilding(sheet.orders().stream().filter(Packed::doorstep).toList())
                .forEach((building, orders) -> runs.put("送货上门：" + building, orders));
        var sections = runs.entrySet().stream()
                .filter(run -> !run.getValue().isEmpty())
                .map(run -> toRun(run.getKey(), run.getValue()))
                .toList();
        return new Sheet(title("配送单"), columns, true, sections);
    }

    private static Section toRun(String name, List<Packed> orders) {
        var sums = sums(orders);
        var rows = sums.entrySet().stream()
                .map(product -> List.of(Cell.of(product.getKey()), Cell.of(product.getValue()), Cell.of(TICK)))
                .toList();
        var sum = sums.values().stream().mapToInt(Integer::intValue).sum();
        return new Section(name, rows, List.of(Cell.of(TOTAL + " " + orders.size() + " 单"), Cell.of(sum), Cell.of("")));
    }

    /// The delta slip against an earlier sheet: old → new, which goes out beside the paper that is in use already.
    Sheet toSlip(PackingSheet earlier) {
        var columns = List.of(
                new Column("楼栋号", 3),
                new Column("房间号", 3),
                new Column("跟团号", 3),
                new Column("购买物品", 7),
                new Column("原数量", 2),
                new Column("新数量", 2),
                new Column("配送完成", 2));
        var changes = sheet.changesSince(earlier).stream()
                .collect(Collectors.groupingBy(
                        change -> building(change.order()), LinkedHashMap::new, Collectors.toList()));
        var sections = changes.entrySet().stream()
                .map(building -> new Section(
                        building.getKey(),
                        building.getValue().stream().map(this::toRow).toList(),
                        List.of()))
                .toList();
        var title = title("变更单（对第 " + earlier.version() + " 版）");
        return new Sheet(title, columns, false, sections);
    }

    private List<Cell> toRow(Change change) {
        var order = change.order();
        return List.of(
                Cell.of(place(order)),
                Cell.of(room(order)),
                Cell.of(order.serialNumber() + " " + order.name()),
                Cell.of(change.line().name()),
                Cell.of(change.before()),
                Cell.of(change.after()),
                Cell.of(TICK));
    }

    /// One label per order: the serial number and masked name, never unit, room or phone.
    List<Label> toLabels() {
        return sheet.orders().stream().map(this::toLabel).toList();
    }

    private Label toLabel(Packed order) {
        var way = order.doorstep() ? "送货上门" : "驿站自提";
        return new Label(
                order.serialNumber() + "  " + order.name(),
                List.of(building(order) + "  " + way, sheet.title(), goods(order.lines())));
    }

    private static Map<String, List<Packed>> byBuilding(Collection<Packed> orders) {
        return orders.stream()
                .collect(Collectors.groupingBy(PackingTables::building, LinkedHashMap::new, Collectors.toList()));
    }

    private static String building(Packed order) {
        return order.door() == null ? UNKNOWN : order.door().building();
    }

    private String place(Packed order) {
        var door = order.door();
        return door == null || hidden ? building(order) : door.building() + " " + door.unit();
    }

    private String room(Packed order) {
        if (hidden) {
            return "***";
        }
        return order.door() == null ? "" : order.door().room();
    }

    private static String goods(List<Line> lines) {
        return lines.stream().map(line -> line.name() + " ×" + line.quantity()).collect(Collectors.joining("，"));
    }

    private static String sum(List<Packed> orders) {
        return sums(orders).entrySet().stream()
                .map(product -> product.getKey() + " ×" + product.getValue())
                .collect(Collectors.joining("，"));
    }

    private static Map<String, Integer> sums(List<Packed> orders) {
        var sums = new TreeMap<String, Integer>(new NaturalOrder());
        orders.forEach(order -> order.lines().forEach(line -> sums.merge(line.name(), line.quantity(), Integer::sum)));
        return sums;
    }
}
