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
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Story 4 of the mission, through the gateway: the supplier delivers 170 of 200.
@ExtendWith(SharedSystem.class)
class ShortDeliveryJourney {
    private static final int HOUSEHOLDS = 20;
    private static final int EACH = 10;
    private static final int ARRIVED = 170;
    private static final long PRICE_FEN = 1_000;

    /// A household with its order.
    private record Buyer(Person person, UUID order) {}

    @Test
    void story_4_of_200_come_170_and_30_refunds_go_out_by_themselves(RunningSystem system) {
        var round = new Round(system);
        var groupBuy = create(round);
        var buyers = IntStream.rangeClosed(1, HOUSEHOLDS)
                .mapToObj(number -> order(round, groupBuy, round.people.resident(number)))
                .toList();
        buyers.forEach(buyer -> pay(round, buyer));
        buyers.forEach(buyer -> Await.untilTrue(
                "paid",
                Round.LIMIT,
                () -> read(round, buyer, "").get("payment").asString().equals("paid")));
        var closed = ask(round.people.leader(), "POST", path(round, groupBuy, "/closing"), null);

        var arrived = Map.of("lines", List.of(Map.of("itemId", item(groupBuy), "arrived", ARRIVED)));
        var told = ask(round.people.leader(), "POST", path(round, groupBuy, "/deliveries"), arrived);

        assertThat(closed.json().get("state").asString()).isEqualTo("formed");
        assertThat(told.status()).as(told.text()).isEqualTo(200);
        var lost = HOUSEHOLDS * EACH - ARRIVED;
        var counted = told.json().get("items").get(0);
        assertThat(counted.get("expected").asInt()).isEqualTo(HOUSEHOLDS * EACH);
        assertThat(counted.get("granted").asInt()).isEqualTo(ARRIVED);
        assertThat(told.json().get("refundedFen").asLong()).isEqualTo(lost * PRICE_FEN);

        var refunds = Await.until(
                "all refunds gone out",
                Round.LIMIT,
                () -> java.util.Optional.of(refunds(round, groupBuy))
                        .filter(found -> !found.isEmpty()
                                && found.stream()
                                        .allMatch(one ->
                                                one.get("state").asString().equals("paid-back"))));
        assertThat(sum(refunds, one -> one.get("quantity").asLong())).isEqualTo(lost);
        assertThat(sum(refunds, one -> one.get("paidBackFen").asLong())).isEqualTo(lost * PRICE_FEN);
        assertThat(refunds).extracting(one -> one.get("reason").asString()).containsOnly("short");

        var money = buyers.stream().map(buyer -> read(round, buyer, "/money")).toList();
        assertThat(sum(money, one -> one.get("paidFen").asLong())).isEqualTo(HOUSEHOLDS * EACH * PRICE_FEN);
        assertThat(sum(money, one -> one.get("chargedFen").asLong())).isEqualTo(ARRIVED * PRICE_FEN);
        assertThat(money)
                .allMatch(one -> one.get("chargedFen").asLong()
                        == one.get("paidFen").asLong() - one.get("refundedFen").asLong());
        assertThat(buyers).allSatisfy(buyer -> explains(round, buyer));
        assertThat(sum(
                        buyers.stream().map(buyer -> line(round, buyer)).toList(),
                        one -> one.get("allocated").asLong()))
                .isEqualTo(ARRIVED);
        var shortened = told.json().get("shortenedOrders").asInt();
        assertThat(shortened).isEqualTo(refunds.size());
        Await.untilTrue("everybody told", Round.LIMIT, () -> toldOf(round, buyers, groupBuy) == shortened);
    }

