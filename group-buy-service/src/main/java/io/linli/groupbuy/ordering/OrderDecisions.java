package io.linli.groupbuy.ordering;

import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.allocation.AllocationInput.Change;
import io.linli.groupbuy.ordering.DecidedOrder.DecidedLine;
import io.linli.groupbuy.ordering.PlacedOrders.LineKey;
import io.linli.groupbuy.ordering.ShortenedOrder.ShortenedLine;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// What the end of a group buy and its deliveries do to `orders` and `order_line`, a whole group buy at once and under
/// its lock: a few statements, however many orders there are.
@Repository
class OrderDecisions {
    private final DatabaseClient database;

    OrderDecisions(DatabaseClient database) {
        this.database = database;
    }

    Mono<Instant> findAwaitedUntil(UUID groupBuy) {
        return database.sql("""
                        SELECT max(pay_by) FROM orders
                         WHERE group_buy_id = $1 AND state = 'placed' AND payment = 'awaiting'""")
                .bind(0, groupBuy)
                .map(row -> Optional.ofNullable(row.get(0, Instant.class)))
                .one()
                .flatMap(Mono::justOrEmpty);
    }

    Mono<List<UUID>> cancelUnpaid(UUID groupBuy) {
        return database.sql("""
                        WITH held AS (
                            SELECT id FROM orders
                             WHERE group_buy_id = $1 AND state = 'placed' AND payment = 'awaiting'
                             ORDER BY id FOR UPDATE)
                        UPDATE orders SET state = 'cancelled' FROM held WHERE orders.id = held.id
                        RETURNING orders.id""")
                .bind(0, groupBuy)
                .map(row -> required(row, 0, UUID.class))
                .all()
                .collectList();
    }

    /// Every order that stands; locked in the order of their ids, as payments lock them.
    Mono<List<UUID>> cancelAll(UUID groupBuy) {
        return database.sql("""
                        WITH held AS (SELECT id FROM orders
                                       WHERE group_buy_id = $1 AND state = 'placed' ORDER BY id FOR UPDATE)
                        UPDATE orders SET state = 'cancelled' FROM held WHERE orders.id = held.id
                        RETURNING orders.id""")
                .bind(0, groupBuy)
                .map(row -> required(row, 0, UUID.class))
                .all()
                .collectList();
    }

    /// Gives back what the households of these orders hold of the limits.
    Mono<Void> giveBackTakes(List<Order> cancelled) {
        return database.sql("""
                        UPDATE household_take AS held SET taken = held.taken - gone.quantity
                          FROM (SELECT item_id, household_id, sum(quantity)::int AS quantity
                                  FROM orders JOIN order_line ON order_id = id
                                 WHERE id = ANY($1) GROUP BY item_id, household_id) AS gone
                         WHERE held.item_id = gone.item_id AND held.household_id = gone.household_id""")
                .bind(0, each(cancelled, Order::id, UUID[]::new))
                .then();
    }

