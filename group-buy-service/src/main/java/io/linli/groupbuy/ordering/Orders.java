package io.linli.groupbuy.ordering;

import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.ordering.Order.Buyer;
import io.linli.groupbuy.ordering.Order.Line;
import io.linli.groupbuy.ordering.Order.State;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The tables `orders` and `order_line`. Rows of one group buy are inserted and cancelled under its lock; several
/// orders at once are locked in the order of their ids.
@Repository
class Orders {
    private static final String SELECT = """
            SELECT o.id, o.community_id, o.group_buy_id, o.household_id, o.member_id, o.display_name, o.serial_number,
                   o.state, o.doorstep, o.placed_at,
                   l.item_id, l.name, l.quantity, l.price_fen, l.weight_grams
              FROM (SELECT * FROM orders %s) o JOIN order_line l ON l.order_id = o.id
             ORDER BY o.%s, l.position""";

    private final DatabaseClient database;

    Orders(DatabaseClient database) {
        this.database = database;
    }

    Mono<Order> insert(Order order) {
        var lines = order.lines();
        return database.sql("""
                        WITH placed AS (
                            INSERT INTO orders (id, community_id, group_buy_id, household_id, member_id, serial_number,
                                                display_name, state, doorstep, amount_fen, weight_grams, placed_at)
                            VALUES (:id, :community, :groupBuy, :household, :member, :serial,
                                    :displayName, :state, :doorstep, :amount, :weight, :placedAt))
                        INSERT INTO order_line (community_id, order_id, position, item_id, name, quantity, price_fen,
                                                weight_grams)
                        SELECT :community, :id, line.position, line.item_id, line.name, line.quantity, line.price_fen,
                               line.weight_grams
                          FROM unnest(:items, :names, :quantities, :prices, :weights) WITH ORDINALITY
                            AS line (item_id, name, quantity, price_fen, weight_grams, position)""")
                .bind("id", order.id())
                .bind("community", order.community())
                .bind("groupBuy", order.groupBuyId())
                .bind("household", order.buyer().household())
                .bind("member", order.buyer().member())
                .bind("serial", order.serialNumber())
                .bind("displayName", order.buyer().displayName())
                .bind("state", toText(order.state()))
                .bind("doorstep", order.doorstep())
                .bind("amount", order.amountFen())
                .bind("weight", order.weightGrams())
                .bind("placedAt", order.placedAt())
                .bind("items", lines.stream().map(Line::itemId).toArray(UUID[]::new))
                .bind("names", lines.stream().map(Line::name).toArray(String[]::new))
                .bind("quantities", lines.stream().map(Line::quantity).toArray(Integer[]::new))
                .bind("prices", lines.stream().map(Line::priceFen).toArray(Long[]::new))
                .bind("weights", lines.stream().map(Line::weightGrams).toArray(Integer[]::new))
                .then()
                .thenReturn(order);
    }

    /// A held order and what it becomes.
    record Move(Order held, State next) {}

    /// *Errors:* `OptimisticLockingFailureException` when an order was not in the state it was read in.
    Mono<Void> update(List<Move> moves) {
        return database.sql("""
                        UPDATE orders SET state = move.next
                          FROM unnest(:ids, :held, :next) AS move (id, held, next)
                         WHERE orders.id = move.id AND orders.state = move.held""")
                .bind("ids", moves.stream().map(move -> move.held().id()).toArray(UUID[]::new))
                .bind(
                        "held",
                        moves.stream().map(move -> toText(move.held().state())).toArray(String[]::new))
                .bind("next", moves.stream().map(move -> toText(move.next())).toArray(String[]::new))
                .fetch()
                .rowsUpdated()
                .filter(rows -> rows == moves.size())
                .switchIfEmpty(Mono.error(() -> new OptimisticLockingFailureException("an order was not held")))
                .then();
    }

    /// Moves every placed order of a group buy, which must be held.
    Mono<Long> updatePlaced(UUID groupBuy, State next) {
        return database.sql("""
                        UPDATE orders SET state = :next
                         WHERE group_buy_id = :groupBuy AND state = 'placed'""")
                .bind("groupBuy", groupBuy)
                .bind("next", toText(next))
                .fetch()
                .rowsUpdated();
    }

