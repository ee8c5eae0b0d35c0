package io.linli.groupbuy.settlement;

import io.linli.groupbuy.settlement.FormedCharges.OrderCharge;
import io.linli.groupbuy.settlement.FormedCharges.Shares;
import io.linli.groupbuy.settlement.Refund.Reason;
import io.linli.kit.data.Transactions;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/// The money of one group buy with one supplier and one leader, moved as the features that follow would move it.
public final class Books {
    public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final ServiceUnderTest service;
    private final UUID community;
    private final UUID groupBuy = UUID.randomUUID();
    private final UUID supplier = UUID.randomUUID();
    private final UUID leader = UUID.randomUUID();

    public Books(ServiceUnderTest service) {
        this.service = service;
        this.community = UUID.randomUUID();
    }

    /// One order of one household.
    record Order(UUID id, UUID household) {
        static Order next() {
            return new Order(UUID.randomUUID(), UUID.randomUUID());
        }
    }

    UUID community() {
        return community;
    }

    UUID groupBuy() {
        return groupBuy;
    }

    Payment payment(Order order, long fen, Means means) {
        return new Payment(community, groupBuy, order.id(), order.household(), fen, means, NOW);
    }

    Means cash() {
        return new Means.Cash(leader);
    }

    /// Whether it was recorded.
    boolean pay(Order order, long fen, Means means) {
        return in(() -> service.bean(RecordPayments.class).handle(List.of(payment(order, fen, means))))
                .contains(order.id());
    }

    void charge(Order order, long fen) {
        charge(List.of(new OrderCharge(order.id(), order.household(), fen)), Shares.NONE);
    }

    void charge(List<OrderCharge> orders, Shares shares) {
        var formed = new FormedCharges(community, groupBuy, supplier, leader, orders, shares, NOW);
        in(() -> service.bean(ChargeOrders.class).handle(formed));
    }

    Refund asRefund(String key, Order order, long fen, Reason reason) {
        return new Refund(key, community, groupBuy, order.id(), order.household(), null, null, fen, reason);
    }

    void refund(String key, Order order, long fen, Reason reason) {
        refund(List.of(asRefund(key, order, fen, reason)));
    }

    void refund(List<Refund> refunds) {
        in(() -> service.bean(RefundLines.class).handle(refunds, NOW));
    }

    void sendBack(Order order, long fen, Means means) {
        in(() -> service.bean(SendBack.class).handle(payment(order, fen, means), NOW));
    }

    void providerPaidBack(UUID refund) {
        in(() -> service.bean(ConfirmRefunds.class).byProvider(refund, NOW));
    }

    Integer handBack(Order order) {
        return in(() ->
                service.bean(ConfirmRefunds.class).byCollector(groupBuy, java.util.Set.of(order.id()), leader, NOW));
    }

    <T> T in(Supplier<Mono<T>> work) {
        return service.bean(Transactions.class).in(community, work).block(Duration.ofSeconds(20));
    }

    long household(Order order) {
        return sum("household", order.household());
    }

    long supplier() {
        return sum("supplier", supplier);
    }

    long leader() {
        return sum("leader", leader);
    }

    long clearing() {
        return sum("clearing", community);
    }

    long fund() {
        return sum("fund", community);
    }

    long courier() {
        return sum("courier", community);
    }

    private long sum(String account, UUID owner) {
        return number("SELECT coalesce(sum(fen), 0) FROM posting WHERE account = ? AND owner_id = ?", account, owner);
    }

    long all() {
        return number("SELECT coalesce(sum(fen), 0) FROM posting WHERE community_id = ?", community);
    }

    long number(String sql, Object... params) {
        return service.jdbc().sql(sql).params(params).query(Long.class).single();
    }

    UUID refundOf(Order order) {
        return service.jdbc()
                .sql("SELECT id FROM refund WHERE order_id = ?")
                .param(order.id())
                .query(UUID.class)
                .single();
    }

    UUID refundOf(Order order, String key) {
        return service.jdbc()
                .sql("SELECT id FROM refund WHERE order_id = ? AND key = ?")
                .params(order.id(), key)
                .query(UUID.class)
                .single();
    }

    /// What was asked of the payment provider for an order, in the outbox or out already.
    List<Long> requested(Order order) {
        return service.events().heard("refund.requested.v1").stream()
                .filter(event ->
                        event.data().get("orderId").asString().equals(order.id().toString()))
                .map(event -> event.data().get("amountFen").asLong())
                .toList();
    }
}
