package io.linli.groupbuy.ordering;

import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.ordering.Order.Buyer;
import io.linli.groupbuy.ordering.Order.Line;
import io.linli.groupbuy.ordering.Order.Payment;
import io.linli.groupbuy.ordering.Order.PaymentState;
import io.linli.groupbuy.ordering.Order.State;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The tables `orders` and `order_line`. Rows of one group buy are inserted and cancelled under its lock; several
/// orders at once are locked in the order of their ids.
@Repository
public class Orders {
    private static final String SELECT = """
            SELECT o.id, o.community_id, o.group_buy_id, o.household_id, o.member_id, o.display_name, o.serial_number,
                   o.state, o.payment, o.pay_by, o.doorstep, o.placed_at, o.on_behalf,
                   l.item_id, l.name, l.quantity, l.allocated, l.price_fen,
                   l.final_price_fen, l.weight_grams
              FROM (SELECT * FROM orders %s) o JOIN order_line l ON l.order_id = o.id
             ORDER BY o.%s, l.position""";

    private final DatabaseClient database;

    Orders(DatabaseClient database) {
        this.database = database;
    }

    /// Stores new orders with their lines.
    public Mono<Void> insert(List<Order> orders) {
        return orders.isEmpty() ? Mono.empty() : Mono.whenDelayError(insertOrders(orders), insertLines(orders));
    }

    private Mono<Long> insertOrders(List<Order> orders) {
        return database.sql("""
                        INSERT INTO orders (id, community_id, group_buy_id, household_id, member_id, serial_number,
                                            display_name, payment, pay_by, doorstep, amount_fen, weight_grams,
                                            placed_at, on_behalf, state)
                        SELECT *, 'placed'
                          FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::int[],
                                      $7::text[], $8::text[], $9::timestamptz[], $10::boolean[], $11::bigint[],
                                      $12::bigint[], $13::timestamptz[], $14::boolean[])""")
                .bind(0, each(orders, Order::id, UUID[]::new))
                .bind(1, each(orders, Order::community, UUID[]::new))
                .bind(2, each(orders, Order::groupBuyId, UUID[]::new))
                .bind(3, each(orders, order -> order.buyer().household(), UUID[]::new))
                .bind(4, each(orders, order -> order.buyer().member(), UUID[]::new))
                .bind(5, each(orders, Order::serialNumber, Integer[]::new))
                .bind(6, each(orders, order -> order.buyer().displayName(), String[]::new))
                .bind(7, each(orders, order -> toText(order.payment().state()), String[]::new))
                .bind(8, each(orders, order -> order.payment().payBy(), Instant[]::new))
                .bind(9, each(orders, Order::doorstep, Boolean[]::new))
                .bind(10, each(orders, Order::amountFen, Long[]::new))
                .bind(11, each(orders, Order::weightGrams, Long[]::new))
                .bind(12, each(orders, Order::placedAt, Instant[]::new))
                .bind(13, each(orders, order -> order.buyer().onBehalf(), Boolean[]::new))
                .fetch()
                .rowsUpdated();
    }

    /// One line with the order it is in, numbered from 1.
    private record PlacedLine(Order order, int position, Line line) {}

    private Mono<Long> insertLines(List<Order> orders) {
        var lines = orders.stream().flatMap(Orders::toPlacedLines).toList();
        return database.sql("""
                        INSERT INTO order_line (community_id, order_id, position, item_id, name, quantity, price_fen,
                                                weight_grams)
                        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::text[], $6::int[],
                                             $7::bigint[], $8::int[])""")
                .bind(0, each(lines, line -> line.order().community(), UUID[]::new))
                .bind(1, each(lines, line -> line.order().id(), UUID[]::new))
                .bind(2, each(lines, PlacedLine::position, Integer[]::new))
                .bind(3, each(lines, line -> line.line().itemId(), UUID[]::new))
                .bind(4, each(lines, line -> line.line().name(), String[]::new))
                .bind(5, each(lines, line -> line.line().quantity(), Integer[]::new))
                .bind(6, each(lines, line -> line.line().priceFen(), Long[]::new))
                .bind(7, each(lines, line -> line.line().weightGrams(), Integer[]::new))
                .fetch()
                .rowsUpdated();
    }

    private static Stream<PlacedLine> toPlacedLines(Order order) {
        return IntStream.range(0, order.lines().size())
                .mapToObj(at -> new PlacedLine(order, at + 1, order.lines().get(at)));
    }

    private static <S, T extends @Nullable Object> T[] each(
            List<S> rows, Function<S, T> column, IntFunction<T[]> array) {
        return rows.stream().map(column).toArray(array);
    }

    /// Stores held, placed orders with the lines they have now; each keeps its number, its lines are written anew.
    public Mono<Void> changeLines(List<Order> orders) {
        return orders.isEmpty()
                ? Mono.empty()
                : Mono.whenDelayError(deleteLines(orders), updateSums(orders), insertLines(orders));
    }

