package io.linli.groupbuy.ordering.desk;

import io.linli.groupbuy.ordering.desk.BookChanges.LineChange;
import io.linli.kit.data.Ids;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The table `line_change`: every increase and decrease after an order was placed, with its time. Allocation by order
/// of arrival needs the whole chronology.
@Repository
class LineChanges {
    private final DatabaseClient database;

    LineChanges(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> insert(List<LineChange> changes) {
        return changes.isEmpty() ? Mono.empty() : insertAll(changes);
    }

    private Mono<Void> insertAll(List<LineChange> changes) {
        return database.sql("""
                        INSERT INTO line_change (id, community_id, order_id, item_id, difference, changed_at)
                        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[],
                                             $6::timestamptz[])""")
                .bind(0, changes.stream().map(_ -> Ids.next()).toArray(UUID[]::new))
                .bind(1, changes.stream().map(LineChange::community).toArray(UUID[]::new))
                .bind(2, changes.stream().map(LineChange::order).toArray(UUID[]::new))
                .bind(3, changes.stream().map(LineChange::item).toArray(UUID[]::new))
                .bind(4, changes.stream().map(LineChange::difference).toArray(Integer[]::new))
                .bind(5, changes.stream().map(LineChange::at).toArray(Instant[]::new))
                .then();
    }
}