    Mono<Integer> countPlacedHouseholds(UUID groupBuy) {
        return database.sql("""
                        SELECT count(DISTINCT household_id)::int FROM orders
                         WHERE group_buy_id = :groupBuy AND state = 'placed'""")
                .bind("groupBuy", groupBuy)
                .map(row -> required(row, 0, Integer.class))
                .one();
    }

    Mono<Order> find(UUID id) {
        return select("WHERE id = :id", "id", sql -> sql.bind("id", id)).next();
    }

    Mono<Order> lock(UUID id) {
        return select("WHERE id = :id FOR UPDATE", "id", sql -> sql.bind("id", id))
                .next();
    }

    Flux<Order> lock(Collection<UUID> ids) {
        return select(
                "WHERE id = ANY(:ids) ORDER BY id FOR UPDATE", "id", sql -> sql.bind("ids", ids.toArray(UUID[]::new)));
    }

    Mono<List<Order>> listIn(UUID groupBuy, State state) {
        return select(
                        "WHERE group_buy_id = :groupBuy AND state = :state",
                        "serial_number",
                        sql -> sql.bind("groupBuy", groupBuy).bind("state", toText(state)))
                .collectList();
    }

    /// The running list of a group buy, by serial number.
    Mono<List<Order>> listRunning(UUID groupBuy, Page.Request page) {
        return select(
                        "WHERE group_buy_id = :groupBuy AND serial_number > :above ORDER BY serial_number LIMIT :rows",
                        "serial_number",
                        sql -> sql.bind("groupBuy", groupBuy)
                                .bind("above", page.above())
                                .bind("rows", page.rows()))
                .collectList();
    }

    /// All orders of a group buy, newest first.
    Mono<List<Order>> listOfGroupBuy(UUID groupBuy, Page.Request page) {
        return select(
                        "WHERE group_buy_id = :groupBuy AND id < :below ORDER BY id DESC LIMIT :rows",
                        "id DESC",
                        sql -> sql.bind("groupBuy", groupBuy)
                                .bind("below", page.below())
                                .bind("rows", page.rows()))
                .collectList();
    }

    /// A household's orders, newest first.
    Mono<List<Order>> listOfHousehold(UUID household, Page.Request page) {
        return select(
                        "WHERE household_id = :household AND id < :below ORDER BY id DESC LIMIT :rows",
                        "id DESC",
                        sql -> sql.bind("household", household)
                                .bind("below", page.below())
                                .bind("rows", page.rows()))
                .collectList();
    }

    /// A household's orders in one group buy, newest first.
    Mono<List<Order>> listOfHousehold(UUID household, UUID groupBuy, Page.Request page) {
        return select(
                        """
                        WHERE household_id = :household AND group_buy_id = :groupBuy AND id < :below
                        ORDER BY id DESC LIMIT :rows""",
                        "id DESC",
                        sql -> sql.bind("household", household)
                                .bind("groupBuy", groupBuy)
                                .bind("below", page.below())
                                .bind("rows", page.rows()))
                .collectList();
    }

    private interface Binding {
        GenericExecuteSpec to(GenericExecuteSpec sql);
    }

    private record Row(Order order, Line line) {}

    private Flux<Order> select(String which, String sorted, Binding binding) {
        return binding.to(database.sql(SELECT.formatted(which, sorted)))
                .map(row -> new Row(toOrder(row), toLine(row)))
                .all()
                .bufferUntilChanged(row -> row.order().id())
                .map(Orders::toOrder);
    }

    private static Order toOrder(List<Row> rows) {
        var order = rows.getFirst().order();
        var lines = rows.stream().map(Row::line).toList();
        return order.with(lines);
    }

    private static Order toOrder(Readable row) {
        return new Order(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, UUID.class),
                new Buyer(required(row, 3, UUID.class), required(row, 4, UUID.class), required(row, 5, String.class)),
                required(row, 6, Integer.class),
                State.valueOf(required(row, 7, String.class).toUpperCase(Locale.ROOT)),
                required(row, 8, Boolean.class),
                List.of(),
                required(row, 9, Instant.class));
    }

    private static Line toLine(Readable row) {
        return new Line(
                required(row, 10, UUID.class),
                required(row, 11, String.class),
                required(row, 12, Integer.class),
                required(row, 13, Long.class),
                required(row, 14, Integer.class));
    }

    private static String toText(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
