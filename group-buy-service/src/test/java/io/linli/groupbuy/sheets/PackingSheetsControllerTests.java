package io.linli.groupbuy.sheets;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.groupbuy.community.CommunityDouble;
import io.linli.groupbuy.paper.Format;
import io.linli.kit.testing.ServiceUnderTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PackingSheetsControllerTests {
    @RegisterExtension
    static final CommunityDouble community = new CommunityDouble();

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service()
            .with("linli.groupbuy.community.url", community::url)
            .with("linli.groupbuy.community.asked-max", "2");

    private final Neighbourhood here = new Neighbourhood(service);
    private final Answer groupBuy = here.open(1, item("青菜", 100, 50), item("鸡蛋", 100, 50));
    private final UUID id = groupBuy.id("groupBuyId");

    @Test
    void a_frozen_sheet_stands_by_building_in_natural_order() {
        order("10号楼", "1单元", "101", 1, 0);
        order("2号楼", "1单元", "10A", 2, 1);
        order("2号楼", "1单元", "10", 3, 0);
        close();

        var frozen = freeze();
        var sheet = here.get(here.leader(), path("/1")).body();

        assertThat(frozen.status()).isEqualTo(201);
        assertThat(frozen.body().get("version").asInt()).isEqualTo(1);
        assertThat(frozen.body().get("orders").asInt()).isEqualTo(3);
        assertThat(frozen.body().get("lines").asInt()).isEqualTo(4);
        assertThat(sheet.path("sections"))
                .extracting(section -> section.path("heading").asString())
                .containsExactly("2号楼", "10号楼");
        assertThat(sheet.path("sections").get(0).path("rows"))
                .extracting(row -> row.get(1).asString())
                .containsExactly("10", "10A");
        assertThat(sheet.toString()).contains("王*", "青菜 ×2，鸡蛋 ×1", "合计");
    }

    @Test
    void a_printed_version_stays_as_it_is_and_a_later_change_comes_as_a_slip() {
        var first = order("2号楼", "1单元", "101", 2, 0);
        order("2号楼", "1单元", "102", 1, 0);
        close();
        assertThat(freeze().status()).isEqualTo(201);
        var printed = bytes(path("/1?format=pdf"));

        change("UPDATE orders SET state = 'failed' WHERE id = ?", first);
        var next = freeze();

        assertThat(next.body().get("version").asInt()).isEqualTo(2);
        assertThat(bytes(path("/1?format=pdf"))).isEqualTo(printed);
        var slip = here.get(here.leader(), path("/2/changes")).body();
        assertThat(slip.path("sections")).hasSize(1);
        assertThat(slip.path("sections").get(0).path("rows").toString())
                .contains("青菜", "\"2\",\"0\"")
                .doesNotContain("102");
        assertThat(here.get(here.leader(), path("")).body().path("items"))
                .extracting(version -> version.path("version").asInt())
                .containsExactly(2, 1);
        assertThat(here.get(here.leader(), path("/1/changes")).problem()).isEqualTo("packing-sheet-unknown");
    }

    @Test
    void nothing_new_is_not_frozen_again_and_one_key_freezes_once() {
        order("2号楼", "1单元", "101", 2, 0);
        close();

        var first = here.post(here.leader(), "key", path(""), null);
        var again = here.post(here.leader(), "key", path(""), null);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(freeze().problem()).isEqualTo("packing-unchanged");
    }

    @Test
    void many_who_freeze_at_once_make_one_version() {
        order("2号楼", "1单元", "101", 2, 0);
        close();

        var answers = Neighbourhood.together(java.util.Collections.nCopies(8, (Callable<Answer>) this::freeze));

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .allSatisfy(answer -> assertThat(answer.problem()).isEqualTo("packing-unchanged"));
    }

    @Test
    void the_files_give_their_chinese_text_back() throws IOException {
        order("2号楼", "1单元", "101", 2, 0);
        order("10号楼", "1单元", "101", 1, 3);
        close();
        assertThat(freeze().status()).isEqualTo(201);

        var pdf = pdfText(bytes(path("/1?format=pdf")));
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(bytes(path("/1?format=xlsx"))))) {
            var tabs = workbook.getSheets().toList();
            assertThat(tabs)
                    .extracting(org.dhatim.fastexcel.reader.Sheet::getName)
                    .containsExactly("2号楼", "10号楼");
            assertThat(tabs.getLast().read().toString()).isNotEmpty();
            assertThat(tabs.getLast().read().get(3).getCellText(3)).isEqualTo("青菜 ×1，鸡蛋 ×3");
        }
        assertThat(pdf).hasSize(2);
        assertThat(pdf.getFirst()).contains("2号楼", "房间号", "配送完成", "青菜 ×2", "合计");
        assertThat(pdf.getLast()).contains("10号楼", "鸡蛋 ×3").doesNotContain("青菜 ×2");
        assertThat(pdfText(bytes(path("/1?format=pdf&by=product"))).getFirst()).contains("商品", "鸡蛋");
        assertThat(pdfText(bytes(path("/1?format=pdf&by=run"))).getFirst()).contains("送到驿站");
        assertThat(pdfText(bytes(path("/1/labels"))).getFirst())
                .contains("王*", "10号楼")
                .doesNotContain("101", "单元");
    }

    @Test
    void the_accept_header_decides_where_no_format_is_named() {
        order("2号楼", "1单元", "101", 2, 0);
        close();
        assertThat(freeze().status()).isEqualTo(201);

        for (var format : Format.values()) {
            service.client(here.leader())
                    .get()
                    .uri("/v1/communities/" + here.community() + path("/1"))
                    .header("Accept", format.mediaType())
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .contentType(format.mediaType());
        }
        assertThat(here.get(here.leader(), path("/1?format=html")).status()).isEqualTo(400);
    }

    @Test
    void a_keeper_sees_neither_unit_nor_room_and_others_nothing() {
        order("2号楼", "7单元", "1234", 2, 0);
        close();
        assertThat(freeze().status()).isEqualTo(201);

        assertThat(here.get(here.keeper(), path("/1")).body().toString())
                .contains("2号楼", "青菜")
                .doesNotContain("7单元", "1234");
        assertThat(here.get(here.resident(UUID.randomUUID()), path("/1")).status())
                .isEqualTo(403);
        assertThat(here.get(stranger(), path("/1")).problem()).isEqualTo("not-your-group-buy");
        assertThat(here.post(stranger(), path(""), null).problem()).isEqualTo("not-your-group-buy");
        assertThat(here.get(here.coordinator(), path("/1")).body().toString()).contains("1234");
    }

    @Test
    void without_addresses_nothing_is_frozen_and_the_leader_may_come_back() {
        order("2号楼", "1单元", "101", 2, 0);
        close();
        community.server().stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500)));
        try {
            var refused = freeze();

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.problem()).isEqualTo("community-unavailable");
            assertThat(refused.headers().getFirst("Retry-After")).isNotNull();
        } finally {
            community.recover();
        }
        assertThat(here.get(here.leader(), path("")).body().path("items")).isEmpty();
        assertThat(freeze().status()).isEqualTo(201);
    }

    @Test
    void a_frozen_row_cannot_be_changed_and_says_nothing_of_people() {
        order("2号楼", "1单元", "1234", 2, 0);
        close();
        assertThat(freeze().status()).isEqualTo(201);

        var content = service.jdbc()
                .sql("SELECT content_sealed FROM packing_sheet WHERE group_buy_id = ?")
                .param(id)
                .query(byte[].class)
                .single();
        assertThat(new String(content, java.nio.charset.StandardCharsets.UTF_8)).doesNotContain("1234", "2号楼");
        assertThatThrownBy(() -> change("UPDATE packing_sheet SET orders = 0 WHERE group_buy_id = ?", id))
                .hasMessageContaining("stays as it is");
    }

    private UUID order(String building, String unit, String room, int greens, int eggs) {
        var resident = here.resident(community.household(building, unit, 1, room));
        var placed = eggs == 0
                ? here.place(resident, id, line(itemOf(groupBuy, 0), greens))
                : here.place(resident, id, line(itemOf(groupBuy, 0), greens), line(itemOf(groupBuy, 1), eggs));
        return placed.id("orderId");
    }

    private void close() {
        assertThat(here.close(here.leader(), id).status()).isEqualTo(200);
    }

    private Answer freeze() {
        return here.post(here.leader(), path(""), null);
    }

    private String stranger() {
        return service.tokens().member(here.community(), UUID.randomUUID(), "leader");
    }

    private static void change(String sql, UUID id) {
        service.jdbc().sql(sql).param(id).update();
    }

    private String path(String rest) {
        return "/group-buys/" + id + "/packing-sheets" + rest;
    }

    private byte[] bytes(String path) {
        return service.client(here.leader())
                .get()
                .uri("/v1/communities/" + here.community() + path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
    }

    private static List<String> pdfText(byte[] pdf) throws IOException {
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
