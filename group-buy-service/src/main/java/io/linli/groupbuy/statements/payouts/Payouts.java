package io.linli.groupbuy.statements.payouts;

import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.settlement.Account;
import io.linli.groupbuy.statements.payouts.Payout.Reversal;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The tables `payout` and `payout_reversal`, and what accounts have by the ledger.
@Repository
class Payouts {
    private static final String READ = """
            SELECT id, payee, owner_id, fen, paid_on, reference, paid_by_leader, recorded_by, recorded_at, reason,
                   reversed_by, reversed_at
              FROM payout LEFT JOIN payout_reversal ON payout_id = id
            """;

    private final DatabaseClient database;

    Payouts(DatabaseClient database) {
        this.database = database;
    }

    /// Lets one payout of a community at a time look at balances, until the transaction ends.
    Mono<Void> hold(UUID community) {
        return database.sql("SELECT pg_advisory_xact_lock(hashtextextended('payout|' || $1, 0))")
                .bind(0, community.toString())
                .then();
    }

    /// What may move from one account to another: what the payee is owed, and what the payer holds beside what is
    /// promised back to households. Either may be below zero. *Units:* fen.
    record Room(long owed, long held) {}

    Mono<Room> findRoom(UUID community, Account payee, Account payer) {
        return database.sql("""
                        SELECT coalesce(sum(fen), 0)::bigint, held_fen($3, $4, $5)
                          FROM posting WHERE owner_id = $1 AND account = $2""")
                .bind(0, payee.owner())
                .bind(1, payee.kind().word())
                .bind(2, community)
                .bind(3, payer.kind().word())
                .bind(4, payer.owner())
                .map(row -> new Room(required(row, 0, Long.class), required(row, 1, Long.class)))
                .one();
    }

    /// *Errors:* `DataIntegrityViolationException` when more is paid than is held, or it is posted already.
    Mono<Void> insert(UUID community, Payout payout) {
        var inserted = database.sql("""
                        INSERT INTO payout (id, community_id, payee, owner_id, fen, paid_on, reference, recorded_by,
                                            recorded_at, paid_by_leader)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""")
                .bind(0, payout.id())
                .bind(1, community)
                .bind(2, payout.payee().kind().word())
                .bind(3, payout.payee().owner())
                .bind(4, payout.fen())
                .bind(5, payout.paidOn())
                .bind(6, payout.reference())
                .bind(7, payout.recordedBy())
                .bind(8, payout.recordedAt());
        return Optional.ofNullable(payout.paidByLeader())
                .map(leader -> inserted.bind(9, leader))
                .orElseGet(() -> inserted.bindNull(9, UUID.class))
                .then();
    }

    /// *Errors:* `DataIntegrityViolationException` when it is taken back already, or more is than is held.
    Mono<Void> insertReversal(UUID community, UUID payout, Reversal reversal) {
        return database.sql("""
                        INSERT INTO payout_reversal (payout_id, community_id, reason, reversed_by, reversed_at)
                        VALUES ($1, $2, $3, $4, $5)""")
                .bind(0, payout)
                .bind(1, community)
                .bind(2, reversal.reason())
                .bind(3, reversal.by())
                .bind(4, reversal.at())
                .then();
    }

    Mono<Payout> find(UUID community, UUID id) {
        return database.sql(READ + "WHERE payout.community_id = $1 AND id = $2")
                .bind(0, community)
                .bind(1, id)
                .map(Payouts::toPayout)
                .one();
    }

    /// Newest record first.
    Mono<List<Payout>> list(UUID community, Page.Request page) {
        return database.sql(READ + "WHERE payout.community_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3")
                .bind(0, community)
                .bind(1, page.below())
                .bind(2, page.rows())
                .map(Payouts::toPayout)
                .all()
                .collectList();
    }

    private static Payout toPayout(Readable row) {
        return new Payout(
                required(row, 0, UUID.class),
                new Account(Account.Kind.of(required(row, 1, String.class)), required(row, 2, UUID.class)),
                required(row, 3, Long.class),
                required(row, 4, LocalDate.class),
                required(row, 5, String.class),
                row.get(6, UUID.class),
                required(row, 7, UUID.class),
                required(row, 8, Instant.class),
                toReversal(row));
    }

    private static @Nullable Reversal toReversal(Readable row) {
        var reason = row.get(9, String.class);
        return reason == null
                ? null
                : new Reversal(reason, required(row, 10, UUID.class), required(row, 11, Instant.class));
    }
}
