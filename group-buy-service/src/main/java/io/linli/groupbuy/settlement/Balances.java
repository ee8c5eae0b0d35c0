package io.linli.groupbuy.settlement;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Readable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The table `order_balance`. Rows are written in the order of their orders' ids, so writers never deadlock.
@Repository
class Balances {
    private final DatabaseClient database;

    Balances(DatabaseClient database) {
        this.database = database;
    }

    /// Of these orders those that have a balance, locked until the transaction ends.
    Mono<Map<UUID, Balance>> lock(Set<UUID> orders) {
        return database.sql("""
                        SELECT order_id, group_buy_id, household_id, supplier_id, charged_fen, paid_fen, refunded_fen,
                               payment_id, collector_id
                          FROM order_balance WHERE order_id = ANY($1) ORDER BY order_id FOR UPDATE""")
                .bind(0, orders.toArray(UUID[]::new))
                .map(Balances::toBalance)
                .all()
                .collectMap(Balance::order);
    }

    Mono<Balance> find(UUID order) {
        return database.sql("""
                        SELECT order_id, group_buy_id, household_id, supplier_id, charged_fen, paid_fen, refunded_fen,
                               payment_id, collector_id
                          FROM order_balance WHERE order_id = $1""").bind(0, order).map(Balances::toBalance).one();
    }

    /// Records each payment of an order for which nothing is kept yet, and answers those orders: what was paid before
    /// and sent back whole does not count.
    Mono<Set<UUID>> pay(List<Payment> payments) {
        var rows = new Unnested<>(payments);
        return database.sql("""
                        INSERT INTO order_balance AS held (order_id, community_id, group_buy_id, household_id, paid_fen,
                            payment_id, collector_id)
                        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::uuid[],
                            $7::uuid[]) AS given (order_id, community, group_buy, household, fen, payment, collector)
                         ORDER BY order_id
                        ON CONFLICT (order_id) DO UPDATE SET paid_fen = held.paid_fen + EXCLUDED.paid_fen,
                                payment_id = EXCLUDED.payment_id, collector_id = EXCLUDED.collector_id
                          WHERE held.paid_fen = held.refunded_fen
                        RETURNING order_id""")
                .bind(0, rows.ids(Payment::order))
                .bind(1, rows.ids(Payment::community))
                .bind(2, rows.ids(Payment::groupBuy))
                .bind(3, rows.ids(Payment::household))
                .bind(4, rows.fen(Payment::fen))
                .bind(5, rows.ids(payment -> prepayment(payment.means())))
                .bind(6, rows.ids(payment -> collector(payment.means())))
                .map(row -> required(row, 0, UUID.class))
                .all()
                .collect(Collectors.toSet());
    }

    /// A payment that is sent back whole is counted on both sides.
    Mono<Void> passThrough(Payment payment, UUID prepayment) {
        return database.sql("""
                        INSERT INTO order_balance AS held (order_id, community_id, group_buy_id, household_id, paid_fen,
                            refunded_fen, payment_id)
                        VALUES ($1, $2, $3, $4, $5, $5, $6)
                        ON CONFLICT (order_id) DO UPDATE SET paid_fen = held.paid_fen + EXCLUDED.paid_fen,
                                refunded_fen = held.refunded_fen + EXCLUDED.refunded_fen,
                                payment_id = CASE WHEN held.collector_id IS NULL
                                    THEN coalesce(held.payment_id, EXCLUDED.payment_id) END""")
                .bind(0, payment.order())
                .bind(1, payment.community())
                .bind(2, payment.groupBuy())
                .bind(3, payment.household())
                .bind(4, payment.fen())
                .bind(5, prepayment)
                .then();
    }

    /// Charges each order that was never charged.
    Mono<Void> charge(FormedCharges formed) {
        var rows = new Unnested<>(formed.orders());
        return database.sql("""
                        INSERT INTO order_balance AS held (order_id, community_id, group_buy_id, household_id,
                            supplier_id, charged_fen)
                        SELECT order_id, $1, $2, household, $3, fen
                          FROM unnest($4::uuid[], $5::uuid[], $6::bigint[]) AS given (order_id, household, fen)
                         ORDER BY order_id
                        ON CONFLICT (order_id) DO UPDATE SET supplier_id = EXCLUDED.supplier_id,
                                charged_fen = EXCLUDED.charged_fen
                          WHERE held.supplier_id IS NULL""")
                .bind(0, formed.community())
                .bind(1, formed.groupBuy())
                .bind(2, formed.supplier())
                .bind(3, rows.ids(FormedCharges.OrderCharge::order))
                .bind(4, rows.ids(FormedCharges.OrderCharge::household))
                .bind(5, rows.fen(FormedCharges.OrderCharge::fen))
                .then();
    }

    /// Stores what became of locked balances.
    Mono<Void> update(Collection<Balance> changed) {
        if (changed.isEmpty()) {
            return Mono.empty();
        }
        var rows = new Unnested<>(List.copyOf(changed));
        return database.sql("""
                        UPDATE order_balance SET charged_fen = given.charged, refunded_fen = given.refunded
                          FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS given (order_id, charged, refunded)
                         WHERE order_balance.order_id = given.order_id""")
                .bind(0, rows.ids(Balance::order))
                .bind(1, rows.fen(Balance::charged))
                .bind(2, rows.fen(Balance::refunded))
                .fetch()
                .rowsUpdated()
                .filter(updated -> updated == changed.size())
                .switchIfEmpty(Mono.error(
                        () -> new OptimisticLockingFailureException("a balance went away although it was held")))
                .then();
    }

    static @Nullable UUID prepayment(@Nullable Means means) {
        return means instanceof Means.Prepaid(var payment) ? payment : null;
    }

    static @Nullable UUID collector(@Nullable Means means) {
        return means instanceof Means.Cash(var collector) ? collector : null;
    }

    private static Balance toBalance(Readable row) {
        return new Balance(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, UUID.class),
                row.get(3, UUID.class),
                required(row, 4, Long.class),
                required(row, 5, Long.class),
                required(row, 6, Long.class),
                toMeans(row.get(7, UUID.class), row.get(8, UUID.class)));
    }

    static @Nullable Means toMeans(@Nullable UUID prepayment, @Nullable UUID collector) {
        if (prepayment != null) {
            return new Means.Prepaid(prepayment);
        }
        return collector == null ? null : new Means.Cash(collector);
    }
}
