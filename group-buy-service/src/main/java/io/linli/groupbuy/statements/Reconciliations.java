package io.linli.groupbuy.statements;

import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.statements.Reconciliation.Difference;
import io.linli.groupbuy.statements.Reconciliation.Totals;
import io.linli.groupbuy.statements.Reconciliation.What;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Holds the tables of orders, payments, refunds and the ledger against one another, which none of their owners could.
/// It is one SQL statement over whole sets: of one moment while orders go on, and without a lock. What goes back for a
/// line has lowered what the line tells already; what goes back for a whole order has not.
@Repository
class Reconciliations {
    private static final String RECONCILE = """
            WITH ordered AS (
                SELECT group_buy_id, orders.id AS order_id, serial_number, state, payment,
                       sum(quantity * order_line.price_fen) AS ordered,
                       coalesce(sum(allocated * final_price_fen), 0) AS cost
                  FROM orders JOIN order_line ON order_id = orders.id
                 WHERE group_buy_id = ANY($1)
                 GROUP BY orders.id),
            entry AS MATERIALIZED (
                SELECT group_buy_id, transaction_id, occasion, account, order_id, fen
                  FROM ledger_transaction JOIN posting ON transaction_id = ledger_transaction.id
                 WHERE group_buy_id = ANY($1)),
            posted AS (
                SELECT group_buy_id, order_id,
                       sum(fen) FILTER (WHERE account = 'household' AND occasion = 'paid') AS posted_paid,
                       -sum(fen) FILTER (WHERE account = 'household' AND occasion = 'paid-back') AS posted_back,
                       -sum(fen) FILTER (WHERE account = 'household' AND occasion NOT IN ('paid', 'paid-back'))
                           AS posted_charged,
                       -sum(fen) FILTER (WHERE account = 'leader' AND occasion = 'paid') AS cash
                  FROM entry WHERE order_id IS NOT NULL
                 GROUP BY group_buy_id, order_id),
            returned AS (
                SELECT group_buy_id, order_id, sum(paid_back_fen) AS asked,
                       sum(paid_back_fen) FILTER (WHERE state = 'paid-back') AS confirmed,
                       sum(paid_back_fen) FILTER (WHERE state = 'owed') AS owed_by_leader,
                       sum(paid_back_fen) FILTER (WHERE state = 'requested' AND asked_at < $2) AS unconfirmed,
                       sum(credited_fen) FILTER (WHERE item_id IS NULL) AS let_off
                  FROM refund WHERE group_buy_id = ANY($1)
                 GROUP BY group_buy_id, order_id),
            balance AS (
                SELECT group_buy_id, order_id, charged_fen AS charged, paid_fen AS paid, refunded_fen AS refunded
                  FROM order_balance WHERE group_buy_id = ANY($1)),
            pending AS (
                SELECT group_buy_id, id AS order_id, true AS is_pending
                  FROM orders
                 WHERE group_buy_id = ANY($1) AND state = 'cancelled' AND payment = 'paid'
                   AND EXISTS (SELECT FROM order_step WHERE order_id = orders.id AND what = 'cancelled' AND at >= $4)
                   AND NOT EXISTS (SELECT FROM refund WHERE order_id = orders.id AND reason = 'cancelled')),
            prepaid AS (
                SELECT group_buy_id, order_id, sum(fen) FILTER (WHERE prepayment.state <> 'failed') AS arrived,
                       sum(fen) FILTER (WHERE prepayment.state = 'kept') AS kept
                  FROM prepayment JOIN ordered USING (order_id)
                 GROUP BY group_buy_id, order_id),
            whole AS MATERIALIZED (
                SELECT group_buy_id, order_id, serial_number, state,
                       coalesce(payment = 'paid', false) AS is_paid,
                       coalesce(ordered, 0) AS ordered, coalesce(cost, 0) AS cost,
                       coalesce(posted_paid, 0) AS posted_paid, coalesce(posted_back, 0) AS posted_back,
                       coalesce(posted_charged, 0) AS posted_charged, coalesce(cash, 0) AS cash,
                       coalesce(asked, 0) AS asked, coalesce(confirmed, 0) AS confirmed,
                       coalesce(owed_by_leader, 0) AS owed_by_leader, coalesce(unconfirmed, 0) AS unconfirmed,
                       coalesce(let_off, 0) AS let_off, coalesce(charged, 0) AS charged, coalesce(paid, 0) AS paid,
                       coalesce(refunded, 0) AS refunded, coalesce(arrived, 0) AS arrived, coalesce(kept, 0) AS kept,
                       coalesce(is_pending, false) AS is_pending
                  FROM ordered FULL JOIN posted USING (group_buy_id, order_id)
                  FULL JOIN returned USING (group_buy_id, order_id)
                  FULL JOIN balance USING (group_buy_id, order_id) LEFT JOIN prepaid USING (group_buy_id, order_id)
                  LEFT JOIN pending USING (group_buy_id, order_id)),
            difference AS MATERIALIZED (
                SELECT group_buy_id, order_id, serial_number, what, expected, found
                  FROM whole CROSS JOIN LATERAL (VALUES
                       ('charge', greatest(cost - let_off, 0), charged),
                       ('payment', arrived + cash, paid),
                       ('payment-state', CASE WHEN is_paid THEN ordered ELSE 0 END,
                                         CASE WHEN is_paid THEN kept + cash ELSE kept END),
                       ('refund', asked, refunded),
                       ('refund-over-paid', least(asked, paid), asked),
                       ('overpaid', CASE WHEN state = 'placed' OR is_pending THEN paid - refunded
                                         ELSE least(charged, paid - refunded) END, paid - refunded),
                       ('ledger-charge', charged, posted_charged),
                       ('ledger-payment', paid, posted_paid),
                       ('ledger-refund', confirmed, posted_back),
                       ('refund-unconfirmed', unconfirmed, 0)) AS compared (what, expected, found)
                 WHERE expected <> found
                UNION ALL
                SELECT group_buy_id, NULL, NULL, 'transaction', 0, sum(fen) FROM entry
                 GROUP BY group_buy_id, transaction_id HAVING sum(fen) <> 0),
            counted AS (SELECT group_buy_id, count(*) AS differences FROM difference GROUP BY group_buy_id),
            first AS (SELECT * FROM difference
                       ORDER BY array_position($1, group_buy_id), serial_number, order_id, what LIMIT $3),
            party AS (
                SELECT group_buy_id,
                       sum(fen) FILTER (WHERE account = 'supplier') AS supplier_due,
                       sum(fen) FILTER (WHERE account = 'leader' AND order_id IS NULL) AS leader_fee,
                       sum(fen) FILTER (WHERE account = 'fund') AS fund_share,
                       sum(fen) FILTER (WHERE account = 'courier') AS courier_share,
                       -sum(fen) FILTER (WHERE account = 'leader' AND order_id IS NOT NULL) AS cash_held
                  FROM entry GROUP BY group_buy_id),
            total AS (
                SELECT group_buy_id,
                       count(*) FILTER (WHERE state <> 'cancelled') AS orders,
                       sum(ordered) FILTER (WHERE state <> 'cancelled') AS ordered,
                       sum(charged) AS charged, sum(paid) AS paid, sum(confirmed) AS confirmed,
                       sum(paid - refunded) FILTER (WHERE is_pending) AS refund_pending,
                       sum(asked - confirmed) AS owed_back, sum(owed_by_leader) AS owed_by_leader,
                       sum(greatest(charged - (paid - refunded), 0)) AS outstanding
                  FROM whole GROUP BY group_buy_id)
            SELECT asked.id, coalesce(differences, 0)::int,
                   coalesce(orders, 0)::int, coalesce(ordered, 0)::bigint, coalesce(charged, 0)::bigint,
                   coalesce(paid, 0)::bigint, coalesce(confirmed, 0)::bigint, coalesce(refund_pending, 0)::bigint,
                   coalesce(owed_back, 0)::bigint,
                   coalesce(owed_by_leader, 0)::bigint, coalesce(outstanding, 0)::bigint,
                   coalesce(cash_held, 0)::bigint, coalesce(supplier_due, 0)::bigint, coalesce(leader_fee, 0)::bigint,
                   coalesce(fund_share, 0)::bigint, coalesce(courier_share, 0)::bigint,
                   first.order_id, first.serial_number, first.what, first.expected::bigint, first.found::bigint
              FROM unnest($1) WITH ORDINALITY AS asked (id, place)
              LEFT JOIN total ON total.group_buy_id = asked.id
              LEFT JOIN party ON party.group_buy_id = asked.id
              LEFT JOIN counted ON counted.group_buy_id = asked.id
              LEFT JOIN first ON first.group_buy_id = asked.id
             ORDER BY asked.place, first.serial_number, first.order_id, first.what""";

