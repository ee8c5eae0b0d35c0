package io.linli.groupbuy.lifecycle;

import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.lifecycle.GroupBuy.Failed;
import io.linli.groupbuy.lifecycle.GroupBuy.Formed;
import io.linli.groupbuy.lifecycle.GroupBuy.Open;
import io.linli.groupbuy.lifecycle.GroupBuy.Scheduled;
import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The table `group_buy`. Whoever changes a group buy, its stock or its orders first locks its row here, so changes of
/// one group buy come one after another and never deadlock.
@Repository
class GroupBuys {
    private static final String COLUMNS = """
            id, community_id, supplier_id, supplier_name, title, leader_id, opens_at, closes_at, min_participants,
            state, closed_at, participants""";

    private final DatabaseClient database;

    GroupBuys(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> insert(GroupBuy groupBuy, Instant now) {
        var terms = groupBuy.terms();
        return database.sql("""
                        INSERT INTO group_buy (id, community_id, supplier_id, supplier_name, title, leader_id,
                                               opens_at, closes_at, min_participants, state, created_at)
                        VALUES (:id, :community, :supplierId, :supplierName, :title, :leaderId,
                                :opensAt, :closesAt, :minParticipants, :state, :now)""")
                .bind("id", terms.id())
                .bind("community", terms.community())
                .bind("supplierId", terms.supplierId())
                .bind("supplierName", terms.supplierName())
                .bind("title", terms.title())
                .bind("leaderId", terms.leaderId())
                .bind("opensAt", terms.opensAt())
                .bind("closesAt", terms.closesAt())
                .bind("minParticipants", terms.minParticipants())
                .bind("state", toState(groupBuy))
                .bind("now", now)
                .then();
    }

    Mono<GroupBuy> find(UUID id) {
        return select(id, "");
    }

    /// Waits for its turn.
    Mono<GroupBuy> lock(UUID id) {
        return select(id, "FOR NO KEY UPDATE");
    }

    /// Empty when someone else holds it.
    Mono<GroupBuy> lockIfFree(UUID id) {
        return select(id, "FOR NO KEY UPDATE SKIP LOCKED");
    }

    private Mono<GroupBuy> select(UUID id, String locking) {
        return database.sql("SELECT " + COLUMNS + " FROM group_buy WHERE id = :id " + locking)
                .bind("id", id)
                .map(GroupBuys::toGroupBuy)
                .one();
    }

    Mono<List<GroupBuy>> list(UUID community, @Nullable String state, Page.Request page) {
        return database.sql("SELECT " + COLUMNS + """
                         FROM group_buy
                        WHERE community_id = :community AND id < :below AND (:state = '' OR state = :state)
                        ORDER BY id DESC LIMIT :rows""")
                .bind("community", community)
                .bind("below", page.below())
                .bind("state", state == null ? "" : state)
                .bind("rows", page.rows())
                .map(GroupBuys::toGroupBuy)
                .all()
                .collectList();
    }

    Mono<List<DueGroupBuys.Due>> listToOpen(Instant until, int max) {
        return due("""
                SELECT community_id, id FROM group_buy
                 WHERE state = 'scheduled' AND opens_at <= :until
                 ORDER BY opens_at, id LIMIT :max""", until, max);
    }

    Mono<List<DueGroupBuys.Due>> listToClose(Instant until, int max) {
        return due("""
                SELECT community_id, id FROM group_buy
                 WHERE state IN ('scheduled', 'open') AND closes_at <= :until
                 ORDER BY closes_at, id LIMIT :max""", until, max);
    }

    private Mono<List<DueGroupBuys.Due>> due(String sql, Instant until, int max) {
        return database.sql(sql)
                .bind("until", until)
                .bind("max", max)
                .map(row -> new DueGroupBuys.Due(required(row, 0, UUID.class), required(row, 1, UUID.class)))
                .all()
                .collectList();
    }

    /// Stores a held group buy's next state. *Errors:* `OptimisticLockingFailureException` when it was not held.
    Mono<GroupBuy> update(GroupBuy held, GroupBuy next) {
        var update = database.sql("""
                        UPDATE group_buy
                           SET state = :next, closed_at = :closedAt, participants = :participants
                         WHERE id = :id AND state = :held""")
                .bind("id", held.terms().id())
                .bind("held", toState(held))
                .bind("next", toState(next));
        return bindEnd(update, next)
                .fetch()
                .rowsUpdated()
                .filter(rows -> rows == 1)
                .switchIfEmpty(Mono.error(() -> new OptimisticLockingFailureException("the group buy was not held")))
                .thenReturn(next);
    }

    private static GenericExecuteSpec bindEnd(GenericExecuteSpec update, GroupBuy next) {
        return switch (next) {
            case Formed formed -> bindEnd(update, formed.closedAt(), formed.participants());
            case Failed failed -> bindEnd(update, failed.closedAt(), failed.participants());
            case Scheduled _, Open _ ->
                update.bindNull("closedAt", Instant.class).bindNull("participants", Integer.class);
        };
    }

    private static GenericExecuteSpec bindEnd(GenericExecuteSpec update, Instant closedAt, int participants) {
        return update.bind("closedAt", closedAt).bind("participants", participants);
    }

    static String toState(GroupBuy groupBuy) {
        return switch (groupBuy) {
            case Scheduled _ -> "scheduled";
            case Open _ -> "open";
            case Formed _ -> "formed";
            case Failed _ -> "failed";
        };
    }

    private static GroupBuy toGroupBuy(Readable row) {
        var terms = toTerms(row);
        var state = required(row, 9, String.class);
        return switch (state) {
            case "scheduled" -> new Scheduled(terms);
            case "open" -> new Open(terms);
            case "formed" -> new Formed(terms, required(row, 10, Instant.class), required(row, 11, Integer.class));
            case "failed" -> new Failed(terms, required(row, 10, Instant.class), required(row, 11, Integer.class));
            default -> throw new IllegalStateException("a group buy cannot be " + state);
        };
    }

    private static Terms toTerms(Readable row) {
        return new Terms(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, UUID.class),
                required(row, 3, String.class),
                required(row, 4, String.class),
                required(row, 5, UUID.class),
                required(row, 6, Instant.class),
                required(row, 7, Instant.class),
                required(row, 8, Integer.class));
    }
}
