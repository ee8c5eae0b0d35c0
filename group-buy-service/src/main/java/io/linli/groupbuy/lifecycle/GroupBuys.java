package io.linli.groupbuy.lifecycle;

import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.capacity.Load;
import io.linli.kit.web.Membership;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
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
    private static final int LAST_SERIAL = 32;

    private final DatabaseClient database;

    /// A locked group buy and the serial number its last order has.
    record HeldGroupBuy(GroupBuy groupBuy, int lastSerial) {}

    GroupBuys(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> insert(GroupBuy groupBuy, Instant now) {
        var insert = database.sql("""
                        INSERT INTO group_buy (id, community_id, supplier_id, supplier_name, title, leader_id,
                            opens_at, closes_at, min_participants, station_id, delivery_day, buildings, payment_mode,
                            fee_flat_fen, fee_per_mille, courier_fen, fund_per_mille, kind, allocation_policy,
                            min_amount_fen, min_cases, co_leaders, zone, capacity_unchecked, version, state, created_at)
                        VALUES (:id, :community, :supplierId, :supplierName, :title, :leaderId,
                            :opensAt, :closesAt, :minParticipants, :stationId, :day, :buildings, :payment,
                            :feeFlatFen, :feePerMille, :courierFen, :fundPerMille, :kind, :policy,
                            :minAmountFen, :minCases, :coLeaders, :zone, :capacityUnchecked, :version, :state, :now)""")
                .bind("id", groupBuy.terms().id())
                .bind("community", groupBuy.terms().community())
                .bind("zone", groupBuy.terms().zone().getId())
                .bind("state", GroupBuyRows.toState(groupBuy))
                .bind("now", now);
        return GroupBuyRows.bindTerms(insert, groupBuy.terms()).then();
    }

    Mono<GroupBuy> find(UUID id) {
        return select(id, "");
    }

    /// Waits for its turn.
    Mono<GroupBuy> lock(UUID id) {
        return select(id, "FOR NO KEY UPDATE");
    }

    /// All of these that exist, locked in the order of their ids.
    Mono<List<HeldGroupBuy>> lock(Collection<UUID> ids) {
        return database.sql("SELECT " + GroupBuyRows.COLUMNS + """
                        , last_serial FROM group_buy WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE""")
                .bind(0, ids.toArray(UUID[]::new))
                .map(row -> new HeldGroupBuy(GroupBuyRows.toGroupBuy(row), required(row, LAST_SERIAL, Integer.class)))
                .all()
                .collectList();
    }

    /// Empty when someone else holds it.
    Mono<GroupBuy> lockIfFree(UUID id) {
        return select(id, "FOR NO KEY UPDATE SKIP LOCKED");
    }

    private Mono<GroupBuy> select(UUID id, String locking) {
        return database.sql("SELECT " + GroupBuyRows.COLUMNS + " FROM group_buy WHERE id = :id " + locking)
                .bind("id", id)
                .map(GroupBuyRows::toGroupBuy)
                .one();
    }

    /// Drafts are seen only by those who lead them, and by coordinators.
    Mono<List<GroupBuy>> list(Membership viewer, @Nullable String state, Page.Request page) {
        return database.sql("SELECT " + GroupBuyRows.COLUMNS + """
                         FROM group_buy
                        WHERE community_id = :community AND id < :below AND (:state = '' OR state = :state)
                          AND (state <> 'draft' OR :all OR leader_id = :member OR :member = ANY (co_leaders))
                        ORDER BY id DESC LIMIT :rows""")
                .bind("community", viewer.community())
                .bind("member", viewer.member())
                .bind("all", viewer.hasAny("coordinator"))
                .bind("below", page.below())
                .bind("state", state == null ? "" : state)
                .bind("rows", page.rows())
                .map(GroupBuyRows::toGroupBuy)
                .all()
                .collectList();
    }

    /// What all group buys announced for a day take up together, besides one of them: what they may still sell, or what
    /// they sold.
    Mono<Load> sumPromised(UUID community, LocalDate day, UUID besides) {
        return database.sql("""
                        WITH promised AS (
                            SELECT item.temperature, item.volume_millilitres::bigint AS volume,
                                   item.weight_grams::bigint AS weight,
                                   CASE WHEN group_buy.state IN ('scheduled', 'open')
                                        THEN item.stock ELSE item.sold END AS units
                              FROM group_buy JOIN item ON item.group_buy_id = group_buy.id
                             WHERE group_buy.community_id = :community AND group_buy.delivery_day = :day
                               AND group_buy.state IN ('scheduled', 'open', 'closed', 'formed', 'ordered', 'shipped')
                               AND group_buy.id <> :besides)
                        SELECT coalesce(sum(units * volume) FILTER (WHERE temperature = 'ambient'), 0)::bigint,
                               coalesce(sum(units * volume) FILTER (WHERE temperature <> 'ambient'), 0)::bigint,
                               coalesce(sum(units * weight), 0)::bigint
                          FROM promised""")
                .bind("community", community)
                .bind("day", day)
                .bind("besides", besides)
                .map(row -> new Load(
                        required(row, 0, Long.class), required(row, 1, Long.class), required(row, 2, Long.class)))
                .one();
    }

    Mono<List<DueGroupBuys.Due>> listToOpen(Instant until, int max) {
        return due("""
                SELECT community_id, id FROM group_buy
                 WHERE state = 'scheduled' AND opens_at <= :until
                 ORDER BY opens_at, id LIMIT :max""", spec -> spec.bind("until", until), max);
    }

    Mono<List<DueGroupBuys.Due>> listToClose(Instant until, int max) {
        return due("""
                SELECT community_id, id FROM group_buy
                 WHERE state IN ('scheduled', 'open') AND closes_at <= :until
                 ORDER BY closes_at, id LIMIT :max""", spec -> spec.bind("until", until), max);
    }

    /// Those for which no payment may still come.
    Mono<List<DueGroupBuys.Due>> listToDecide(Instant now, int max) {
        return due("""
                SELECT community_id, id FROM group_buy
                 WHERE state = 'closed'
                   AND NOT EXISTS (SELECT FROM orders
                                    WHERE group_buy_id = group_buy.id AND payment = 'awaiting'
                                      AND orders.state = 'placed' AND pay_by > :now)
                 ORDER BY closed_at, id LIMIT :max""", spec -> spec.bind("now", now), max);
    }

    private Mono<List<DueGroupBuys.Due>> due(String sql, UnaryOperator<GenericExecuteSpec> until, int max) {
        return until.apply(database.sql(sql).bind("max", max))
                .map(row -> new DueGroupBuys.Due(required(row, 0, UUID.class), required(row, 1, UUID.class)))
                .all()
                .collectList();
    }

    /// Stores a held group buy's next state. *Errors:* `OptimisticLockingFailureException` when it was not held.
    Mono<GroupBuy> update(GroupBuy held, GroupBuy next) {
        var update = database.sql("""
                        UPDATE group_buy
                           SET state = :next, closed_at = :closedAt, participants = :participants,
                               amount_fen = :amountFen, cases = :cases,
                               cancelled_at = :cancelledAt, cancel_reason = :cancelReason,
                               supplier_id = :supplierId, supplier_name = :supplierName, title = :title,
                               leader_id = :leaderId, opens_at = :opensAt, closes_at = :closesAt,
                               min_participants = :minParticipants, station_id = :stationId, delivery_day = :day,
                               buildings = :buildings, payment_mode = :payment, fee_flat_fen = :feeFlatFen,
                               fee_per_mille = :feePerMille, courier_fen = :courierFen,
                               fund_per_mille = :fundPerMille, kind = :kind, allocation_policy = :policy,
                               min_amount_fen = :minAmountFen, min_cases = :minCases, co_leaders = :coLeaders,
                               capacity_unchecked = :capacityUnchecked, version = :version
                         WHERE id = :id AND state = :held AND version = :heldVersion""")
                .bind("id", held.terms().id())
                .bind("held", GroupBuyRows.toState(held))
                .bind("heldVersion", held.terms().version())
                .bind("next", GroupBuyRows.toState(next));
        return GroupBuyRows.bindEnd(GroupBuyRows.bindTerms(update, next.terms()), next)
                .fetch()
                .rowsUpdated()
                .filter(rows -> rows == 1)
                .switchIfEmpty(Mono.error(() -> new OptimisticLockingFailureException("the group buy was not held")))
                .thenReturn(next);
    }
}
