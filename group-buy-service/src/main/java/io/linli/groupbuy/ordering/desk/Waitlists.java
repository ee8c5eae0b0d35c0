package io.linli.groupbuy.ordering.desk;

import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.ordering.Order.Buyer;
import io.linli.groupbuy.ordering.desk.EmptyWaitlist.Waiting;
import io.linli.groupbuy.ordering.desk.Waitlist.Entry;
import io.r2dbc.spi.Readable;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The table `waitlist`. Moved under the group buy's lock; a household waits for an item once (UNIQUE).
@Repository
class Waitlists {
    private final DatabaseClient database;

    Waitlists(DatabaseClient database) {
        this.database = database;
    }

    /// Who waits for items of these group buys, in the order they came.
    Mono<List<Entry>> find(Collection<UUID> groupBuys) {
        return database.sql("""
                        SELECT id, community_id, group_buy_id, item_id, household_id, member_id, display_name,
                               quantity, doorstep, on_behalf
                          FROM waitlist WHERE group_buy_id = ANY($1) AND quantity > 0 ORDER BY place""")
                .bind(0, groupBuys.toArray(UUID[]::new))
                .map(Waitlists::toEntry)
                .all()
                .collectList();
    }

    Mono<Void> insert(List<Entry> entries) {
        return entries.isEmpty() ? Mono.empty() : insertAll(entries);
    }

    private Mono<Void> insertAll(List<Entry> entries) {
        return database.sql("""
                        INSERT INTO waitlist (id, community_id, group_buy_id, item_id, household_id, member_id,
                                              display_name, quantity, doorstep, on_behalf)
                        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[],
                                             $7::text[], $8::int[], $9::boolean[], $10::boolean[])""")
                .bind(0, entries.stream().map(Entry::id).toArray(UUID[]::new))
                .bind(1, entries.stream().map(Entry::community).toArray(UUID[]::new))
                .bind(2, entries.stream().map(Entry::groupBuy).toArray(UUID[]::new))
                .bind(3, entries.stream().map(Entry::item).toArray(UUID[]::new))
                .bind(
                        4,
                        entries.stream().map(entry -> entry.buyer().household()).toArray(UUID[]::new))
                .bind(5, entries.stream().map(entry -> entry.buyer().member()).toArray(UUID[]::new))
                .bind(
                        6,
                        entries.stream()
                                .map(entry -> entry.buyer().displayName())
                                .toArray(String[]::new))
                .bind(7, entries.stream().map(Entry::quantity).toArray(Integer[]::new))
                .bind(8, entries.stream().map(Entry::doorstep).toArray(Boolean[]::new))
                .bind(9, entries.stream().map(entry -> entry.buyer().onBehalf()).toArray(Boolean[]::new))
                .then();
    }

    Mono<Set<Waiting>> empty(UUID groupBuy) {
        return database.sql("""
                        UPDATE waitlist SET quantity = 0 WHERE group_buy_id = $1 AND quantity > 0
                        RETURNING household_id, CASE WHEN on_behalf THEN member_id END""")
                .bind(0, groupBuy)
                .map(row -> new Waiting(required(row, 0, UUID.class), row.get(1, UUID.class)))
                .all()
                .collect(Collectors.toSet());
    }

    /// Keeps what served entries still wait for; 0 has left the list.
    Mono<Void> update(List<Entry> served) {
        return served.isEmpty() ? Mono.empty() : updateAll(served);
    }

    private Mono<Void> updateAll(List<Entry> served) {
        return database.sql("""
                        UPDATE waitlist SET quantity = served.quantity
                          FROM unnest($1::uuid[], $2::int[]) AS served (id, quantity)
                         WHERE waitlist.id = served.id""")
                .bind(0, served.stream().map(Entry::id).toArray(UUID[]::new))
                .bind(1, served.stream().map(Entry::quantity).toArray(Integer[]::new))
                .then();
    }

    private static Entry toEntry(Readable row) {
        return new Entry(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, UUID.class),
                required(row, 3, UUID.class),
                new Buyer(
                        required(row, 4, UUID.class),
                        required(row, 5, UUID.class),
                        required(row, 6, String.class),
                        required(row, 9, Boolean.class)),
                required(row, 7, Integer.class),
                required(row, 8, Boolean.class));
    }
}
