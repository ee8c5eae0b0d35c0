package io.linli.groupbuy.sheets.imports;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static io.linli.groupbuy.Neighbourhood.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.groupbuy.community.CommunityDouble;
import io.linli.kit.testing.ServiceUnderTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class ImportsControllerTests {
    private static final String TITLES = "跟团号,商品,数量,收货人,联系电话,楼号,房号\n";

    @RegisterExtension
    static final CommunityDouble community = new CommunityDouble();

    @RegisterExtension
    static final ServiceUnderTest service =
            Neighbourhood.service().with("linli.groupbuy.community.url", community::url);

    private final Neighbourhood here = new Neighbourhood(service);
    private final UUID id = here.open(1, item("青菜", 10, 5), item("鸡蛋", 10, 5)).id("groupBuyId");
    private final String building = "楼" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void nothing_is_ordered_until_the_leader_confirms_and_then_all_is() {
        var home = household("1201");
        household("302");
        var preview = upload(row(1, "青菜", 2, "1201") + row(1, "鸡蛋", 1, "1201") + row(2, "青菜", 1, "302"));

        assertThat(preview.status()).isEqualTo(201);
        assertThat(preview.body().path("shape").asString()).isEqualTo("kuaituantuan");
        assertThat(preview.body().path("orders")).hasSize(2);
        assertThat(preview.body().path("errors")).isEmpty();
        assertThat(orders()).isZero();

        var confirmed = confirm(preview);

        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(confirmed.body().path("orders").asInt()).isEqualTo(2);
        assertThat(orders()).isEqualTo(2);
        var mine = here.get(here.resident(home), "/orders").body().path("items");
        assertThat(mine).hasSize(1);
        assertThat(mine.get(0).path("lines")).hasSize(2);
        assertThat(mine.get(0).path("displayName").asString()).isEqualTo("王*");
        assertThat(confirm(preview).problem()).isEqualTo("import-confirmed");
    }

    @Test
    void a_file_with_an_error_is_told_by_cell_and_imports_nothing() {
        household("1201");
        var preview = upload(row(1, "青菜", 2, "1201") + row(2, "青菜", 1, "999") + "3,青菜,很多,王,138,x,1201\n");

        assertThat(preview.body().path("errors"))
                .extracting(error ->
                        error.path("cell").asString() + " " + error.path("code").asString())
                .containsExactly("C4 import-quantity-unreadable", "G3 import-household-unknown");
        assertThat(preview.body().path("errors").get(0).path("message").asString())
                .contains("很多");
        assertThat(confirm(preview).problem()).isEqualTo("import-has-errors");
        assertThat(orders()).isZero();
    }

    @Test
    void the_same_receiver_item_and_serial_counts_once_in_a_file_and_over_files() {
        household("1201");
        var first = upload(row(1, "青菜", 2, "1201") + row(1, "青菜", 2, "1201"));
        assertThat(first.body().path("duplicates")).hasSize(1);
        assertThat(first.body().path("duplicates").get(0).path("firstRow").asInt())
                .isEqualTo(2);
        assertThat(confirm(first).status()).isEqualTo(200);

        var second = upload(row(1, "青菜", 2, "1201"));

        assertThat(second.body().path("duplicates")).hasSize(1);
        assertThat(second.body().path("orders")).isEmpty();
        assertThat(confirm(second).problem()).isEqualTo("import-empty");
        assertThat(quantity()).isEqualTo(2);
    }

    @Test
    void two_previews_of_one_file_confirmed_at_once_import_it_once() {
        household("1201");
        var previews = IntStream.range(0, 6)
                .mapToObj(_ -> upload(row(1, "青菜", 1, "1201")))
                .toList();

        var confirmed = Neighbourhood.together(previews.stream()
                .map(preview -> (Callable<Answer>) () -> confirm(preview))
                .toList());

        assertThat(confirmed).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(confirmed)
                .filteredOn(answer -> answer.status() != 200)
                .allSatisfy(answer -> assertThat(answer.problem()).isEqualTo("import-repeated"));
        assertThat(quantity()).isEqualTo(1);
    }

    @Test
    void one_order_that_cannot_be_placed_holds_all_back() {
        household("1201");
        household("302");
        var preview = upload(row(1, "青菜", 2, "1201") + row(2, "青菜", 99, "302"));

        assertThat(confirm(preview).problem()).isEqualTo("household-limit");
        assertThat(orders()).isZero();
        assertThat(here.get(here.leader(), "/group-buys/" + id + "/imports/" + preview.id("importId"))
                        .body()
                        .path("confirmed")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void names_phones_and_addresses_are_kept_nowhere() {
        household("1201");
        var preview = upload("1,青菜,2,欧阳修,13812345678," + building + ",1201\n");

        var kept = Stream.of("SELECT plan FROM sheet_import", "SELECT answer FROM idempotency WHERE answer IS NOT NULL")
                .flatMap(sql -> service.jdbc().sql(sql).query(String.class).list().stream())
                .toList();

        assertThat(preview.body().toString()).contains("欧*");
        assertThat(String.join("\n", kept)).contains("欧*").doesNotContain("欧阳", "13812345678", "1201", building);
        confirm(preview);
        assertThat(service.jdbc()
                        .sql("SELECT count(*) FROM sheet_import WHERE id = ? AND plan IS NOT NULL")
                        .param(preview.id("importId"))
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void an_expired_preview_is_gone_and_forgotten() {
        household("1201");
        var preview = upload(row(1, "青菜", 2, "1201"));
        service.jdbc()
                .sql("UPDATE sheet_import SET expires_at = now() - interval '1 second' WHERE id = ?")
                .param(preview.id("importId"))
                .update();

        assertThat(confirm(preview).problem()).isEqualTo("import-unknown");
        service.bean(Imports.class).purge().block();

        assertThat(service.jdbc()
                        .sql("SELECT count(*) FROM sheet_import WHERE id = ?")
                        .param(preview.id("importId"))
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void only_who_leads_the_group_buy_imports_and_a_closed_one_takes_none() {
        household("1201");
        var stranger = service.tokens().member(here.community(), UUID.randomUUID(), "leader");
        var preview = upload(row(1, "青菜", 2, "1201"));

        assertThat(here.post(stranger, path(""), Map.of("file", "MQ==")).problem())
                .isEqualTo("not-your-group-buy");
        assertThat(here.post(stranger, path("/" + preview.id("importId") + "/confirmation"), null)
                        .problem())
                .isEqualTo("not-your-group-buy");
        here.close(here.leader(), id);
        assertThat(confirm(preview).problem()).isEqualTo("window-closed");
    }

    @Test
    void an_upload_that_was_lost_and_sent_again_gives_the_same_preview() {
        household("1201");
        var body = Map.of("file", encoded(TITLES + row(1, "青菜", 2, "1201")));

        var first = here.post(here.leader(), "key", path(""), body);
        var again = here.post(here.leader(), "key", path(""), body);

        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void what_is_no_export_is_refused_and_without_addresses_the_leader_may_come_back() {
        assertThat(here.post(here.leader(), path(""), Map.of("file", encoded("姓名\n王\n")))
                        .problem())
                .isEqualTo("import-columns-unknown");
        community.server().stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
        try {
            var refused = upload(row(1, "青菜", 2, "1201"));
            assertThat(refused.problem()).isEqualTo("community-unavailable");
            assertThat(refused.headers().getFirst("Retry-After")).isNotNull();
        } finally {
            community.recover();
        }
    }

    private UUID household(String room) {
        return community.household(building, "1单元", 1, room);
    }

    private String row(int serial, String goods, int quantity, String room) {
        return String.join(",", List.of("" + serial, goods, "" + quantity, "王小梅", "13800138000", building, room))
                + "\n";
    }

    private Answer upload(String rows) {
        return here.post(here.leader(), path(""), Map.of("file", encoded(TITLES + rows)));
    }

    private static String encoded(String csv) {
        return Base64.getEncoder().encodeToString(csv.getBytes(StandardCharsets.UTF_8));
    }

    private Answer confirm(Answer preview) {
        return here.post(here.leader(), path("/" + preview.id("importId") + "/confirmation"), null);
    }

    private String path(String rest) {
        return "/group-buys/" + id + "/imports" + rest;
    }

    private int orders() {
        return totals().path("orders").path("placed").asInt();
    }

    private int quantity() {
        return totals().path("items").get(0).path("sold").asInt();
    }

    private JsonNode totals() {
        return here.get(here.leader(), "/group-buys/" + id + "/totals").body();
    }
}
