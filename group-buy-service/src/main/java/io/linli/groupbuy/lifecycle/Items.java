package io.linli.groupbuy.lifecycle;

import static io.linli.groupbuy.lifecycle.GroupBuyRows.read;
import static io.linli.groupbuy.lifecycle.GroupBuyRows.write;
import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.lifecycle.Item.Packing;
import io.linli.groupbuy.lifecycle.Item.Temperature;
import io.linli.groupbuy.lifecycle.Item.Tier;
import io.linli.groupbuy.lifecycle.SellItems.Sale;
import io.r2dbc.spi.Readable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The tables `item` and `item_tier`, and the serial number of a group buy's last order. Both are moved under the group
/// buy's lock; the conditions of the updates and the CHECKs guard them against whoever forgets it.
@Repository
class Items {
    private final DatabaseClient database;

    Items(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> insert(UUID community, UUID groupBuy, List<Item> items) {
        return database.sql("""
                        INSERT INTO item (id, community_id, group_buy_id, position, name, unit, weight_grams,
                                          price_fen, stock, sold, limit_per_household,
                                          temperature, volume_millilitres, case_size, tolerance)
                        SELECT new.id, :community, :groupBuy, new.position, new.name, new.unit, new.weight_grams,
                               new.price_fen, new.stock, 0, new.allowed,
                               new.temperature, new.volume, new.case_size, new.tolerance
                          FROM unnest(:ids, :names, :units, :weights, :prices, :stocks, :limits,
                                      :temperatures, :volumes, :caseSizes, :tolerances) WITH ORDINALITY
                            AS new (id, name, unit, weight_grams, price_fen, stock, allowed,
                                    temperature, volume, case_size, tolerance, position)""")
                .bind("community", community)
                .bind("groupBuy", groupBuy)
                .bind("ids", column(items, Item::id, UUID[]::new))
                .bind("names", column(items, Item::name, String[]::new))
                .bind("units", column(items, Item::unit, String[]::new))
                .bind("weights", column(items, Item::weightGrams, Integer[]::new))
                .bind("prices", column(items, Item::priceFen, Long[]::new))
                .bind("stocks", column(items, Item::stock, Integer[]::new))
                .bind("limits", column(items, Item::limitPerHousehold, Integer[]::new))
                .bind("temperatures", column(items, item -> write(item.packing().temperature()), String[]::new))
                .bind("volumes", column(items, item -> item.packing().volumeMillilitres(), Integer[]::new))
                .bind("caseSizes", column(items, item -> item.packing().caseSize(), Integer[]::new))
                .bind("tolerances", column(items, item -> item.packing().tolerance(), Integer[]::new))
                .then()
                .then(Mono.defer(() -> insertTiers(community, items)));
    }

    private Mono<Void> insertTiers(UUID community, List<Item> items) {
        record Row(UUID item, Tier tier) {}
        var rows = items.stream()
                .flatMap(item -> item.tiers().stream().map(tier -> new Row(item.id(), tier)))
                .toList();
        return database.sql("""
                        INSERT INTO item_tier (community_id, item_id, from_quantity, price_fen)
                        SELECT :community, * FROM unnest(:items, :quantities, :prices)""")
                .bind("community", community)
                .bind("items", column(rows, Row::item, UUID[]::new))
                .bind("quantities", column(rows, row -> row.tier().fromQuantity(), Integer[]::new))
                .bind("prices", column(rows, row -> row.tier().priceFen(), Long[]::new))
                .then();
    }

    /// Forgets all items of a group buy that has no orders.
    Mono<Void> deleteAll(UUID groupBuy) {
        return database.sql("DELETE FROM item WHERE group_buy_id = :groupBuy")
                .bind("groupBuy", groupBuy)
                .then();
    }

    Mono<List<Item>> list(UUID groupBuy) {
        return database.sql("""
                        SELECT id, name, unit, weight_grams, price_fen, stock, sold, limit_per_household,
                               temperature, volume_millilitres, case_size, tolerance,
                               ARRAY(SELECT from_quantity FROM item_tier
                                      WHERE item_id = item.id ORDER BY from_quantity),
                               ARRAY(SELECT price_fen FROM item_tier
                                      WHERE item_id = item.id ORDER BY from_quantity)
                          FROM item WHERE group_buy_id = :groupBuy ORDER BY position""")
                .bind("groupBuy", groupBuy)
                .map(Items::toItem)
                .all()
                .collectList();
    }

    /// These items, and all items of these group buys, by their group buy.
    Mono<Map<UUID, Collection<Item>>> list(Collection<UUID> items, Collection<UUID> groupBuys) {
        return database.sql("""
                        SELECT id, name, unit, weight_grams, price_fen, stock, sold, limit_per_household, group_buy_id
                          FROM item WHERE id = ANY($1) OR group_buy_id = ANY($2) ORDER BY group_buy_id, position""")
                .bind(0, items.toArray(UUID[]::new))
                .bind(1, groupBuys.toArray(UUID[]::new))
                .map(row -> Map.entry(required(row, 8, UUID.class), toOffered(row)))
                .all()
                .collectMultimap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /// Uses serial numbers up to `lastSerial`, and opens what takes its first order before its timer came.
    /// *Errors:* `OptimisticLockingFailureException` when a serial number was not as read.
    Mono<Void> number(List<Sale> sales) {
        return database.sql("""
                        UPDATE group_buy
                           SET last_serial = sale.next,
                               state = CASE state WHEN 'scheduled' THEN 'open' ELSE state END
                          FROM unnest($1::uuid[], $2::int[], $3::int[]) AS sale (id, held, next)
                         WHERE group_buy.id = sale.id AND group_buy.last_serial = sale.held""")
                .bind(0, sales.stream().map(Sale::groupBuy).toArray(UUID[]::new))
                .bind(1, sales.stream().map(Sale::heldSerial).toArray(Integer[]::new))
                .bind(2, sales.stream().map(Sale::lastSerial).toArray(Integer[]::new))
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> all(rows, sales.size()));
    }

    /// Takes quantities off the stock, or puts them back where they are negative.
    /// *Errors:* `OptimisticLockingFailureException` when the stock was not as read.
    Mono<Void> move(Map<UUID, Integer> quantities) {
        return database.sql("""
                        UPDATE item SET sold = item.sold + moved.quantity
                          FROM unnest($1::uuid[], $2::int[]) AS moved (item_id, quantity)
                         WHERE item.id = moved.item_id AND item.sold + moved.quantity BETWEEN 0 AND item.stock""")
                .bind(0, quantities.keySet().toArray(UUID[]::new))
                .bind(1, quantities.values().toArray(Integer[]::new))
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> all(rows, quantities.size()));
    }

