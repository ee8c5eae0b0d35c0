package io.linli.groupbuy.sheets;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.community.Door;
import io.linli.groupbuy.ordering.OrdersToPack.Line;
import io.linli.groupbuy.ordering.OrdersToPack.ToPack;
import io.linli.groupbuy.paper.Sheet;
import io.linli.groupbuy.paper.Sheet.Cell;
import io.linli.groupbuy.sheets.PackingSheet.Change;
import io.linli.groupbuy.sheets.PackingSheet.Packed;
import io.linli.groupbuy.sheets.PackingTables.By;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackingSheetTests {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final UUID GREENS = UUID.randomUUID();
    private static final UUID EGGS = UUID.randomUUID();

    private final Map<UUID, Door> doors = new HashMap<>();
    private final List<ToPack> orders = new ArrayList<>();

    @Test
    void orders_stand_by_building_unit_floor_and_room_as_people_count() {
        order(new Door("10号楼", "1单元", 1, "101"), false, greens(1));
        order(new Door("2号楼", "1单元", 10, "1001"), false, greens(1));
        order(new Door("2号楼", "1单元", 2, "201"), false, greens(1));
        order(new Door("2号楼", "2单元", 1, "101"), false, greens(1));
        order(new Door("别墅8", "", 1, "别墅"), false, greens(1));
        order(new Door("2号楼", "1单元", 2, "201A"), false, greens(1));
        order(null, false, greens(1));

        var sheet = sheet(1);

        assertThat(sheet.orders()).extracting(Packed::serialNumber).containsExactly(7, 3, 6, 2, 4, 1, 5);
    }

    @Test
    void each_building_has_its_page_its_columns_and_its_total() {
        order(new Door("10号楼", "1单元", 1, "101"), false, greens(2), eggs(1));
        order(new Door("2号楼", "1单元", 1, "102"), true, greens(1));
        order(new Door("2号楼", "1单元", 1, "101"), false, greens(4));

        var table = new PackingTables(sheet(1), false).toSheet(By.BUILDING);

        assertThat(table.pagePerSection()).isTrue();
        assertThat(table.columns()).extracting(Sheet.Column::name).containsSequence("楼栋号", "房间号");
        assertThat(texts(table))
                .containsExactly(
                        "2号楼:2号楼 1单元|101|3 王*|青菜 ×4|□",
                        "2号楼:2号楼 1单元|102|2 王*|青菜 ×1|□",
                        "2号楼:合计||2 单|青菜 ×5|",
                        "10号楼:10号楼 1单元|101|1 王*|青菜 ×2，鸡蛋 ×1|□",
                        "10号楼:合计||1 单|青菜 ×2，鸡蛋 ×1|");
    }

    @Test
    void a_product_tells_how_many_go_to_which_building() {
        order(new Door("10号楼", "1单元", 1, "101"), false, greens(2), eggs(1));
        order(new Door("2号楼", "1单元", 1, "102"), true, greens(1));

        var table = new PackingTables(sheet(1), false).toSheet(By.PRODUCT);

        assertThat(texts(table))
                .containsExactly("青菜:青菜|2号楼|1|□", "青菜:青菜|10号楼|2|□", "青菜:合计||3|", "鸡蛋:鸡蛋|10号楼|1|□", "鸡蛋:合计||1|");
    }

    @Test
    void a_run_goes_to_the_station_or_to_the_doors_of_one_building() {
        order(new Door("10号楼", "1单元", 1, "101"), true, greens(2), eggs(1));
        order(new Door("2号楼", "1单元", 1, "102"), true, greens(1));
        order(new Door("2号楼", "1单元", 1, "103"), false, eggs(5));

        var table = new PackingTables(sheet(1), false).toSheet(By.RUN);

        assertThat(texts(table))
                .containsExactly(
                        "送到驿站:鸡蛋|5|□",
                        "送到驿站:合计 1 单|5|",
                        "送货上门：2号楼:青菜|1|□",
                        "送货上门：2号楼:合计 1 单|1|",
                        "送货上门：10号楼:青菜|2|□",
                        "送货上门：10号楼:鸡蛋|1|□",
                        "送货上门：10号楼:合计 1 单|3|");
    }

    /// Story 12: someone photographs a label.
    @Test
    void what_others_than_the_leader_see_tells_neither_unit_nor_room() {
        order(new Door("10号楼", "7单元", 1, "1234"), true, greens(2));
        var tables = new PackingTables(sheet(2), true);

        var seen = new ArrayList<String>();
        Stream.of(By.values()).forEach(by -> seen.addAll(texts(tables.toSheet(by))));
        tables.toLabels().forEach(label -> seen.add(label.heading() + label.lines()));
        new PackingTables(sheet(1), false).toLabels().forEach(label -> seen.add(label.heading() + label.lines()));
        orders.clear();
        seen.addAll(texts(tables.toSlip(sheet(1))));

        assertThat(String.join("\n", seen)).contains("10号楼", "王*").doesNotContain("7单元", "1234");
    }

    @Test
    void a_change_is_told_as_old_and_new() {
        var cancelled = order(new Door("2号楼", "1单元", 1, "101"), false, greens(2), eggs(1));
        order(new Door("2号楼", "1单元", 1, "102"), false, greens(3));
        order(new Door("10号楼", "1单元", 1, "101"), false, greens(1));
        var before = sheet(1);
        orders.remove(cancelled);
        orders.set(0, shortened(orders.get(0), greens(1), eggs(2)));

        var after = sheet(2);

        assertThat(after.changesSince(before))
                .extracting(
                        change -> change.order().serialNumber(), PackingSheetTests::item, Change::before, Change::after)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, "青菜", 2, 0),
                        org.assertj.core.groups.Tuple.tuple(1, "鸡蛋", 1, 0),
                        org.assertj.core.groups.Tuple.tuple(2, "青菜", 3, 1),
                        org.assertj.core.groups.Tuple.tuple(2, "鸡蛋", 0, 2));
        assertThat(texts(new PackingTables(after, false).toSlip(before)))
                .contains("2号楼:2号楼 1单元|101|1 王*|青菜|2|0|□", "2号楼:2号楼 1单元|102|2 王*|鸡蛋|0|2|□");
        assertThat(after.changesSince(after)).isEmpty();
    }

    private static String item(Change change) {
        return change.line().name();
    }

    private static ToPack shortened(ToPack order, Line... lines) {
        return new ToPack(
                order.order(),
                order.household(),
                order.serialNumber(),
                order.displayName(),
                order.doorstep(),
                List.of(lines));
    }

    private ToPack order(Door door, boolean doorstep, Line... lines) {
        var household = UUID.randomUUID();
        if (door != null) {
            doors.put(household, door);
        }
        var order = new ToPack(UUID.randomUUID(), household, orders.size() + 1, "王*", doorstep, List.of(lines));
        orders.add(order);
        return order;
    }

    private PackingSheet sheet(int version) {
        return PackingSheet.of("周二蔬菜", version, NOW, orders, doors);
    }

    private static Line greens(int quantity) {
        return new Line(GREENS, "青菜", quantity);
    }

    private static Line eggs(int quantity) {
        return new Line(EGGS, "鸡蛋", quantity);
    }

    private static List<String> texts(Sheet sheet) {
        return sheet.sections().stream()
                .flatMap(section -> Stream.concat(
                                section.rows().stream(),
                                section.total().isEmpty() ? Stream.<List<Cell>>empty() : Stream.of(section.total()))
                        .map(row -> section.heading() + ":"
                                + String.join("|", row.stream().map(Cell::shown).toList())))
                .toList();
    }
}
