package io.linli.groupbuy.sheets.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.groupbuy.community.Address;
import io.linli.groupbuy.lifecycle.Item;
import io.linli.groupbuy.sheets.imports.Header.Shape;
import io.linli.groupbuy.sheets.imports.ReadLines.Line;
import io.linli.groupbuy.sheets.imports.ReadLines.Result;
import io.linli.kit.web.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadLinesTests {
    private static final Item GREENS = item("青菜", "500 g");
    private static final Item EGGS = item("鸡蛋", "30枚");
    private final ReadGrid readGrid = new ReadGrid(new ImportSettings(50, 10, 200_000, 200, 120, 100));

    @Test
    void rows_of_kuaituantuan_are_read_whatever_the_order_of_columns() {
        var read = read("""
                团员备注,数量,商品,规格,跟团号,收货人,联系电话,房号,楼号,物流方式
                谢谢,２,青菜,,1,王小梅,13800138000,1201,12,自提
                ,"1,000",鸡蛋,30枚,2,李雷,13900139000,2单元302室,3号,送货上门
                """);

        assertThat(read.errors()).isEmpty();
        assertThat(read.lines())
                .extracting(ReadLinesTests::told)
                .containsExactly("2:1:王*:青菜×2:false", "3:2:李*:鸡蛋×1000:true");
        assertThat(read.lines())
                .extracting(line -> line.receiver().address())
                .containsExactly(new Address("12", null, "1201"), new Address("3号", "2", "302室"));
    }

    @Test
    void rows_of_qunjielong_hold_all_goods_of_an_order_in_one_cell() {
        var read = read("""
                收货人,联系电话,订单总金额,支付状态,收货地址,订购数量
                王小梅,13800138000,35.00,已支付,梧桐苑12号楼2单元1201室,"青菜 x2
                鸡蛋×１"
                李雷,13900139000,7,已支付,１２-３０２,青菜：3；鸡蛋（1份）
                韩梅梅,13700137000,7,已退款,12-303,青菜x1
                """);

        assertThat(read.errors()).isEmpty();
        assertThat(read.lines())
                .extracting(ReadLinesTests::told)
                .containsExactly("2::王*:青菜×2:false", "2::王*:鸡蛋×1:false", "3::李*:青菜×3:false", "3::李*:鸡蛋×1:false");
        assertThat(read.lines().getFirst().receiver().address()).isEqualTo(new Address("12", "2", "1201"));
    }

    @Test
    void every_cell_that_cannot_be_read_is_told() {
        var read = read("""
                跟团号,商品,数量,收货人,楼号,房号
                1,青菜,两份,王小梅,12,1201
                2,白菜,1,李雷,12,302
                3,青菜,0,韩梅梅,12,303
                4,青菜,1,林涛,,303
                5,青菜,=1+1,魏华,12,304
                6,"青菜 x2
                鸡蛋 x1",4,吉姆,12,305
                """);

        assertThat(read.errors())
                .extracting(error -> error.cell() + " " + error.reason() + " " + error.text())
                .containsExactly(
                        "C2 QUANTITY_UNREADABLE 两份",
                        "B3 GOODS_UNKNOWN 白菜",
                        "C4 QUANTITY_UNREADABLE 0",
                        "F5 ADDRESS_UNREADABLE ",
                        "C6 FORMULA ",
                        "C7 QUANTITY_DIFFERS 4");
    }

    @Test
    void a_row_that_names_nobody_belongs_to_the_order_above() {
        var read = read("""
                某某团购导出
                跟团号,商品,数量,收货人,楼号,房号
                1,青菜,2,王小梅,12,1201
                ,鸡蛋,1,,,

                2,青菜,1,李雷,12,302
                """);

        assertThat(read.errors()).isEmpty();
        assertThat(read.lines())
                .extracting(ReadLinesTests::told)
                .containsExactly("3:1:王*:青菜×2:false", "4:1:王*:鸡蛋×1:false", "6:2:李*:青菜×1:false");
    }

    @Test
    void excel_is_read_with_numbers_as_numbers_and_formulas_not_computed() throws IOException {
        var file = new ByteArrayOutputStream();
        try (var workbook = new Workbook(file, "test", "1.0")) {
            var tab = workbook.newWorksheet("导出");
            var titles = List.of("跟团号", "商品", "数量", "收货人", "楼号", "房号");
            for (var column = 0; column < titles.size(); column++) {
                tab.value(0, column, titles.get(column));
            }
            fill(tab, 1, 1, "青菜", 2, "王小梅", 12, 1201);
            fill(tab, 2, 2, "鸡蛋", 1, "李雷", 12, "10A");
            fill(tab, 3, 3, "鸡蛋", null, "李雷", 12, "10A");
            tab.formula(3, 2, "1+1");
        }

        var read = read(file.toByteArray());

        assertThat(read.lines())
                .extracting(ReadLinesTests::told)
                .containsExactly("2:1:王*:青菜×2:false", "3:2:李*:鸡蛋×1:false");
        assertThat(read.lines().getFirst().receiver().address()).isEqualTo(new Address("12", null, "1201"));
        assertThat(read.errors()).extracting(CellError::cell).containsExactly("C4");
    }

    @Test
    void csv_is_read_in_both_usual_encodings() {
        var csv = "跟团号,商品,数量,楼号,房号\n1,青菜,2,12,1201\n";

        assertThat(read(csv.getBytes(Charset.forName("GB18030"))).lines()).hasSize(1);
        assertThat(read(("\ufeff" + csv).getBytes(StandardCharsets.UTF_8)).lines())
                .hasSize(1);
        assertThat(read(csv.replace(',', '\t').getBytes(StandardCharsets.UTF_8)).lines())
                .hasSize(1);
    }

    @Test
    void a_small_file_that_unpacks_to_a_huge_one_is_refused() throws IOException {
        var bomb = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bomb)) {
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            zip.write(new byte[1_000_000]);
            zip.closeEntry();
        }

        assertThat(bomb.size()).isLessThan(2_000);
        refused(bomb.toByteArray(), "import-too-large");
    }

    @Test
    void what_is_no_spreadsheet_or_too_long_is_refused() {
        refused(Arrays.copyOf(new byte[] {'P', 'K', 3, 4}, 300), "import-unreadable");
        refused(new byte[0], "import-unreadable");
        refused(("跟团号,商品,数量\n" + "1,青菜,2\n".repeat(60)).getBytes(StandardCharsets.UTF_8), "import-too-large");
        assertThat(Header.find(readGrid.handle("姓名,电话\n王,1\n".getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "梧桐苑12号楼2单元1201室, 12, 2, 1201",
        "上海市某某路100号12号楼1201室, 12, , 1201",
        "88弄12号1201, 12, , 1201",
        "12栋10A, 12, , 10A",
        "A座3单元502, A, 3, 502",
        "12-2-1201, 12, 2, 1201",
        "梧桐苑 12 - 1201, 12, , 1201"
    })
    void addresses_are_found_in_what_people_write(String text, String building, String unit, String room) {
        assertThat(WrittenAddress.read(text)).contains(new Address(building, unit, room));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "梧桐苑", "1201", "物业转交", "12号楼", "2026-11-22", "1号楼11111111111111111111"})
    void what_is_no_address_is_not_guessed(String text) {
        assertThat(WrittenAddress.read(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "2.0, 2", "'1,000', 1000", "3份, 3", "999999, 999999"})
    void quantities_are_read_as_written(String text, int quantity) {
        assertThat(Goods.quantity(text)).contains(quantity);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.5", "两份", "1,00", "99999999999", "9,999,999,999", "2 3"})
    void what_is_no_quantity_is_not_guessed(String text) {
        assertThat(Goods.quantity(text)).isEmpty();
    }

    private static String told(Line line) {
        return line.row() + ":" + line.receiver().serial() + ":"
                + line.receiver().maskedName() + ":"
                + line.wanted().item().name() + "×" + line.wanted().quantity() + ":"
                + line.receiver().doorstep();
    }

    private static void fill(org.dhatim.fastexcel.Worksheet tab, int row, Object... values) {
        for (var column = 0; column < values.length; column++) {
            switch (values[column]) {
                case String text -> tab.value(row, column, text);
                case Number number -> tab.value(row, column, number);
                case null, default -> {}
            }
        }
    }

    private Result read(String csv) {
        return read(csv.getBytes(StandardCharsets.UTF_8));
    }

    private Result read(byte[] file) {
        var grid = readGrid.handle(file);
        var header = Header.find(grid).orElseThrow();
        assertThat(header.shape()).isIn(Shape.KUAITUANTUAN, Shape.QUNJIELONG);
        return ReadLines.handle(grid, header, List.of(GREENS, EGGS));
    }

    private void refused(byte[] file, String slug) {
        assertThatThrownBy(() -> readGrid.handle(file))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.slug()).isEqualTo(slug));
    }

    private static Item item(String name, String unit) {
        return new Item(UUID.randomUUID(), name, unit, 500, 350, 100, 0, 10);
    }
}