    private static Mono<Void> all(long rows, int expected) {
        return rows == expected
                ? Mono.empty()
                : Mono.error(new OptimisticLockingFailureException("stock moved although its group buy was held"));
    }

    private static <R, T> T[] column(List<R> rows, Function<R, T> column, IntFunction<T[]> array) {
        return rows.stream().map(column).toArray(array);
    }

    /// What ordering needs of an item: not how it is packed, nor the prices that are only known at the close.
    private static Item toOffered(Readable row) {
        return new Item(
                required(row, 0, UUID.class),
                required(row, 1, String.class),
                required(row, 2, String.class),
                required(row, 3, Integer.class),
                required(row, 4, Long.class),
                required(row, 5, Integer.class),
                required(row, 6, Integer.class),
                required(row, 7, Integer.class));
    }

    private static Item toItem(Readable row) {
        return new Item(
                required(row, 0, UUID.class),
                required(row, 1, String.class),
                required(row, 2, String.class),
                required(row, 3, Integer.class),
                required(row, 4, Long.class),
                required(row, 5, Integer.class),
                required(row, 6, Integer.class),
                required(row, 7, Integer.class),
                new Packing(
                        read(Temperature.class, required(row, 8, String.class)),
                        required(row, 9, Integer.class),
                        required(row, 10, Integer.class),
                        required(row, 11, Integer.class)),
                toTiers(required(row, 12, Integer[].class), required(row, 13, Long[].class)));
    }

    private static List<Tier> toTiers(Integer[] quantities, Long[] prices) {
        return IntStream.range(0, quantities.length)
                .mapToObj(index -> new Tier(quantities[index], prices[index]))
                .toList();
    }
}
