package io.linli.groupbuy.ordering;

import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.lifecycle.Item;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The table `household_take`: what a household holds of each item, which its CHECK keeps within the item's limit
/// whoever writes. Moved under the group buy's lock.
@Repository
class HouseholdTakes {
    private final DatabaseClient database;

    HouseholdTakes(DatabaseClient database) {
        this.database = database;
    }

    /// What the household holds, by item id; items it has none of are absent.
    Mono<Map<UUID, Integer>> find(UUID household, List<UUID> items) {
        return database.sql("""
                        SELECT item_id, taken FROM household_take
                         WHERE household_id = :household AND item_id = ANY(:items)""")
                .bind("household", household)
                .bind("items", items.toArray(UUID[]::new))
                .map(row -> Map.entry(required(row, 0, UUID.class), required(row, 1, Integer.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /// *Errors:* `OptimisticLockingFailureException` when the limit leaves no room, because it was not as read.
    Mono<Void> take(Order order, List<Item> offered) {
        var limits = offered.stream().collect(Collectors.toMap(Item::id, Item::limitPerHousehold));
        var quantities = order.quantities();
        return database.sql("""
                        INSERT INTO household_take AS held (community_id, item_id, household_id, taken, allowed)
                        SELECT :community, line.item_id, :household, line.quantity, line.allowed
                          FROM unnest(:items, :quantities, :limits) AS line (item_id, quantity, allowed)
                        ON CONFLICT (item_id, household_id)
                        DO UPDATE SET taken = held.taken + EXCLUDED.taken
                                WHERE held.taken + EXCLUDED.taken <= held.allowed""")
                .bind("community", order.community())
                .bind("household", order.buyer().household())
                .bind("items", quantities.keySet().toArray(UUID[]::new))
                .bind("quantities", quantities.values().toArray(Integer[]::new))
                .bind("limits", quantities.keySet().stream().map(limits::get).toArray(Integer[]::new))
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> all(rows, quantities));
    }

    /// *Errors:* `OptimisticLockingFailureException` when the household did not hold that much.
    Mono<Void> giveBack(Order order) {
        var quantities = order.quantities();
        return database.sql("""
                        UPDATE household_take SET taken = household_take.taken - line.quantity
                          FROM unnest(:items, :quantities) AS line (item_id, quantity)
                         WHERE household_take.item_id = line.item_id
                           AND household_take.household_id = :household
                           AND household_take.taken >= line.quantity""")
                .bind("household", order.buyer().household())
                .bind("items", quantities.keySet().toArray(UUID[]::new))
                .bind("quantities", quantities.values().toArray(Integer[]::new))
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> all(rows, quantities));
    }

    private static Mono<Void> all(long rows, Map<UUID, Integer> quantities) {
        return rows == quantities.size()
                ? Mono.empty()
                : Mono.error(new OptimisticLockingFailureException("a limit moved although its group buy was held"));
    }
}
