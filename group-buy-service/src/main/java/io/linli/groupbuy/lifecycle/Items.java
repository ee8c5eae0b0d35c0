package io.linli.groupbuy.lifecycle;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The table `item`, and the serial number of a group buy's last order. Both are moved under the group buy's lock; the
/// conditions of the updates and the CHECKs guard them against whoever forgets it.
@Repository
class Items {
    private final DatabaseClient database;

    Items(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> insert(UUID community, UUID groupBuy, List<Item> items) {
        return database.sql("""
                        INSERT INTO item (id, community_id, group_buy_id, position, name, unit, weight_grams,
                                          price_fen, stock, sold, limit_per_household)
                        SELECT new.id, :community, :groupBuy, new.position, new.name, new.unit, new.weight_grams,
                               new.price_fen, new.stock, 0, new.allowed
                          FROM unnest(:ids, :names, :units, :weights, :prices, :stocks, :limits) WITH ORDINALITY
                            AS new (id, name, unit, weight_grams, price_fen, stock, allowed, position)""")
                .bind("community", community)
                .bind("groupBuy", groupBuy)
                .bind("ids", items.stream().map(Item::id).toArray(UUID[]::new))
                .bind("names", items.stream().map(Item::name).toArray(String[]::new))
                .bind("units", items.stream().map(Item::unit).toArray(String[]::new))
                .bind("weights", items.stream().map(Item::weightGrams).toArray(Integer[]::new))
                .bind("prices", items.stream().map(Item::priceFen).toArray(Long[]::new))
                .bind("stocks", items.stream().map(Item::stock).toArray(Integer[]::new))
                .bind("limits", items.stream().map(Item::limitPerHousehold).toArray(Integer[]::new))
                .then();
    }

    Mono<List<Item>> list(UUID groupBuy) {
        return database.sql("""
                        SELECT id, name, unit, weight_grams, price_fen, stock, sold, limit_per_household
                          FROM item WHERE group_buy_id = :groupBuy ORDER BY position""")
                .bind("groupBuy", groupBuy)
                .map(Items::toItem)
                .all()
                .collectList();
    }

    Mono<Integer> getLastSerial(UUID groupBuy) {
        return database.sql("SELECT last_serial FROM group_buy WHERE id = :groupBuy")
                .bind("groupBuy", groupBuy)
                .map(row -> required(row, 0, Integer.class))
                .one();
    }

    /// Sells all quantities and uses the serial number, or nothing.
    /// *Errors:* `OptimisticLockingFailureException` when stock or serial number were not as read.
    Mono<Void> sell(UUID groupBuy, int serialNumber, Map<UUID, Integer> quantities) {
        var sale = bind("""
                WITH numbered AS (
                    UPDATE group_buy SET last_serial = :serial
                     WHERE id = :groupBuy AND last_serial = :serial - 1
                    RETURNING id)
                UPDATE item SET sold = item.sold + line.quantity
                  FROM numbered, unnest(:items, :quantities) AS line (item_id, quantity)
                 WHERE item.id = line.item_id AND item.group_buy_id = numbered.id
                   AND item.sold + line.quantity <= item.stock""", groupBuy, quantities).bind("serial", serialNumber);
        return sale.fetch().rowsUpdated().flatMap(rows -> all(rows, quantities));
    }

    /// Puts quantities back. *Errors:* `OptimisticLockingFailureException` when they were not sold.
    Mono<Void> giveBack(UUID groupBuy, Map<UUID, Integer> quantities) {
        var givenBack = bind("""
                UPDATE item SET sold = item.sold - line.quantity
                  FROM unnest(:items, :quantities) AS line (item_id, quantity)
                 WHERE item.id = line.item_id AND item.group_buy_id = :groupBuy
                   AND item.sold >= line.quantity""", groupBuy, quantities);
        return givenBack.fetch().rowsUpdated().flatMap(rows -> all(rows, quantities));
    }

    private DatabaseClient.GenericExecuteSpec bind(String sql, UUID groupBuy, Map<UUID, Integer> quantities) {
        return database.sql(sql)
                .bind("groupBuy", groupBuy)
                .bind("items", quantities.keySet().toArray(UUID[]::new))
                .bind("quantities", quantities.values().toArray(Integer[]::new));
    }

    private static Mono<Void> all(long rows, Map<UUID, Integer> quantities) {
        return rows == quantities.size()
                ? Mono.empty()
                : Mono.error(new OptimisticLockingFailureException("stock moved although its group buy was held"));
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
                required(row, 7, Integer.class));
    }
}
