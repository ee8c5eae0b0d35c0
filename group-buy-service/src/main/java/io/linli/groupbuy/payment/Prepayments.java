package io.linli.groupbuy.payment;

import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The table `prepayment`: what the provider told of each payment, once.
@Repository
class Prepayments {
    private final DatabaseClient database;

    Prepayments(DatabaseClient database) {
        this.database = database;
    }

    /// Whether that it succeeded is news; a failure that was told before does not count against it.
    Mono<Boolean> addKept(UUID community, UUID payment, UUID order, long fen, Instant now) {
        return database.sql("""
                        INSERT INTO prepayment AS told (payment_id, community_id, order_id, fen, state, told_at)
                        VALUES ($1, $2, $3, $4, 'kept', $5)
                        ON CONFLICT (payment_id) DO UPDATE SET state = 'kept', fen = EXCLUDED.fen,
                                told_at = EXCLUDED.told_at
                          WHERE told.state = 'failed'""")
                .bind(0, payment)
                .bind(1, community)
                .bind(2, order)
                .bind(3, fen)
                .bind(4, now)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    /// Its order cannot take it.
    Mono<Void> markSentBack(UUID payment) {
        return database.sql("UPDATE prepayment SET state = 'sent-back' WHERE payment_id = $1")
                .bind(0, payment)
                .then();
    }

    /// It failed, unless it succeeded.
    Mono<Void> addFailed(UUID community, UUID payment, UUID order, Instant now) {
        return database.sql("""
                        INSERT INTO prepayment (payment_id, community_id, order_id, state, told_at)
                        VALUES ($1, $2, $3, 'failed', $4)
                        ON CONFLICT (payment_id) DO NOTHING""")
                .bind(0, payment)
                .bind(1, community)
                .bind(2, order)
                .bind(3, now)
                .then();
    }
}
