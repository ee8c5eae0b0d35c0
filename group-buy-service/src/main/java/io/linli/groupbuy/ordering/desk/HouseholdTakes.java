package io.linli.groupbuy.ordering.desk;

import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.ordering.desk.BookChanges.Take;
import io.linli.groupbuy.ordering.desk.BookChanges.TakeChange;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

    /// What is held of these; who holds none of an item is absent.
    Mono<Map<Take, Integer>> find(Collection<Take> pairs) {
        return database.sql("""
                        SELECT item_id, household_id, taken
                          FROM household_take JOIN unnest($1::uuid[], $2::uuid[]) AS asked (item_id, household_id)
                               USING (item_id, household_id)""")
                .bind(0, pairs.stream().map(Take::item).toArray(UUID[]::new))
                .bind(1, pairs.stream().map(Take::household).toArray(UUID[]::new))
                .map(row -> Map.entry(
                        new Take(required(row, 0, UUID.class), required(row, 1, UUID.class)),
                        required(row, 2, Integer.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /// *Errors:* `OptimisticLockingFailureException` when a limit leaves no room, because it was not as read.
    Mono<Void> store(List<TakeChange> changes) {
        var more = changes.stream().filter(change -> change.quantity() > 0).toList();
        var less = changes.stream().filter(change -> change.quantity() < 0).toList();
        return Mono.whenDelayError(
                more.isEmpty() ? Mono.empty() : take(more), less.isEmpty() ? Mono.empty() : giveBack(less));
    }

    private Mono<Void> take(List<TakeChange> changes) {
        return database.sql("""
                        INSERT INTO household_take AS held (community_id, item_id, household_id, taken, allowed)
                        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::int[])
                        ON CONFLICT (item_id, household_id)
                        DO UPDATE SET taken = held.taken + EXCLUDED.taken
                                WHERE held.taken + EXCLUDED.taken <= held.allowed""")
                .bind(0, changes.stream().map(TakeChange::community).toArray(UUID[]::new))
                .bind(1, changes.stream().map(change -> change.take().item()).toArray(UUID[]::new))
                .bind(
                        2,
                        changes.stream()
                                .map(change -> change.take().household())
                                .toArray(UUID[]::new))
                .bind(3, changes.stream().map(TakeChange::quantity).toArray(Integer[]::new))
                .bind(4, changes.stream().map(TakeChange::allowed).toArray(Integer[]::new))
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> all(rows, changes));
    }

    private Mono<Void> giveBack(List<TakeChange> changes) {
        return database.sql("""
                        UPDATE household_take SET taken = household_take.taken + change.quantity
                          FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS change (item_id, household_id, quantity)
                         WHERE household_take.item_id = change.item_id
                           AND household_take.household_id = change.household_id
                           AND household_take.taken >= -change.quantity""")
                .bind(0, changes.stream().map(change -> change.take().item()).toArray(UUID[]::new))
                .bind(
                        1,
                        changes.stream()
                                .map(change -> change.take().household())
                                .toArray(UUID[]::new))
                .bind(2, changes.stream().map(TakeChange::quantity).toArray(Integer[]::new))
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> all(rows, changes));
    }

    private static Mono<Void> all(long rows, List<TakeChange> changes) {
        return rows == changes.size()
                ? Mono.empty()
                : Mono.error(new OptimisticLockingFailureException("a limit moved although its group buy was held"));
    }
}
