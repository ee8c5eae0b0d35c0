package io.linli.groupbuy.ordering;

import static io.linli.kit.data.Columns.required;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// What happened to an order, and what a household waits for, inside the caller's transaction. Steps are written by the
/// database itself (trigger `orders_moved`) and by the desk (`line_change`).
@Repository
class OrderTimeline {
    static final int MAX = 500;
    private static final int PLACES_MAX = 200;

    private final DatabaseClient database;

    OrderTimeline(DatabaseClient database) {
        this.database = database;
    }

    /// One step; `itemName` and `quantity` only where it is about one item, `amountFen` only where money moves.
    record Step(
            Instant at,
            String what,
            @Nullable String itemName,
            @Nullable Integer quantity,
            @Nullable Long amountFen) {

        static Step ofMoney(Instant at, String what, long fen) {
            return new Step(at, what, null, null, fen);
        }
    }

    /// A place on a waitlist, from 1.
    record Place(UUID groupBuy, UUID item, String itemName, int quantity, int place) {}

    /// The steps, oldest first, at most 500.
    Mono<List<Step>> list(Order order) {
        return database.sql("""
                        SELECT placed_at AS at, 'placed', NULL::text, NULL::int, NULL::bigint FROM orders WHERE id = $1
                        UNION ALL
                        SELECT at, what, NULL, NULL, CASE WHEN what = 'paid' THEN
                               (SELECT sum(quantity * price_fen)::bigint FROM order_line WHERE order_id = $1) END
                          FROM order_step WHERE order_id = $1
                        UNION ALL
                        SELECT changed_at, CASE WHEN difference > 0 THEN 'increased' ELSE 'decreased' END, item.name,
                               abs(difference), NULL
                          FROM line_change JOIN item ON item.id = item_id WHERE order_id = $1
                         ORDER BY 1 LIMIT $2""")
                .bind(0, order.id())
                .bind(1, MAX)
                .map(row -> new Step(
                        required(row, 0, Instant.class),
                        required(row, 1, String.class),
                        row.get(2, String.class),
                        row.get(3, Integer.class),
                        row.get(4, Long.class)))
                .all()
                .collectList();
    }

    /// What a household waits for, newest first, at most 200.
    Mono<List<Place>> listPlaces(UUID household) {
        return database.sql("""
                        SELECT mine.group_buy_id, mine.item_id, item.name, mine.quantity,
                               (SELECT count(*) FROM waitlist AS before
                                 WHERE before.group_buy_id = mine.group_buy_id AND before.item_id = mine.item_id
                                   AND before.quantity > 0 AND before.place <= mine.place)::int
                          FROM waitlist AS mine JOIN item ON item.id = mine.item_id
                         WHERE mine.household_id = $1 AND mine.quantity > 0
                         ORDER BY mine.id DESC LIMIT $2""")
                .bind(0, household)
                .bind(1, PLACES_MAX)
                .map(row -> new Place(
                        required(row, 0, UUID.class),
                        required(row, 1, UUID.class),
                        required(row, 2, String.class),
                        required(row, 3, Integer.class),
                        required(row, 4, Integer.class)))
                .all()
                .collectList();
    }
}
