package io.linli.groupbuy.settlement;

import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.settlement.Refund.Reason;
import io.linli.groupbuy.settlement.RefundDecision.Granted;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The table `refund`: every refund that was asked for, once per key.
@Repository
class Refunds {
    private static final int OF_ORDER_MAX = 200;
    private static final String VIEW = """
            SELECT id, order_id, household_id, item_id, quantity, reason, credited_fen, paid_back_fen, state, asked_at,
                   paid_back_at
              FROM refund
            """;

    private final DatabaseClient database;

    Refunds(DatabaseClient database) {
        this.database = database;
    }

    /// A refund that has gone back to its household.
    record PaidBack(UUID id, UUID community, UUID groupBuy, UUID order, UUID household, long fen, Means means) {}

    /// Those of the keys that were refunded before.
    Mono<Set<String>> findKnown(List<Refund> refunds) {
        var rows = new Unnested<>(refunds);
        return database.sql("""
                        SELECT key FROM refund
                          JOIN unnest($1::uuid[], $2::text[]) AS given (community_id, key) USING (community_id, key)""")
                .bind(0, rows.ids(Refund::community))
                .bind(1, rows.texts(Refund::key))
                .map(row -> required(row, 0, String.class))
                .all()
                .collect(Collectors.toSet());
    }

    /// Answers how many were new.
    Mono<Long> insert(List<Granted> granted, Instant now) {
        if (granted.isEmpty()) {
            return Mono.just(0L);
        }
        var rows = new Unnested<>(granted);
        return database.sql("""
                        INSERT INTO refund (id, community_id, key, order_id, group_buy_id, household_id, item_id,
                            quantity, reason, asked_fen, credited_fen, paid_back_fen, collector_id, state, payment_id, asked_at)
                        SELECT given.*, $16
                          FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[],
                            $7::uuid[], $8::int[], $9::text[], $10::bigint[], $11::bigint[], $12::bigint[],
                            $13::uuid[], $14::text[], $15::uuid[]) AS given
                        ON CONFLICT (community_id, key) DO NOTHING""")
                .bind(0, rows.ids(Granted::id))
                .bind(1, rows.ids(each -> each.refund().community()))
                .bind(2, rows.texts(each -> each.refund().key()))
                .bind(3, rows.ids(each -> each.refund().order()))
                .bind(4, rows.ids(each -> each.refund().groupBuy()))
                .bind(5, rows.ids(each -> each.refund().household()))
                .bind(6, rows.ids(each -> each.refund().item()))
                .bind(7, rows.counts(each -> each.refund().quantity()))
                .bind(8, rows.texts(each -> each.refund().reason().word()))
                .bind(9, rows.fen(each -> each.refund().fen()))
                .bind(10, rows.fen(Granted::credited))
                .bind(11, rows.fen(Granted::paidBack))
                .bind(12, rows.ids(each -> Balances.collector(each.means())))
                .bind(13, rows.texts(Refunds::state))
                .bind(14, rows.ids(each -> Balances.prepayment(each.means())))
                .bind(15, now)
                .fetch()
                .rowsUpdated();
    }

    /// Newest first.
    Mono<List<RefundView>> list(UUID groupBuy, Page.Request page) {
        return database.sql(VIEW + "WHERE group_buy_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3")
                .bind(0, groupBuy)
                .bind(1, page.below())
                .bind(2, page.rows())
                .map(Refunds::toView)
                .all()
                .collectList();
    }

    /// Oldest first, at most 200.
    Mono<List<RefundView>> list(UUID order) {
        return database.sql(VIEW + "WHERE order_id = $1 ORDER BY id LIMIT $2")
                .bind(0, order)
                .bind(1, OF_ORDER_MAX)
                .map(Refunds::toView)
                .all()
                .collectList();
    }

    /// What was asked of the provider has gone back; empty when that was known.
    Mono<PaidBack> markPaidBack(UUID id, Instant at) {
        return database.sql("""
                        UPDATE refund SET state = 'paid-back', paid_back_at = $2
                         WHERE id = $1 AND state = 'requested'
                        RETURNING id, community_id, group_buy_id, order_id, household_id, paid_back_fen,
                            payment_id, collector_id""")
                .bind(0, id)
                .bind(1, at)
                .map(Refunds::toPaidBack)
                .one();
    }

    /// What this collector owes for the orders has been handed back.
    Mono<List<PaidBack>> markHandedBack(UUID groupBuy, Set<UUID> orders, UUID collector, Instant at) {
        return database.sql("""
                        UPDATE refund SET state = 'paid-back', paid_back_at = $3
                         WHERE order_id = ANY($1) AND collector_id = $2 AND state = 'owed' AND group_buy_id = $4
                        RETURNING id, community_id, group_buy_id, order_id, household_id, paid_back_fen,
                            payment_id, collector_id""")
                .bind(0, orders.toArray(UUID[]::new))
                .bind(1, collector)
                .bind(2, at)
                .bind(3, groupBuy)
                .map(Refunds::toPaidBack)
                .all()
                .collectList();
    }

    private static String state(Granted granted) {
        if (granted.paidBack() == 0) {
            return "nothing-paid";
        }
        return Balances.collector(granted.means()) == null ? "requested" : "owed";
    }

    private static RefundView toView(Readable row) {
        return new RefundView(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, UUID.class),
                row.get(3, UUID.class),
                row.get(4, Integer.class),
                Reason.of(required(row, 5, String.class)),
                required(row, 6, Long.class),
                required(row, 7, Long.class),
                RefundView.State.of(required(row, 8, String.class)),
                required(row, 9, Instant.class),
                row.get(10, Instant.class));
    }

    private static PaidBack toPaidBack(Readable row) {
        return new PaidBack(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, UUID.class),
                required(row, 3, UUID.class),
                required(row, 4, UUID.class),
                required(row, 5, Long.class),
                Objects.requireNonNull(Balances.toMeans(row.get(6, UUID.class), row.get(7, UUID.class))));
    }
}
