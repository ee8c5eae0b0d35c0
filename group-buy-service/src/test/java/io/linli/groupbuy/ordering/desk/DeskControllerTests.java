package io.linli.groupbuy.ordering.desk;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/// What a household can do with an order while the window is open, over HTTP.
class DeskControllerTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private Neighbourhood here;

    @BeforeEach
    void in_a_community_of_its_own() {
        here = new Neighbourhood(service);
    }

    @Test
    void more_and_less_move_the_stock_and_are_kept_with_their_time() {
        var created = here.open(1, item("青菜", 10, 9), item("鸡蛋", 10, 9));
        var wang = here.resident(UUID.randomUUID());
        var order = here.place(wang, created.id("groupBuyId"), line(itemOf(created, 0), 3))
                .id("orderId");

        var more = change(wang, order, line(itemOf(created, 0), 5), line(itemOf(created, 1), 1));
        var less = change(wang, order, line(itemOf(created, 0), 1));

        assertThat(more.body().get("amountFen").asLong()).isEqualTo(6 * 350);
        assertThat(less.body().get("lines")).hasSize(2);
        assertThat(left(created)).containsExactly(9, 9);
        assertThat(here.get(wang, "/orders/" + order + "/timeline").body().get("steps"))
                .extracting(step -> step.get("what").asString())
                .containsExactly("placed", "increased", "increased", "decreased");
    }

    @Test
    void an_order_and_a_refusal_tell_the_trace_of_their_request() {
        var created = here.open(1, item("青菜", 1, 9));
        var trace = UUID.randomUUID().toString().replace("-", "");

        var placed = placeTraced(created, trace);
        var refused = placeTraced(created, trace);

        var order = UUID.fromString(placed.get("orderId").asString());
        var event =
                service.events().await("order.placed.v1", told -> told.subject().equals(order));
        assertThat(event.headers().get("traceparent")).contains(trace);
        assertThat(refused.get("type").asString()).isEqualTo("/problems/sold-out");
        assertThat(refused.get("traceId").asString()).isEqualTo(trace);
    }

    private JsonNode placeTraced(Answer created, String trace) {
        return service.client(here.resident(UUID.randomUUID()))
                .post()
                .uri("/v1/communities/" + here.community() + "/group-buys/" + created.id("groupBuyId") + "/orders")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .bodyValue(Map.of("lines", List.of(line(itemOf(created, 0), 1))))
                .exchange()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    @Test
    void the_same_change_sent_twice_is_made_once() {
        var created = here.open(1, item("青菜", 10, 9));
        var wang = here.resident(UUID.randomUUID());
        var order = here.place(wang, created.id("groupBuyId"), line(itemOf(created, 0), 3))
                .id("orderId");

        var first = here.put(wang, "key", "/orders/" + order + "/lines", lines(line(itemOf(created, 0), 5)));
        var again = here.put(wang, "key", "/orders/" + order + "/lines", lines(line(itemOf(created, 0), 5)));

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().getFirst("Idempotent-Replayed")).isEqualTo("true");
        assertThat(left(created)).containsExactly(5);
    }

    @Test
    void who_accepts_a_part_gets_what_is_left() {
        var created = here.open(1, item("青菜", 3, 9));

        var placed = place(created, UUID.randomUUID(), 5, "acceptPartial");

        assertThat(placed.status()).isEqualTo(201);
        assertThat(placed.body().get("lines").get(0).get("quantity").asInt()).isEqualTo(3);
    }

    /// Story 1: the other gets "0 left" and a place on the waitlist, and what comes back.
    @Test
    void what_comes_back_goes_to_who_waited_first() {
        var created = here.open(1, item("鸡蛋", 1, 1));
        var first = UUID.randomUUID();
        var second = UUID.randomUUID();
        var order = place(created, first, 1).id("orderId");

        var refused = place(created, second, 1, "waitlist");
        var third = place(created, UUID.randomUUID(), 1, "waitlist");
        var place = here.get(here.resident(second), "/waitlist")
                .body()
                .get("places")
                .get(0);
        here.cancel(here.resident(first), order);

        assertThat(refused.problem()).isEqualTo("sold-out");
        assertThat(refused.error("left")).isEqualTo("0");
        assertThat(refused.error("place")).isEqualTo("1");
        assertThat(third.error("place")).isEqualTo("2");
        assertThat(place.get("place").asInt()).isEqualTo(1);
        var served = here.get(here.resident(second), "/orders").body().get("items");
        assertThat(served).hasSize(1);
        assertThat(served.get(0).get("serialNumber").asInt()).isEqualTo(2);
        assertThat(here.get(here.resident(second), "/waitlist").body().get("places"))
                .isEmpty();
        assertThat(left(created)).containsExactly(0);
    }

    /// Story 5: a son in another city orders for his parents.
    @Test
    void who_lives_elsewhere_orders_for_a_household_that_consented_and_no_longer_when_it_withdrew() {
        var created = here.open(1, item("鱼", 10, 2));
        var parents = UUID.randomUUID();
        var sonsId = UUID.randomUUID();
        var son = service.tokens()
                .token(sonsId)
                .member(here.community(), sonsId)
                .display("李*")
                .roles("resident")
                .sign();

        var without = placeFor(created, son, parents);
        var consent = consent(here.resident(parents), parents, sonsId, "app").id("consentId");
        var placed = placeFor(created, son, parents);
        var overTheirLimit = here.place(here.resident(parents), created.id("groupBuyId"), line(itemOf(created, 0), 2));
        here.post(here.resident(parents), "/ordering-consents/" + consent + "/withdrawal", null);
        var after = placeFor(created, son, parents);

        assertThat(without.problem()).isEqualTo("ordering-consent-required");
        assertThat(placed.id("householdId")).isEqualTo(parents);
        assertThat(here.get(son, "/orders/" + placed.id("orderId")).status()).isEqualTo(200);
        assertThat(overTheirLimit.problem()).isEqualTo("household-limit");
        assertThat(after.problem()).isEqualTo("ordering-consent-required");
        var more = change(son, placed.id("orderId"), line(itemOf(created, 0), 2));
        assertThat(more.problem()).isEqualTo("ordering-consent-required");
        assertThat(here.post(son, "/orders/" + placed.id("orderId") + "/cancellation", null)
                        .status())
                .isEqualTo(200);
    }

    /// Story 6: the floor leader orders for a 93-year-old without a phone.
    @Test
    void a_floor_leader_notes_a_spoken_consent_and_nobody_else_can() {
        var neighbour = UUID.randomUUID();
        var leadersId = UUID.randomUUID();
        var building = UUID.randomUUID();
        var floorLeader = service.tokens()
                .token(leadersId)
                .member(here.community(), leadersId)
                .household(UUID.randomUUID())
                .building(building)
                .roles("resident", "floor-leader")
                .sign();
        var elsewhere = UUID.randomUUID();
        tellOf(elsewhere, UUID.randomUUID());
        tellOf(neighbour, building);

        Await.until(
                "the registry to be heard",
                Duration.ofSeconds(15),
                () -> consent(floorLeader, neighbour, leadersId, "voice").status() == 201);
        assertThat(consent(floorLeader, elsewhere, leadersId, "voice").problem())
                .isEqualTo("not-your-household");
        assertThat(consent(floorLeader, neighbour, leadersId, "app").problem()).isEqualTo("not-your-household");
        assertThat(consent(here.resident(UUID.randomUUID()), neighbour, leadersId, "voice")
                        .problem())
                .isEqualTo("not-your-household");
    }

    @Test
    void unpaid_stock_is_held_for_a_while_and_then_released_to_who_waits() {
        var created = here.openWith(Map.of("paymentMode", "prepay"), item("鸡蛋", 1, 1));
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        var wang = UUID.randomUUID();
        var li = UUID.randomUUID();
        var unpaid = place(created, wang, 1);
        place(created, li, 1, "waitlist");
        var payBy = Instant.parse(unpaid.body().get("payBy").asString());
        var release = service.bean(ReleaseUnpaid.class);

        release.handle(payBy.minusSeconds(1)).block(Duration.ofSeconds(10));
        var held = here.get(here.resident(wang), "/orders/" + unpaid.id("orderId"));
        release.handle(payBy).block(Duration.ofSeconds(10));
        var released = here.get(here.resident(wang), "/orders/" + unpaid.id("orderId"));

        assertThat(unpaid.body().get("payment").asString()).isEqualTo("awaiting");
        assertThat(held.body().get("state").asString()).isEqualTo("placed");
        assertThat(released.body().get("state").asString()).isEqualTo("cancelled");
        assertThat(here.get(here.resident(li), "/orders").body().get("items")).hasSize(1);
    }

    @Test
    void nothing_is_awaited_for_what_costs_nothing_until_it_costs_something() {
        var sample = new LinkedHashMap<>(item("样品", 9, 9));
        sample.put("priceFen", 0);
        var created = here.openWith(Map.of("paymentMode", "prepay"), sample, item("鸡蛋", 9, 9));
        var wang = here.resident(UUID.randomUUID());
        var free = here.place(wang, created.id("groupBuyId"), line(itemOf(created, 0), 1));

        var priced = change(wang, free.id("orderId"), line(itemOf(created, 1), 2));
        var freed = change(wang, free.id("orderId"), line(itemOf(created, 1), 0));

        assertThat(free.body().get("payment").asString()).isEqualTo("not-awaited");
        assertThat(priced.body().get("payment").asString()).isEqualTo("awaiting");
        assertThat(priced.body().has("payBy")).isTrue();
        assertThat(freed.body().get("payment").asString()).isEqualTo("not-awaited");
    }

    @Test
    void progress_is_told_at_once_and_after_each_change() {
        var created = here.open(1, item("青菜", 10, 9));
        var path = "/v1/communities/" + here.community() + "/group-buys/" + created.id("groupBuyId") + "/progress";

        var seen = service.client(here.resident(UUID.randomUUID()))
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(JsonNode.class)
                .getResponseBody()
                .publishOn(Schedulers.boundedElastic())
                .doOnNext(told -> {
                    if (told.get("orders").asInt() == 0) {
                        place(created, UUID.randomUUID(), 4);
                    }
                })
                .takeUntil(told -> told.get("orders").asInt() == 1)
                .collectList()
                .block(Duration.ofSeconds(20));

        assertThat(seen).isNotNull().hasSize(2);
        assertThat(seen.getLast().get("items").get(0).get("left").asInt()).isEqualTo(6);
    }

    private void tellOf(UUID household, UUID building) {
        var told = Map.of("householdId", household, "version", 1, "buildingId", building);
        service.events().publish(here.community(), "household.changed.v1", household, told);
    }

    private Answer change(String token, UUID order, Map<?, ?>... lines) {
        return here.put(token, UUID.randomUUID().toString(), "/orders/" + order + "/lines", lines(lines));
    }

    private static Map<String, Object> lines(Map<?, ?>... lines) {
        return Map.of("lines", List.of(lines));
    }

    private Answer place(Answer created, UUID household, int quantity, String... wishes) {
        var body = new LinkedHashMap<String, Object>(lines(line(itemOf(created, 0), quantity)));
        for (var wish : wishes) {
            body.put(wish, true);
        }
        return here.post(here.resident(household), "/group-buys/" + created.id("groupBuyId") + "/orders", body);
    }

    private Answer placeFor(Answer created, String token, UUID receiver) {
        var body = new LinkedHashMap<String, Object>(lines(line(itemOf(created, 0), 1)));
        body.put("receiverHouseholdId", receiver);
        return here.post(token, "/group-buys/" + created.id("groupBuyId") + "/orders", body);
    }

    private Answer consent(String token, UUID household, UUID buyer, String channel) {
        return here.post(
                token,
                "/ordering-consents",
                Map.of("householdId", household, "buyerMemberId", buyer, "channel", channel));
    }

    private List<Integer> left(Answer created) {
        var items = here.get(here.leader(), "/group-buys/" + created.id("groupBuyId"))
                .body()
                .get("items");
        return items.valueStream().map(item -> item.get("left").asInt()).toList();
    }
}
