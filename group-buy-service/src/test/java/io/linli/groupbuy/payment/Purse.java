package io.linli.groupbuy.payment;

import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static org.assertj.core.api.Assertions.assertThat;

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

/// A group buy with a payment mode, and what is paid for its orders.
public final class Purse {
    public static final Duration SOON = Duration.ofSeconds(20);

    private final ServiceUnderTest service;
    private final Neighbourhood here;
    private final Answer created;

    public Purse(ServiceUnderTest service, String paymentMode) {
        this(service, Map.of("paymentMode", paymentMode), Neighbourhood.item("鸡蛋", 10_000, 500));
    }

    /// @param item one that costs 350 fen
    public Purse(ServiceUnderTest service, Map<String, Object> conditions, Map<String, Object> item) {
        this.service = service;
        this.here = new Neighbourhood(service);
        this.created = here.openWith(conditions, item);
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
    }

    /// A household with one order.
    public record Placed(UUID id, UUID household, String token) {}

    public Neighbourhood here() {
        return here;
    }

    public UUID groupBuy() {
        return created.id("groupBuyId");
    }

    UUID item() {
        return itemOf(created, 0);
    }

    /// 350 fen each.
    public Placed place(int quantity) {
        var household = UUID.randomUUID();
        var token = here.resident(household);
        return new Placed(here.place(token, groupBuy(), line(item(), quantity)).id("orderId"), household, token);
    }

    public UUID requestedPayment(Placed order, long amountFen) {
        var requested = service.events()
                .await(
                        "payment.requested.v1",
                        event -> isOf(event.data(), order)
                                && event.data().get("amountFen").asLong() == amountFen);
        return UUID.fromString(requested.data().get("paymentId").asString());
    }

    public void succeed(UUID payment, Placed order, long amountFen) {
        var data = new LinkedHashMap<String, Object>();
        data.put("paymentId", payment);
        data.put("orderId", order.id());
        data.put("amountFen", amountFen);
        data.put("paidAt", "2026-11-24T12:05:00Z");
        service.events().publish(here.community(), "payment.succeeded.v1", payment, data);
    }

    void fail(UUID payment, Placed order) {
        var data = Map.of("paymentId", payment, "orderId", order.id(), "reason", "expired");
        service.events().publish(here.community(), "payment.failed.v1", payment, data);
    }

    public void refunded(UUID refund) {
        var data = Map.of("refundId", refund, "refundedAt", "2026-11-26T09:00:00Z");
        service.events().publish(here.community(), "payment.refunded.v1", refund, data);
    }

    /// Waits until everything that was published to the service has had its effect.
    void awaitHeard(int events) {
        Await.until(
                "all events heard",
                SOON,
                () -> count("SELECT count(*) FROM inbox WHERE queue = 'group-buy.payments' AND state <> 'waiting'"
                                + " AND community_id = ?")
                        >= events);
    }

    long count(String sql) {
        return service.jdbc().sql(sql).param(here.community()).query(Long.class).single();
    }

    public JsonNode money(Placed order) {
        return here.get(order.token(), "/orders/" + order.id() + "/money").body();
    }

    long paid(Placed order) {
        return money(order).get("paidFen").asLong();
    }

    public String payment(Placed order) {
        return here.get(order.token(), "/orders/" + order.id())
                .body()
                .get("payment")
                .asString();
    }

    /// Refunds that the payment provider was asked for.
    List<JsonNode> requestedRefunds(Placed order) {
        return service.events().heard("refund.requested.v1").stream()
                .map(event -> event.data())
                .filter(data -> isOf(data, order))
                .toList();
    }

    public JsonNode awaitRequestedRefund(Placed order) {
        return service.events()
                .await("refund.requested.v1", event -> isOf(event.data(), order))
                .data();
    }

    public Answer confirm(String token, Placed order, long amountFen) {
        return here.post(token, "/group-buys/" + groupBuy() + "/cash-payments", cash(order, amountFen));
    }

    static Map<String, Object> cash(Placed order, long amountFen) {
        return Map.of("payments", List.of(Map.of("orderId", order.id(), "amountFen", amountFen)));
    }

    long ledger() {
        return count("SELECT coalesce(sum(fen), 0) FROM posting WHERE community_id = ?");
    }

    private static boolean isOf(JsonNode data, Placed order) {
        return data.get("orderId").asString().equals(order.id().toString());
    }
}