    private final DatabaseClient database;

    Reconciliations(DatabaseClient database) {
        this.database = database;
    }

    /// A group buy that ends in some period. *Shape:* `ordersMax` counts the cancelled orders too.
    ///
    /// @param endedAt when it was closed or called off; before that, when its window ends
    record Ended(UUID id, String title, Instant endedAt, int ordersMax) {}

    /// Those that end in a period, first to end first; all of them, or those that a member leads: who that is says
    /// `GroupBuy.Terms.isLedBy`, once more as SQL.
    Mono<List<Ended>> list(UUID community, Period period, @Nullable UUID leader, int limit) {
        return database.sql("""
                        SELECT id, title, coalesce(closed_at, cancelled_at, closes_at) AS ended_at, last_serial
                          FROM group_buy
                         WHERE community_id = $1 AND coalesce(closed_at, cancelled_at, closes_at) >= $2
                           AND coalesce(closed_at, cancelled_at, closes_at) < $3 AND state <> 'draft'
                           AND ($4 IS NULL OR leader_id = $4 OR $4 = ANY(co_leaders))
                         ORDER BY ended_at, id LIMIT $5""")
                .bind(0, community)
                .bind(1, period.begins())
                .bind(2, period.ends())
                .bind(3, leader == null ? Parameters.in(UUID.class) : Parameters.in(leader))
                .bind(4, limit)
                .map(row -> new Ended(
                        required(row, 0, UUID.class),
                        required(row, 1, String.class),
                        required(row, 2, Instant.class),
                        required(row, 3, Integer.class)))
                .all()
                .collectList();
    }

