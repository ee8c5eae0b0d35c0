package io.linli.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.local.client.Answer;
import io.linli.local.client.Api.Request;
import io.linli.local.client.Await;
import io.linli.local.client.Person;
import io.linli.local.system.RunningSystem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Stories 1, 2, 3 and 5 of the mission as far as they are about orders, through the gateway.
@ExtendWith(SharedSystem.class)
class OrderStoriesJourney {

    @Test
    void story_1_the_other_gets_a_place_on_the_waitlist_and_then_the_unit(RunningSystem system) {
        var round = new Round(system);
        var first = round.people.resident(6);
        var second = round.people.resident(7);
        var groupBuy = create(round, Map.of(), item("草莓", 1, Map.of()));
        var order = place(round, first, groupBuy, 1).json().get("orderId").asString();

        var refused = ask(second, "POST", orders(round, groupBuy), lines(groupBuy, 1, "waitlist"));
        ask(first, "POST", round.path("/orders/" + order + "/cancellation"), null);

        assertThat(refused.problem()).isEqualTo("sold-out");
        assertThat(refused.error("left")).isEqualTo("0");
        assertThat(refused.error("place")).isEqualTo("1");
        assertThat(second.all(round.path("/orders?groupBuyId=" + id(groupBuy)), JsonNode.class))
                .hasSize(1);
    }

    @Test
    void story_2_two_taps_are_one_order_and_one_charge(RunningSystem system) {
        var round = new Round(system);
        var resident = round.people.resident(8);
        var groupBuy = create(round, Map.of("paymentMode", "prepay"), item("樱桃", 10, Map.of()));
        var body = lines(groupBuy, 2);

        var first = resident.ask(new Request("POST", orders(round, groupBuy), body, "tap-" + id(groupBuy), null));
        var second = resident.ask(new Request("POST", orders(round, groupBuy), body, "tap-" + id(groupBuy), null));
        var order = first.json().get("orderId").asString();
        var payment = Await.until(
                "the prepayment",
                Round.LIMIT,
                () -> payments(round, resident, order, "payable").stream().findFirst());
        pay(resident, payment, Map.of("outcome", "paid", "noticeCopies", 3));
        pay(resident, payment, Map.of("outcome", "paid", "noticeCopies", 1));

        assertThat(second.text()).isEqualTo(first.text());
        Await.untilTrue("the order paid", Round.LIMIT, () -> state(round, resident, order, "payment", "paid"));
        var money = ask(resident, "GET", round.path("/orders/" + order + "/money"), null)
                .json();
        assertThat(money.get("paidFen").asLong())
                .isEqualTo(first.json().get("amountFen").asLong());
        assertThat(resident.all(round.path("/orders?groupBuyId=" + id(groupBuy)), JsonNode.class))
                .hasSize(1);
    }

    @Test
    void story_3_neighbours_see_how_full_the_case_is_and_nobody_gets_an_unpaid_case(RunningSystem system) {
        var round = new Round(system);
        var groupBuy = create(round, Map.of(), item("苹果", 100, Map.of("caseSize", 30, "tolerance", 2)));
        place(round, round.people.resident(9), groupBuy, 14);
        var fourteen = left(round, groupBuy);
        place(round, round.people.resident(10), groupBuy, 14);
        var late = place(round, round.people.resident(11), groupBuy, 7)
                .json()
                .get("orderId")
                .asString();

        close(round, groupBuy);

        assertThat(fourteen).isEqualTo(86);
        var lines = ask(round.people.resident(11), "GET", round.path("/orders/" + late), null)
                .json()
                .get("lines");
        assertThat(lines.get(0).get("quantity").asInt()).isEqualTo(7);
        assertThat(lines.get(0).get("allocated").asInt()).isEqualTo(2);
    }

