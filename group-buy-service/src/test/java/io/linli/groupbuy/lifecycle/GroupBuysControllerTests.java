package io.linli.groupbuy.lifecycle;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupBuysControllerTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Instant now = Instant.now();
    private Neighbourhood here;

    @BeforeEach
    void in_a_community_of_its_own() {
        here = new Neighbourhood(service);
    }

    @Test
    void a_leader_adds_suppliers_and_sees_them_page_by_page() {
        for (var name : List.of("甲", "乙", "丙")) {
            assertThat(here.post(here.leader(), "/suppliers", Map.of("name", name))
                            .status())
                    .isEqualTo(201);
        }

        var first = here.get(here.coordinator(), "/suppliers?limit=2");
        var second = here.get(
                here.coordinator(),
                "/suppliers?limit=2&cursor=" + first.body().get("next").asString());

        assertThat(names(first.body().get("items"), "name")).containsExactly("丙", "乙");
        assertThat(names(second.body().get("items"), "name")).containsExactly("甲");
        assertThat(second.body().has("next")).isFalse();
    }

    @Test
    void residents_do_not_add_suppliers_or_group_buys() {
        var resident = here.resident(UUID.randomUUID());
        var body = here.newGroupBuy(1, now, now.plusSeconds(3600), item("青菜", 10, 5));

        assertThat(here.post(resident, "/suppliers", Map.of("name", "甲")).problem())
                .isEqualTo("role-required");
        assertThat(here.post(resident, "/group-buys", body).problem()).isEqualTo("role-required");
        assertThat(here.post(here.coordinator(), "/group-buys", body).status()).isEqualTo(403);
    }

    @Test
    void a_group_buy_whose_time_has_come_is_open_at_once() {
        var created = here.open(2, item("青菜", 200, 4), item("鸡蛋", 50, 1));

        var read = here.get(here.resident(UUID.randomUUID()), "/group-buys/" + created.id("groupBuyId"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(read.body()).isEqualTo(created.body());
        assertThat(read.body().get("state").asString()).isEqualTo("open");
        assertThat(read.body().get("supplierName").asString()).isEqualTo("崇明绿叶合作社");
        assertThat(read.body().get("leaderId").asString())
                .isEqualTo(here.leaderId().toString());
        assertThat(names(read.body().get("items"), "name")).containsExactly("青菜", "鸡蛋");
        assertThat(read.body().get("items").get(0).get("left").asInt()).isEqualTo(200);
    }

    @Test
    void a_later_one_is_scheduled_and_opened_by_the_timer_when_it_is_due() {
        var body = here.newGroupBuy(1, now.plusSeconds(600), now.plusSeconds(7200), item("青菜", 10, 5));
        var created = here.post(here.leader(), "/group-buys", body);
        var timer = service.bean(OpenDueGroupBuys.class);

        timer.handle(now.plusSeconds(599)).block(Duration.ofSeconds(10));
        var before = state(created.id("groupBuyId"));
        timer.handle(now.plusSeconds(600)).block(Duration.ofSeconds(10));
        var after = state(created.id("groupBuyId"));

        assertThat(before).isEqualTo("scheduled");
        assertThat(after).isEqualTo("open");
    }

    @Test
    void it_takes_orders_from_its_opening_time_on_even_if_the_timer_is_late() {
        var body = here.newGroupBuy(1, now.plusSeconds(600), now.plusSeconds(7200), item("青菜", 10, 5));
        var created = here.post(here.leader(), "/group-buys", body);
        var groupBuy = created.id("groupBuyId");
        var resident = here.resident(UUID.randomUUID());

        var early = here.place(resident, groupBuy, line(itemOf(created, 0), 1));
        here.moveWindow(groupBuy, now.minusSeconds(1), now.plusSeconds(7200));
        var inTime = here.place(resident, groupBuy, line(itemOf(created, 0), 1));

        assertThat(early.status()).isEqualTo(409);
        assertThat(early.problem()).isEqualTo("not-open-yet");
        assertThat(inTime.status()).isEqualTo(201);
        assertThat(state(groupBuy)).isEqualTo("open");
    }

    @Test
    void the_list_is_filtered_by_state_and_paged() {
        var ids = new ArrayList<String>();
        for (var number = 0; number < 3; number++) {
            ids.addFirst(here.open(1, item("青菜", 10, 5)).id("groupBuyId").toString());
        }
        var resident = here.resident(UUID.randomUUID());

        var first = here.get(resident, "/group-buys?state=open&limit=2");
        var second = here.get(
                resident,
                "/group-buys?state=open&limit=2&cursor="
                        + first.body().get("next").asString());

        assertThat(names(first.body().get("items"), "groupBuyId")).isEqualTo(ids.subList(0, 2));
        assertThat(names(second.body().get("items"), "groupBuyId")).isEqualTo(ids.subList(2, 3));
        assertThat(here.get(resident, "/group-buys?state=formed").body().get("items"))
                .isEmpty();
        assertThat(here.get(resident, "/group-buys?state=eaten").status()).isEqualTo(400);
        assertThat(here.get(resident, "/group-buys?limit=0").status()).isEqualTo(400);
        assertThat(here.get(resident, "/group-buys?limit=201").status()).isEqualTo(400);
        assertThat(here.get(resident, "/group-buys?cursor=nonsense").problem()).isEqualTo("cursor-invalid");
    }

    @Test
    void another_community_sees_nothing_of_it() {
        var groupBuy = here.open(1, item("青菜", 10, 5)).id("groupBuyId");
        var elsewhere = new Neighbourhood(service);

        var asMemberElsewhere = elsewhere.get(elsewhere.leader(), "/group-buys/" + groupBuy);

        assertThat(asMemberElsewhere.status()).isEqualTo(404);
        assertThat(here.get(elsewhere.leader(), "/group-buys/" + groupBuy).status())
                .isEqualTo(403);
        assertThat(elsewhere.get(elsewhere.leader(), "/group-buys").body().get("items"))
                .isEmpty();
    }

    @Test
    void a_supplier_of_another_community_is_unknown() {
        var elsewhere = new Neighbourhood(service);
        var body = here.newGroupBuy(1, now, now.plusSeconds(3600), item("青菜", 10, 5));
        body.put("supplierId", elsewhere.supplier());

        assertThat(here.post(here.leader(), "/group-buys", body).problem()).isEqualTo("supplier-unknown");
    }

    @Test
    void windows_that_make_no_sense_are_refused() {
        var windows = List.of(
                List.of(now.plusSeconds(60), now.plusSeconds(60)),
                List.of(now.plusSeconds(60), now.plusSeconds(59)),
                List.of(now.minusSeconds(60), now.minusSeconds(1)),
                List.of(now, now.plus(Duration.ofDays(61))),
                List.of(now.plus(Duration.ofDays(181)), now.plus(Duration.ofDays(182))),
                List.of(now.minus(Duration.ofDays(365)), now.plusSeconds(60)));

        for (var window : windows) {
            var body = here.newGroupBuy(1, window.getFirst(), window.getLast(), item("青菜", 10, 5));

            var answer = here.post(here.leader(), "/group-buys", body);

            assertThat(answer.status()).as("%s", window).isEqualTo(422);
            assertThat(answer.problem()).isEqualTo("window-invalid");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z"})
    void instants_at_the_end_of_time_are_refused_politely(String instant) {
        var body = here.newGroupBuy(1, now, now.plusSeconds(3600), item("青菜", 10, 5));
        body.put("opensAt", instant);

        assertThat(here.post(here.leader(), "/group-buys", body).status()).isIn(400, 422);
    }

    @Test
    void an_offer_comes_back_as_it_was_written() {
        var building = UUID.randomUUID().toString();
        var station = UUID.randomUUID().toString();
        var coLeader = UUID.randomUUID().toString();
        var eggs = item("鸡蛋", 100, 5);
        eggs.putAll(Map.of("temperature", "chilled", "volumeLitres", 4.125, "caseSize", 30, "tolerance", 4));
        eggs.put("tiers", List.of(tier(50, 300), tier(90, 250)));
        var body = here.newGroupBuy(2, now.plusSeconds(600), now.plusSeconds(7200), eggs, item("青菜", 10, 5));
        body.put("coLeaderIds", List.of(coLeader));
        body.put(
                "conditions",
                Map.of(
                        "stationId",
                        station,
                        "deliveryDate",
                        Neighbourhood.day(now).toString(),
                        "buildingIds",
                        List.of(building),
                        "paymentMode",
                        "prepay",
                        "feePerMille",
                        20,
                        "minAmountFen",
                        5000,
                        "minCases",
                        2,
                        "allocationPolicy",
                        "equal-share"));

        var created = here.post(here.leader(), "/group-buys", body);

        var read = here.get(here.leader(), "/group-buys/" + created.id("groupBuyId"));
        assertThat(read.body()).isEqualTo(created.body());
        var conditions = read.body().get("conditions");
        assertThat(conditions.get("stationId").asString()).isEqualTo(station);
        assertThat(conditions.get("deliveryDate").asString())
                .isEqualTo(Neighbourhood.day(now).toString());
        assertThat(conditions.get("buildingIds").get(0).asString()).isEqualTo(building);
        assertThat(conditions.get("paymentMode").asString()).isEqualTo("prepay");
        assertThat(conditions.get("feePerMille").asInt()).isEqualTo(20);
        assertThat(conditions.get("minAmountFen").asInt()).isEqualTo(5000);
        assertThat(conditions.get("minCases").asInt()).isEqualTo(2);
        assertThat(conditions.get("kind").asString()).isEqualTo("purchase");
        assertThat(conditions.get("allocationPolicy").asString()).isEqualTo("equal-share");
        assertThat(read.body().get("coLeaderIds").get(0).asString()).isEqualTo(coLeader);
        var first = read.body().get("items").get(0);
        assertThat(first.get("temperature").asString()).isEqualTo("chilled");
        assertThat(first.get("volumeLitres").asDouble()).isEqualTo(4.125);
        assertThat(first.get("caseSize").asInt()).isEqualTo(30);
        assertThat(first.get("tolerance").asInt()).isEqualTo(4);
        assertThat(first.get("tiers")).hasSize(2);
        assertThat(first.get("tiers").get(1).get("priceFen").asInt()).isEqualTo(250);
        assertThat(read.body().get("items").get(1).get("volumeLitres").asDouble())
                .as("as much as water of its weight")
                .isEqualTo(0.5);
    }

    private static Map<String, Object> tier(int fromQuantity, long priceFen) {
        return Map.of("fromQuantity", fromQuantity, "priceFen", priceFen);
    }

    @Test
    void volumes_finer_than_a_millilitre_and_days_of_delivery_far_off_are_refused() {
        var finer = here.newGroupBuy(1, now.plusSeconds(600), now.plusSeconds(7200), with("volumeLitres", 1.0005));
        for (var day : List.of("1990-01-01", "9999-12-31", "+999999999-12-31")) {
            var far = here.newGroupBuy(1, now.plusSeconds(600), now.plusSeconds(7200), item("青菜", 10, 5));
            far.put("conditions", Map.of("deliveryDate", day));

            assertThat(here.post(here.leader(), "/group-buys", far).status())
                    .as(day)
                    .isIn(400, 422);
        }

        assertThat(here.post(here.leader(), "/group-buys", finer).problem()).isEqualTo("invalid-request");
    }

    private static Map<String, Object> with(String property, Object value) {
        var changed = item("青菜", 10, 5);
        changed.put(property, value);
        return changed;
    }

    @Test
    void offers_that_contradict_themselves_are_refused() {
        var problems = Map.of(
                changed("tiers", List.of(tier(50, 350))), "tiers-invalid",
                changed("tiers", List.of(tier(50, 300), tier(50, 200))), "tiers-invalid",
                changed("tiers", List.of(tier(50, 300), tier(90, 300))), "tiers-invalid",
                changed("tolerance", 1), "tolerance-invalid");
        for (var problem : problems.entrySet()) {
            var body = here.newGroupBuy(1, now, now.plusSeconds(3600), problem.getKey());

            assertThat(here.post(here.leader(), "/group-buys", body).problem()).isEqualTo(problem.getValue());
        }
        assertThat(with(Map.of("feeFlatFen", 1, "feePerMille", 1))).isEqualTo("fee-twofold");
        assertThat(with(Map.of("kind", "donation"))).isEqualTo("donation-priced");
    }

    private String with(Map<String, Object> conditions) {
        var body = here.newGroupBuy(1, now, now.plusSeconds(3600), item("青菜", 10, 5));
        body.put("conditions", conditions);
        return here.post(here.leader(), "/group-buys", body).problem();
    }

    @Test
    void one_name_for_two_items_is_refused() {
        var body = here.newGroupBuy(1, now, now.plusSeconds(3600), item("青菜", 10, 5), item("青菜", 20, 5));

        assertThat(here.post(here.leader(), "/group-buys", body).problem()).isEqualTo("item-name-repeated");
    }

    @Test
    void negative_and_zero_numbers_and_unprintable_names_are_refused() {
        var wrong = List.of(
                changed("stock", 0),
                changed("stock", -1),
                changed("priceFen", -1),
                changed("weightGrams", 0),
                changed("limitPerHousehold", 0),
                changed("caseSize", 0),
                changed("tolerance", -1),
                changed("temperature", "hot"),
                changed("volumeLitres", 0),
                changed("volumeLitres", 0.0001),
                changed("volumeLitres", 10_001),
                changed("tiers", java.util.Collections.singletonList(null)),
                changed("name", ""),
                changed("name", "   "),
                changed("name", "a\u0000b"),
                changed("unit", "x".repeat(41)),
                changed("surprise", 1));

        for (var item : wrong) {
            var body = here.newGroupBuy(1, now, now.plusSeconds(3600), item);

            assertThat(here.post(here.leader(), "/group-buys", body).status())
                    .as("%s", item)
                    .isEqualTo(400);
        }
    }

    private static Map<String, Object> changed(String field, Object value) {
        var item = item("青菜", 10, 5);
        item.put(field, value);
        return item;
    }

    private String state(UUID groupBuy) {
        return here.get(here.leader(), "/group-buys/" + groupBuy)
                .body()
                .get("state")
                .asString();
    }

    private static List<String> names(Iterable<tools.jackson.databind.JsonNode> items, String field) {
        var names = new ArrayList<String>();
        items.forEach(item -> names.add(item.get(field).asString()));
        return names;
    }
}
