package io.linli.partner.payment;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The table `payment_refund`: to ask, asked, refunded, and never back.
@Repository
class PaymentRefunds {
    private final DatabaseClient database;

    PaymentRefunds(DatabaseClient database) {
        this.database = database;
    }

    record Refund(UUID id, UUID community, UUID payment, UUID order, long amountFen) {}

    /// A refund with how often the provider was asked for it.
    record Row(Refund refund, int attempts) {}

    /// A refund that is known stays what it is.
    Mono<Void> add(Refund refund, Instant now) {
        return database.sql("""
                        INSERT INTO payment_refund (id, community_id, payment_id, order_id, amount_fen, state,
                            next_attempt_at)
                        VALUES ($1, $2, $3, $4, $5, 'to-ask', $6)
                        ON CONFLICT (id) DO NOTHING""")
                .bind(0, refund.id())
                .bind(1, refund.community())
                .bind(2, refund.payment())
                .bind(3, refund.order())
                .bind(4, refund.amountFen())
                .bind(5, now)
                .then();
    }

    /// Takes what is due to be asked for, again where nothing was heard since; nobody else gets it before `until`.
    Mono<List<Row>> claimDue(Instant now, Instant until, int limit) {
        return database.sql("""
                        UPDATE payment_refund SET next_attempt_at = $2, attempts = attempts + 1
                         WHERE id = ANY (ARRAY(
                            SELECT id FROM payment_refund WHERE next_attempt_at <= $1
                             ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED))
                        RETURNING id, community_id, payment_id, order_id, amount_fen, attempts""")
                .bind(0, now)
                .bind(1, until)
                .bind(2, limit)
                .map(row -> new Row(toRefund(row), required(row, 5, Integer.class)))
                .all()
                .collectList();
    }

    /// Whose a refund is; asked across communities.
    Mono<Refund> find(UUID id) {
        return database.sql(
                        "SELECT id, community_id, payment_id, order_id, amount_fen FROM payment_refund WHERE id = $1")
                .bind(0, id)
                .map(PaymentRefunds::toRefund)
                .one();
    }

    /// It was not given back yet; asked again at `next`.
    Mono<Void> askAgain(UUID id, boolean taken, Instant next) {
        return database.sql("""
                        UPDATE payment_refund SET next_attempt_at = $2,
                               state = CASE WHEN $3 THEN 'asked' ELSE state END
                         WHERE id = $1 AND state <> 'refunded'""").bind(0, id).bind(1, next).bind(2, taken).then();
    }

    /// Whether that was news.
    Mono<Boolean> markRefunded(UUID id, Instant at) {
        return database.sql("""
                        UPDATE payment_refund SET state = 'refunded', refunded_at = $2, next_attempt_at = NULL
                         WHERE id = $1 AND state <> 'refunded'""").bind(0, id).bind(1, at).fetch().rowsUpdated().map(rows -> rows == 1);
    }

    private static Refund toRefund(Readable row) {
        return new Refund(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, UUID.class),
                required(row, 3, UUID.class),
                required(row, 4, Long.class));
    }
}
