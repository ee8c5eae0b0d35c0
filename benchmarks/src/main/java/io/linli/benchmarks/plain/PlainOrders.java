package io.linli.benchmarks.plain;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The tables of an order, a statement per row.
@Repository
class PlainOrders {
    private final DatabaseClient database;

    PlainOrders(DatabaseClient database) {
        this.database = database;
    }

    record GroupBuy(UUID id, String title, String state, Instant closesAt, int lastSerial) {}

    record Item(UUID id, String name, long priceFen, int weightGrams, int left, int limit) {}

    record NewOrder(UUID id, UUID community, UUID groupBuy, UUID household, UUID member, int serial, Instant now) {}

    Mono<GroupBuy> lockGroupBuy(UUID id) {
        return database.sql("""
                        SELECT id, title, state, closes_at, last_serial FROM group_buy WHERE id = $1
                           FOR NO KEY UPDATE""")
                .bind(0, id)
                .map(row -> new GroupBuy(
                        required(row, 0, UUID.class),
                        required(row, 1, String.class),
                        required(row, 2, String.class),
                        required(row, 3, Instant.class),
                        required(row, 4, Integer.class)))
                .one();
    }

    Mono<Item> findItem(UUID groupBuy, UUID id) {
        return database.sql("""
                        SELECT id, name, price_fen, weight_grams, stock - sold, limit_per_household
                          FROM item WHERE id = $1 AND group_buy_id = $2""")
                .bind(0, id)
                .bind(1, groupBuy)
                .map(PlainOrders::toItem)
                .one();
    }

    private static Item toItem(Readable row) {
        return new Item(
                required(row, 0, UUID.class),
                required(row, 1, String.class),
                required(row, 2, Long.class),
                required(row, 3, Integer.class),
                required(row, 4, Integer.class),
                required(row, 5, Integer.class));
    }

    Mono<Integer> findTaken(UUID household, UUID item) {
        return database.sql("SELECT taken FROM household_take WHERE item_id = $1 AND household_id = $2")
                .bind(0, item)
                .bind(1, household)
                .map(row -> required(row, 0, Integer.class))
                .one()
                .defaultIfEmpty(0);
    }

    Mono<Void> useSerial(UUID groupBuy, int serial) {
        return one(database.sql("UPDATE group_buy SET last_serial = $2 WHERE id = $1")
                .bind(0, groupBuy)
                .bind(1, serial));
    }

    Mono<Void> sell(UUID item, int quantity) {
        return one(database.sql("UPDATE item SET sold = sold + $2 WHERE id = $1 AND sold + $2 <= stock")
                .bind(0, item)
                .bind(1, quantity));
    }

    Mono<Void> take(NewOrder order, Item item, int quantity) {
        return one(database.sql("""
                        INSERT INTO household_take AS held (community_id, item_id, household_id, taken, allowed)
                        VALUES ($1, $2, $3, $4, $5)
                        ON CONFLICT (item_id, household_id) DO UPDATE SET taken = held.taken + $4""")
                .bind(0, order.community())
                .bind(1, item.id())
                .bind(2, order.household())
                .bind(3, quantity)
                .bind(4, item.limit()));
    }

    Mono<Void> insert(NewOrder order, long amountFen, long weightGrams) {
        return one(database.sql("""
                        INSERT INTO orders (id, community_id, group_buy_id, household_id, member_id, serial_number,
                                            display_name, state, payment, on_behalf, doorstep, amount_fen,
                                            weight_grams, placed_at)
                        VALUES ($1, $2, $3, $4, $5, $6, '王*', 'placed', 'not-awaited', false, false, $7, $8, $9)""")
                .bind(0, order.id())
                .bind(1, order.community())
                .bind(2, order.groupBuy())
                .bind(3, order.household())
                .bind(4, order.member())
                .bind(5, order.serial())
                .bind(6, amountFen)
                .bind(7, weightGrams)
                .bind(8, order.now()));
    }

    Mono<Void> insertLine(NewOrder order, int position, Item item, int quantity) {
        return one(database.sql("""
                        INSERT INTO order_line (community_id, order_id, position, item_id, name, quantity, price_fen,
                                                weight_grams)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""")
                .bind(0, order.community())
                .bind(1, order.id())
                .bind(2, position)
                .bind(3, item.id())
                .bind(4, item.name())
                .bind(5, quantity)
                .bind(6, item.priceFen())
                .bind(7, item.weightGrams()));
    }

    private static Mono<Void> one(DatabaseClient.GenericExecuteSpec statement) {
        return statement
                .fetch()
                .rowsUpdated()
                .filter(rows -> rows == 1)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("one row was to be written")))
                .then();
    }
}