    @Test
    void story_5_a_son_in_another_city_orders_for_his_parents(RunningSystem system) {
        var round = new Round(system);
        var parents = round.people.resident(12);
        var son = round.people.resident(13);
        var household = parents.memberships().getFirst().household();
        var sonsId = son.memberships().getFirst().member();
        var groupBuy = create(round, Map.of(), item("鱼", 10, Map.of("temperature", "chilled")));
        var body = new LinkedHashMap<String, Object>(lines(groupBuy, 1));
        body.put("receiverHouseholdId", household);

        var before = ask(son, "POST", orders(round, groupBuy), body);
        ask(
                parents,
                "POST",
                round.path("/ordering-consents"),
                Map.of("householdId", household, "buyerMemberId", sonsId, "channel", "app"));
        var placed = ask(son, "POST", orders(round, groupBuy), body);
        var order = UUID.fromString(placed.json().get("orderId").asString());
        round.receive(round.groupBuys.get(son, UUID.fromString(id(groupBuy))));

        assertThat(before.problem()).isEqualTo("ordering-consent-required");
        assertThat(placed.json().get("householdId").asString()).isEqualTo(String.valueOf(household));
        round.awaitOrder(parents, order, "confirmed");
        round.awaitOrder(son, order, "confirmed");
        for (var told : List.of(parents, son)) {
            Await.untilTrue("he and they told", Round.LIMIT, () -> isTold(round, told, "parcel.ready"));
        }
    }

    private static boolean isTold(Round round, Person person, String kind) {
        return person.all(round.path("/notices"), JsonNode.class).stream()
                .anyMatch(notice -> notice.get("kind").asString().equals(kind));
    }

    private static Map<String, Object> item(String name, int stock, Map<String, Object> further) {
        var item = new LinkedHashMap<String, Object>(Map.of(
                "name",
                name,
                "unit",
                "件",
                "weightGrams",
                700,
                "priceFen",
                1_000,
                "stock",
                stock,
                "limitPerHousehold",
                stock));
        item.putAll(further);
        return item;
    }

    private static JsonNode create(Round round, Map<String, Object> conditions, Map<String, Object> item) {
        var now = Instant.now();
        var body = new LinkedHashMap<String, Object>();
        body.put(
                "supplierId",
                round.groupBuys
                        .supplier(round.people.leader(), "旅程供应商", round.keys)
                        .supplierId());
        body.put("title", "故事 " + UUID.randomUUID());
        body.put("opensAt", now);
        body.put("closesAt", now.plusSeconds(3_600));
        body.put("minParticipants", 1);
        body.put("items", List.of(item));
        if (!conditions.isEmpty()) {
            body.put("conditions", conditions);
        }
        var created = ask(round.people.leader(), "POST", round.path("/group-buys"), body);
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.json();
    }

    private static Answer place(Round round, Person resident, JsonNode groupBuy, int quantity) {
        var placed = ask(resident, "POST", orders(round, groupBuy), lines(groupBuy, quantity));
        assertThat(placed.status()).as(placed.text()).isEqualTo(201);
        return placed;
    }

    private static Map<String, Object> lines(JsonNode groupBuy, int quantity, String... wishes) {
        var body = new LinkedHashMap<String, Object>();
        body.put("lines", List.of(Map.of("itemId", itemId(groupBuy), "quantity", quantity)));
        for (var wish : wishes) {
            body.put(wish, true);
        }
        return body;
    }

    private static void close(Round round, JsonNode groupBuy) {
        var closed = ask(round.people.leader(), "POST", round.path("/group-buys/" + id(groupBuy) + "/closing"), null);
        assertThat(closed.json().get("state").asString()).isEqualTo("formed");
    }

    private static int left(Round round, JsonNode groupBuy) {
        return round.groupBuys
                .get(round.people.leader(), UUID.fromString(id(groupBuy)))
                .items()
                .getFirst()
                .left();
    }

    private static List<JsonNode> payments(Round round, Person resident, String order, String state) {
        return resident.all(round.path("/payments?orderId=" + order), JsonNode.class).stream()
                .filter(payment -> payment.get("state").asString().equals(state))
                .toList();
    }

    private static void pay(Person resident, JsonNode payment, Map<String, Object> how) {
        var path = "/sandbox/payments/" + payment.get("prepayId").asString() + "/payment";
        resident.ask(new Request("POST", path, how, null, null));
    }

    private static boolean state(Round round, Person resident, String order, String field, String value) {
        return ask(resident, "GET", round.path("/orders/" + order), null)
                .json()
                .get(field)
                .asString()
                .equals(value);
    }

    private static Answer ask(Person person, String method, String path, @Nullable Object body) {
        return person.ask(new Request(
                method,
                path,
                body,
                method.equals("GET") ? null : UUID.randomUUID().toString(),
                null));
    }

    private static String orders(Round round, JsonNode groupBuy) {
        return round.path("/group-buys/" + id(groupBuy) + "/orders");
    }

    private static String id(JsonNode groupBuy) {
        return groupBuy.get("groupBuyId").asString();
    }

    private static String itemId(JsonNode groupBuy) {
        return groupBuy.get("items").get(0).get("itemId").asString();
    }
}