    /// What happened to the lines of placed orders after they were placed.
    Mono<Map<LineKey, List<Change>>> findChanges(UUID groupBuy) {
        return database.sql("""
                        SELECT order_id, item_id, changed_at, difference
                          FROM line_change JOIN orders ON orders.id = order_id
                         WHERE group_buy_id = $1 AND state = 'placed'
                         ORDER BY line_change.id""")
                .bind(0, groupBuy)
                .map(row -> Map.entry(
                        new LineKey(required(row, 0, UUID.class), required(row, 1, UUID.class)),
                        new Change(required(row, 2, Instant.class), required(row, 3, Integer.class))))
                .all()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /// Stores what placed orders came to.
    /// *Errors:* `OptimisticLockingFailureException` when one was not placed, or decided before.
    Mono<Void> store(List<DecidedOrder> decided) {
        return storeLines(decided).then(storeOrders(decided));
    }

    private record Row(UUID order, DecidedLine line) {}

    private Mono<Void> storeLines(List<DecidedOrder> decided) {
        var rows = decided.stream()
                .flatMap(order ->
                        order.lines().stream().map(line -> new Row(order.order().id(), line)))
                .toList();
        return database.sql("""
                        UPDATE order_line SET allocated = decided.granted, final_price_fen = decided.price
                          FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::bigint[])
                            AS decided (order_id, item_id, granted, price)
                         WHERE order_line.order_id = decided.order_id AND order_line.item_id = decided.item_id
                           AND order_line.allocated IS NULL""")
                .bind(0, each(rows, Row::order, UUID[]::new))
                .bind(1, each(rows, row -> row.line().line().itemId(), UUID[]::new))
                .bind(2, each(rows, row -> row.line().granted(), Integer[]::new))
                .bind(3, each(rows, row -> row.line().priceFen(), Long[]::new))
                .fetch()
                .rowsUpdated()
                .flatMap(updated -> all(updated, rows.size()));
    }

    /// The weight of an order with nothing granted stays what it was: nothing weighs it any more.
    private Mono<Void> storeOrders(List<DecidedOrder> decided) {
        return database.sql("""
                        UPDATE orders SET state = decided.state, amount_fen = decided.amount,
                                          weight_grams = coalesce(nullif(decided.weight, 0), weight_grams)
                          FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[])
                            AS decided (id, state, amount, weight)
                         WHERE orders.id = decided.id AND orders.state = 'placed'""")
                .bind(0, each(decided, order -> order.order().id(), UUID[]::new))
                .bind(1, each(decided, order -> order.state().name().toLowerCase(Locale.ROOT), String[]::new))
                .bind(2, each(decided, DecidedOrder::amountFen, Long[]::new))
                .bind(3, each(decided, DecidedOrder::weightGrams, Long[]::new))
                .fetch()
                .rowsUpdated()
                .flatMap(updated -> all(updated, decided.size()));
    }

    /// Stores what confirmed orders lose.
    /// *Errors:* `OptimisticLockingFailureException` when one was not confirmed, or had another grant.
    Mono<Void> shorten(List<ShortenedOrder> shortened) {
        return shortenLines(shortened).then(Mono.defer(() -> shortenOrders(shortened)));
    }

    private record LessRow(UUID order, ShortenedLine line) {}

    private Mono<Void> shortenLines(List<ShortenedOrder> shortened) {
        var rows = shortened.stream()
                .flatMap(order -> order.lines().stream()
                        .map(line -> new LessRow(order.order().id(), line)))
                .toList();
        return database.sql("""
                        UPDATE order_line SET allocated = less.granted
                          FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[])
                            AS less (order_id, item_id, held, granted)
                         WHERE order_line.order_id = less.order_id AND order_line.item_id = less.item_id
                           AND order_line.allocated = less.held""")
                .bind(0, each(rows, LessRow::order, UUID[]::new))
                .bind(1, each(rows, row -> row.line().line().itemId(), UUID[]::new))
                .bind(2, each(rows, row -> row.line().quantity(), Integer[]::new))
                .bind(3, each(rows, row -> row.line().granted(), Integer[]::new))
                .fetch()
                .rowsUpdated()
                .flatMap(updated -> all(updated, rows.size()));
    }

    private Mono<Void> shortenOrders(List<ShortenedOrder> shortened) {
        return database.sql("""
                        UPDATE orders SET state = less.state, amount_fen = orders.amount_fen - less.fen,
                                          weight_grams = coalesce(nullif(orders.weight_grams - less.grams, 0),
                                                                  orders.weight_grams)
                          FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[])
                            AS less (id, state, fen, grams)
                         WHERE orders.id = less.id AND orders.state = 'confirmed'""")
                .bind(0, each(shortened, order -> order.order().id(), UUID[]::new))
                .bind(1, each(shortened, order -> order.next().name().toLowerCase(Locale.ROOT), String[]::new))
                .bind(2, each(shortened, ShortenedOrder::lessFen, Long[]::new))
                .bind(3, each(shortened, ShortenedOrder::lessGrams, Long[]::new))
                .fetch()
                .rowsUpdated()
                .flatMap(updated -> all(updated, shortened.size()));
    }

    private static Mono<Void> all(long rows, int expected) {
        return rows == expected
                ? Mono.empty()
                : Mono.error(new OptimisticLockingFailureException("orders moved although their group buy was held"));
    }

    private static <F, T> T[] each(List<F> all, Function<F, T> part, IntFunction<T[]> array) {
        return all.stream().map(part).toArray(array);
    }
}
