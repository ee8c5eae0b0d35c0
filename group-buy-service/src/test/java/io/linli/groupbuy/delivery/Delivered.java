package io.linli.groupbuy.delivery;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// A group buy with its orders, paid or not, of which it is told what came.
final class Delivered {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final ServiceUnderTest service;
    private final Neighbourhood here;
    private Answer created;

    Delivered(ServiceUnderTest service) {
        this.service = service;
        this.here = new Neighbourhood(service);
    }

    Neighbourhood here() {
        return here;
    }

    @SafeVarargs
    final void open(Map<String, Object> conditions, Map<String, Object>... items) {
        created = conditions.isEmpty() ? here.open(1, items) : here.openWith(conditions, items);
        if (created.status() != 201) {
            throw new AssertionError(created.body().toString());
        }
    }

    UUID item(int index) {
        return Neighbourhood.itemOf(created, index);
    }

    UUID supplier() {
        return created.id("supplierId");
    }

    String path(String rest) {
        return "/group-buys/" + created.id("groupBuyId") + rest;
    }

    Answer place(int quantity) {
        return placed(List.of(Neighbourhood.line(item(0), quantity)));
    }

    Answer placePaid(int quantity) {
        return placePaid(Neighbourhood.line(item(0), quantity));
    }

    @SafeVarargs
    final Answer placePaid(Map<String, Object>... lines) {
        var order = placed(List.of(lines));
        var payment = UUID.randomUUID();
        var data = new LinkedHashMap<String, Object>();
        data.put("paymentId", payment);
        data.put("orderId", order.id("orderId"));
        data.put("amountFen", order.body().get("amountFen").asLong());
        data.put("paidAt", "2026-11-24T12:05:00Z");
        service.events().publish(here.community(), "payment.succeeded.v1", payment, data);
        Await.until("paid", SOON, () -> order(order).get("payment").asString().equals("paid"));
        return order;
    }

    private Answer placed(List<Map<String, Object>> lines) {
        return here.post(here.resident(UUID.randomUUID()), path("/orders"), Map.of("lines", lines));
    }

    /// So many households with so many of the first item each, without the desk.
    void insert(int orders, int quantity) {
        service.jdbc()
                .sql("""
                        WITH placed AS (
                            INSERT INTO orders (id, community_id, group_buy_id, household_id, member_id, serial_number,
                                display_name, state, payment, on_behalf, doorstep, amount_fen, weight_grams, placed_at)
                            SELECT gen_random_uuid(), community_id, id, gen_random_uuid(), gen_random_uuid(), number,
                                   '王*', 'placed', 'not-awaited', false, false, 350 * :quantity, 500 * :quantity, now()
                              FROM group_buy, generate_series(1, :orders) AS number WHERE id = :groupBuy
                            RETURNING id, community_id),
                        lines AS (
                            INSERT INTO order_line (community_id, order_id, position, item_id, name, quantity, price_fen,
                                                    weight_grams)
                            SELECT community_id, id, 1, :item, '鸡蛋', :quantity, 350, 500 FROM placed),
                        sold AS (UPDATE item SET sold = :orders * :quantity WHERE id = :item)
                        UPDATE group_buy SET last_serial = :orders WHERE id = :groupBuy""")
                .param("orders", orders)
                .param("quantity", quantity)
                .param("item", item(0))
                .param("groupBuy", created.id("groupBuyId"))
                .update();
    }

    void close() {
        here.close(here.leader(), created.id("groupBuyId"));
    }

    Map<String, Object> line(int index, int arrived, int damaged) {
        return Map.of("itemId", item(index), "arrived", arrived, "damaged", damaged);
    }

    @SafeVarargs
    final Answer tell(Map<String, Object>... lines) {
        return tellAs(here.leader(), lines);
    }

    @SafeVarargs
    final Answer tellAs(String token, Map<String, Object>... lines) {
        return here.post(token, path("/deliveries"), Map.of("lines", List.of(lines)));
    }

    /// What the station tells of the parcel with this order.
    void hear(String type, Answer order) {
        var data = new LinkedHashMap<String, Object>();
        data.put("parcelId", UUID.randomUUID());
        data.put("groupBuyId", created.id("groupBuyId"));
        data.put("householdId", order.id("householdId"));
        data.put("orderIds", List.of(order.id("orderId")));
        service.events().publish(here.community(), type, UUID.randomUUID(), data);
    }

    JsonNode order(Answer placed) {
        return here.get(here.coordinator(), "/orders/" + placed.id("orderId")).body();
    }

    String state() {
        return here.get(here.leader(), path("")).body().get("state").asString();
    }

    /// Whether orders, payments and ledger say the same.
    JsonNode reconciliation() {
        return here.get(here.leader(), path("/reconciliation")).body();
    }

    /// How many orders of the community are in which state.
    Map<String, Long> states() {
        var states = new LinkedHashMap<String, Long>();
        service.jdbc()
                .sql("SELECT state, count(*) FROM orders WHERE community_id = ? GROUP BY state")
                .param(here.community())
                .query(row -> {
                    states.put(row.getString(1), row.getLong(2));
                });
        return states;
    }

    /// Reason, quantity, what it is worth and what goes back.
    List<String> refunds(Answer order) {
        return service.jdbc()
                .sql("""
                        SELECT concat_ws(' ', reason, quantity, asked_fen, paid_back_fen)
                          FROM refund WHERE order_id = ? ORDER BY reason, asked_fen DESC""")
                .param(order.id("orderId"))
                .query(String.class)
                .list();
    }

    long account(String kind, UUID owner) {
        return service.jdbc()
                .sql("SELECT coalesce(sum(fen), 0) FROM posting WHERE account = ? AND owner_id = ?")
                .params(kind, owner)
                .query(Long.class)
                .single();
    }

    /// One number about the community.
    long number(String sql) {
        return service.jdbc().sql(sql).param(here.community()).query(Long.class).single();
    }
}