    private static JsonNode create(Round round) {
        var supplier = round.groupBuys
                .supplier(round.people.leader(), "旅程供应商", round.keys)
                .supplierId();
        var now = Instant.now();
        var item = new LinkedHashMap<String, Object>();
        item.put("name", "鸡蛋");
        item.put("unit", "30 枚");
        item.put("weightGrams", 1_900);
        item.put("priceFen", PRICE_FEN);
        item.put("stock", HOUSEHOLDS * EACH);
        item.put("limitPerHousehold", EACH);
        var body = new LinkedHashMap<String, Object>();
        body.put("supplierId", supplier);
        body.put("title", "故事四 " + UUID.randomUUID());
        body.put("opensAt", now);
        body.put("closesAt", now.plusSeconds(3_600));
        body.put("minParticipants", 1);
        body.put("items", List.of(item));
        body.put("conditions", Map.of("paymentMode", "prepay", "allocationPolicy", "equal-share", "feePerMille", 20));
        var created = ask(round.people.leader(), "POST", round.path("/group-buys"), body);
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.json();
    }

    private static Buyer order(Round round, JsonNode groupBuy, Person resident) {
        var lines = Map.of("lines", List.of(Map.of("itemId", item(groupBuy), "quantity", EACH)));
        var placed = ask(resident, "POST", path(round, groupBuy, "/orders"), lines);
        assertThat(placed.status()).as(placed.text()).isEqualTo(201);
        return new Buyer(resident, UUID.fromString(placed.json().get("orderId").asString()));
    }

    private static void pay(Round round, Buyer buyer) {
        var payment = Await.until(
                "the prepayment",
                Round.LIMIT,
                () -> buyer.person().all(round.path("/payments?orderId=" + buyer.order()), JsonNode.class).stream()
                        .filter(one -> one.get("state").asString().equals("payable"))
                        .findFirst());
        var path = "/sandbox/payments/" + payment.get("prepayId").asString() + "/payment";
        buyer.person().ask(new Request("POST", path, Map.of("outcome", "paid"), null, null));
    }

    private static void explains(Round round, Buyer buyer) {
        var why = read(round, buyer, "/allocation").get("lines").get(0);
        assertThat(why.get("occasion").asString()).isEqualTo("delivery");
        assertThat(why.get("supply").asInt()).isEqualTo(ARRIVED);
        assertThat(why.get("replayed").asBoolean()).isTrue();
        assertThat(why.get("granted").asInt())
                .isEqualTo(line(round, buyer).get("allocated").asInt());
        assertThat(why.get("text").asString()).contains("170");
    }

    private static JsonNode line(Round round, Buyer buyer) {
        return read(round, buyer, "").get("lines").get(0);
    }

    private static List<JsonNode> refunds(Round round, JsonNode groupBuy) {
        return round.people.leader().all(path(round, groupBuy, "/refunds"), JsonNode.class);
    }

    /// How many households have a notice that they get less of this group buy.
    private static long toldOf(Round round, List<Buyer> buyers, JsonNode groupBuy) {
        return buyers.stream()
                .filter(buyer -> buyer.person().all(round.path("/notices"), JsonNode.class).stream()
                        .filter(notice -> notice.get("kind").asString().equals("order.shortened"))
                        .anyMatch(notice -> notice.get("data").get("groupBuyId").equals(groupBuy.get("groupBuyId"))))
                .count();
    }

    private static long sum(List<JsonNode> all, ToLongFunction<JsonNode> of) {
        return all.stream().mapToLong(of).sum();
    }

    private static JsonNode read(Round round, Buyer buyer, String rest) {
        return ask(buyer.person(), "GET", round.path("/orders/" + buyer.order() + rest), null)
                .json();
    }

    private static Answer ask(Person person, String method, String path, @Nullable Object body) {
        var key = method.equals("GET") ? null : UUID.randomUUID().toString();
        return person.ask(new Request(method, path, body, key, null));
    }

    private static String path(Round round, JsonNode groupBuy, String rest) {
        return round.path("/group-buys/" + groupBuy.get("groupBuyId").asString() + rest);
    }

    private static String item(JsonNode groupBuy) {
        return groupBuy.get("items").get(0).get("itemId").asString();
    }
}