    /// One row of the answer; where all agrees a group buy still has one, with its totals.
    private record Row(UUID groupBuy, int differenceCount, Totals totals, Optional<Difference> difference) {}

    /// What a report takes for normal.
    ///
    /// @param cancelledSince whose refund may still be about to be asked for
    /// @param unconfirmedSince refunds that were asked for before it should be confirmed by now
    /// @param differencesMax how many differences are named in all; all are counted
    record Limits(Instant cancelledSince, Instant unconfirmedSince, int differencesMax) {}

    /// Answers one report for each group buy, in the order given.
    Mono<List<Reconciliation>> read(List<UUID> groupBuys, Limits limits) {
        return groupBuys.isEmpty()
                ? Mono.just(List.of())
                : withoutCompiling().then(Mono.defer(() -> reconcile(groupBuys, limits)));
    }

    /// The planner takes the joins for much larger than they are, and compiling the plan takes longer than running it:
    /// 1.0 s of 1.3 s over 10,000 orders.
    private Mono<Void> withoutCompiling() {
        return database.sql("SELECT set_config('jit', 'off', true)").then();
    }

    private Mono<List<Reconciliation>> reconcile(List<UUID> groupBuys, Limits limits) {
        return database.sql(RECONCILE)
                .bind(0, groupBuys.toArray(UUID[]::new))
                .bind(1, limits.unconfirmedSince())
                .bind(2, limits.differencesMax())
                .bind(3, limits.cancelledSince())
                .map(Reconciliations::toRow)
                .all()
                .collect(Collectors.groupingBy(Row::groupBuy, LinkedHashMap::new, Collectors.toList()))
                .map(rows -> rows.values().stream()
                        .map(Reconciliations::toReconciliation)
                        .toList());
    }

    private static Reconciliation toReconciliation(List<Row> rows) {
        var first = rows.getFirst();
        var differences =
                rows.stream().flatMap(row -> row.difference().stream()).toList();
        return new Reconciliation(first.groupBuy(), first.totals(), first.differenceCount(), differences);
    }

    private static Row toRow(Readable row) {
        var totals = new Totals(
                required(row, 2, Integer.class),
                required(row, 3, Long.class),
                required(row, 4, Long.class),
                required(row, 5, Long.class),
                required(row, 6, Long.class),
                required(row, 7, Long.class),
                required(row, 8, Long.class),
                required(row, 9, Long.class),
                required(row, 10, Long.class),
                required(row, 11, Long.class),
                required(row, 12, Long.class),
                required(row, 13, Long.class),
                required(row, 14, Long.class),
                required(row, 15, Long.class));
        var what = Optional.ofNullable(row.get(18, String.class)).map(What::of);
        return new Row(
                required(row, 0, UUID.class),
                required(row, 1, Integer.class),
                totals,
                what.map(compared -> toDifference(compared, row)));
    }

    private static Difference toDifference(What what, Readable row) {
        return new Difference(
                row.get(16, UUID.class),
                row.get(17, Integer.class),
                what,
                required(row, 19, Long.class),
                required(row, 20, Long.class));
    }
}