    private Mono<Long> deleteLines(List<Order> orders) {
        return database.sql("DELETE FROM order_line WHERE order_id = ANY($1)")
                .bind(0, each(orders, Order::id, UUID[]::new))
                .fetch()
                .rowsUpdated();
    }

    private Mono<Void> updateSums(List<Order> orders) {
        return database.sql("""
                        UPDATE orders SET amount_fen = changed.amount, weight_grams = changed.weight,
                                          payment = changed.payment, pay_by = changed.pay_by
                          FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[], $5::timestamptz[])
                            AS changed (id, amount, weight, payment, pay_by)
                         WHERE orders.id = changed.id AND orders.state = 'placed'""")
                .bind(0, each(orders, Order::id, UUID[]::new))
                .bind(1, each(orders, Order::amountFen, Long[]::new))
                .bind(2, each(orders, Order::weightGrams, Long[]::new))
                .bind(3, each(orders, order -> toText(order.payment().state()), String[]::new))
                .bind(4, each(orders, order -> order.payment().payBy(), Instant[]::new))
                .fetch()
                .rowsUpdated()
                .filter(rows -> rows == orders.size())
                .switchIfEmpty(Mono.error(() -> new OptimisticLockingFailureException("an order was not held")))
                .then();
    }

    /// A held order and what it becomes.
    public record Move(Order held, State next) {}

    /// *Errors:* `OptimisticLockingFailureException` when an order was not in the state it was read in.
    public Mono<Void> update(List<Move> moves) {
        return moves.isEmpty() ? Mono.empty() : updateAll(moves);
    }

    private Mono<Void> updateAll(List<Move> moves) {
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

    /// An order whose payment did not come in time.
    public record Unpaid(UUID community, UUID groupBuy, UUID order) {}

    public Mono<List<Unpaid>> listUnpaid(Instant until, int max) {
        return database.sql("""
                        SELECT community_id, group_buy_id, id FROM orders
                         WHERE payment = 'awaiting' AND state = 'placed' AND pay_by <= $1 ORDER BY pay_by LIMIT $2""")
                .bind(0, until)
                .bind(1, max)
                .map(row -> new Unpaid(
                        required(row, 0, UUID.class), required(row, 1, UUID.class), required(row, 2, UUID.class)))
                .all()
                .collectList();
    }

    /// *Errors:* `OptimisticLockingFailureException` when the placed order's payment was not awaited.
    Mono<Void> updatePayment(UUID id, PaymentState payment) {
        return database.sql("""
                        UPDATE orders SET payment = $2
                         WHERE id = $1 AND payment = 'awaiting' AND state = 'placed'""")
                .bind(0, id)
                .bind(1, toText(payment))
                .fetch()
                .rowsUpdated()
                .filter(rows -> rows == 1)
                .switchIfEmpty(Mono.error(() -> new OptimisticLockingFailureException("an order was not held")))
                .then();
    }

    /// Empty when there is no such order.
    public Mono<Filed> findFiled(UUID id) {
        return database.sql("SELECT group_buy_id, household_id, member_id FROM orders WHERE id = $1")
                .bind(0, id)
                .map(row -> new Filed(
                        required(row, 0, UUID.class), required(row, 1, UUID.class), required(row, 2, UUID.class)))
                .one();
    }

    /// What an order never changes: its group buy, the household that receives it and the member who placed it.
    public record Filed(UUID groupBuy, UUID household, UUID member) {}

    Mono<Order> find(UUID id) {
        return select("WHERE id = :id", "id", sql -> sql.bind("id", id)).next();
    }

    public Flux<Order> lock(Collection<UUID> ids) {
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

    /// What a household receives and what a member ordered for others, newest first.
    Mono<List<Order>> listOf(UUID household, UUID member, Page.Request page) {
        return select(
                        """
                        WHERE (household_id = :household OR (member_id = :member AND on_behalf)) AND id < :below
                        ORDER BY id DESC LIMIT :rows""",
                        "id DESC",
                        sql -> sql.bind("household", household)
                                .bind("member", member)
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
                toBuyer(row),
                required(row, 6, Integer.class),
                State.valueOf(required(row, 7, String.class).toUpperCase(Locale.ROOT)),
                new Payment(toPayment(required(row, 8, String.class)), row.get(9, Instant.class)),
                required(row, 10, Boolean.class),
                List.of(),
                required(row, 11, Instant.class));
    }

    private static Buyer toBuyer(Readable row) {
        return new Buyer(
                required(row, 3, UUID.class),
                required(row, 4, UUID.class),
                required(row, 5, String.class),
                required(row, 12, Boolean.class));
    }

    private static Line toLine(Readable row) {
        return new Line(
                required(row, 13, UUID.class),
                required(row, 14, String.class),
                required(row, 15, Integer.class),
                row.get(16, Integer.class),
                required(row, 17, Long.class),
                row.get(18, Long.class),
                required(row, 19, Integer.class));
    }

    private static String toText(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String toText(PaymentState payment) {
        return payment.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static PaymentState toPayment(String text) {
        return PaymentState.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
