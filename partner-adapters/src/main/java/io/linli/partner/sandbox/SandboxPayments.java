package io.linli.partner.sandbox;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The simulated payment provider's books: what can be paid, what was, and what went back. Whoever asks at the same
/// moment, a prepayment is paid once, and never more goes back than was paid.
@Repository
@InSandbox
class SandboxPayments {
    private final DatabaseClient database;

    SandboxPayments(DatabaseClient database) {
        this.database = database;
    }

    record Asked(String reference, String title, long amountFen, Instant expiresAt) {}

    /// *Units:* fen.
    ///
    /// @param settledAt when it was paid, or is closed
    record Prepayment(String reference, String prepayId, String status, long amountFen, Instant settledAt) {}

    record Refund(String reference, long amountFen, Instant refundedAt) {}

    /// A refund, and whether it was given just now.
    record Given(Refund refund, boolean fresh) {}

    /// Makes it payable unless the reference has its prepayment already.
    Mono<Void> add(Asked asked) {
        return database.sql("""
                        INSERT INTO sandbox_prepayment (reference, title, amount_fen, expires_at, status)
                        VALUES ($1, $2, $3, $4, 'payable')
                        ON CONFLICT (reference) DO NOTHING""")
                .bind(0, asked.reference())
                .bind(1, asked.title())
                .bind(2, asked.amountFen())
                .bind(3, asked.expiresAt())
                .then();
    }

    Mono<Prepayment> find(String reference) {
        return database.sql("""
                        SELECT reference, prepay_id, status, amount_fen, coalesce(paid_at, expires_at)
                          FROM sandbox_prepayment WHERE reference = $1""")
                .bind(0, reference)
                .map(SandboxPayments::toPrepayment)
                .one();
    }

    Mono<Boolean> exists(String prepayId) {
        return database.sql("SELECT EXISTS (SELECT FROM sandbox_prepayment WHERE prepay_id = $1)")
                .bind(0, prepayId)
                .mapValue(Boolean.class)
                .one();
    }

    /// Pays what can be paid; empty otherwise.
    Mono<Prepayment> pay(String prepayId, Instant now) {
        return database.sql("""
                        UPDATE sandbox_prepayment SET status = 'paid', paid_at = $2
                         WHERE prepay_id = $1 AND status = 'payable' AND expires_at > $2
                        RETURNING reference, prepay_id, status, amount_fen, paid_at""")
                .bind(0, prepayId)
                .bind(1, now)
                .map(SandboxPayments::toPrepayment)
                .one();
    }

    /// Closes what can be paid; empty otherwise.
    Mono<Prepayment> close(String prepayId, Instant now) {
        return database.sql("""
                        UPDATE sandbox_prepayment SET status = 'closed', expires_at = $2
                         WHERE prepay_id = $1 AND status = 'payable'
                        RETURNING reference, prepay_id, status, amount_fen, expires_at""")
                .bind(0, prepayId)
                .bind(1, now)
                .map(SandboxPayments::toPrepayment)
                .one();
    }

    /// Closes what nobody paid in time.
    Flux<Prepayment> expire(Instant now, int limit) {
        return database.sql("""
                        UPDATE sandbox_prepayment SET status = 'closed'
                         WHERE prepay_id = ANY (ARRAY(
                            SELECT prepay_id FROM sandbox_prepayment WHERE status = 'payable' AND expires_at <= $1
                             ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED))
                        RETURNING reference, prepay_id, status, amount_fen, expires_at""")
                .bind(0, now)
                .bind(1, limit)
                .map(SandboxPayments::toPrepayment)
                .all();
    }

    Mono<Refund> findRefund(String reference) {
        return database.sql("SELECT reference, amount_fen, refunded_at FROM sandbox_refund WHERE reference = $1")
                .bind(0, reference)
                .map(row -> new Refund(
                        required(row, 0, String.class), required(row, 1, Long.class), required(row, 2, Instant.class)))
                .one();
    }

    /// Gives back, once; empty when that much is not left.
    Mono<Given> refund(String payment, Refund asked) {
        return database.sql("SELECT FROM sandbox_prepayment WHERE reference = $1 FOR UPDATE")
                .bind(0, payment)
                .fetch()
                .rowsUpdated()
                .then(findRefund(asked.reference())
                        .map(refund -> new Given(refund, false))
                        .switchIfEmpty(take(payment, asked)));
    }

    private Mono<Given> take(String payment, Refund refund) {
        return database.sql("""
                        WITH taken AS (
                            UPDATE sandbox_prepayment SET refunded_fen = refunded_fen + $3
                             WHERE reference = $1 AND status = 'paid' AND refunded_fen + $3 <= amount_fen
                            RETURNING reference)
                        INSERT INTO sandbox_refund (reference, payment, amount_fen, refunded_at)
                        SELECT $2, reference, $3, $4 FROM taken""")
                .bind(0, payment)
                .bind(1, refund.reference())
                .bind(2, refund.amountFen())
                .bind(3, refund.refundedAt())
                .fetch()
                .rowsUpdated()
                .filter(rows -> rows == 1)
                .map(_ -> new Given(refund, true));
    }

    /// A notice that waits to be told, with how often that was tried.
    record Notice(long number, String noticeId, String body, int attempts) {}

    /// So many copies of a notice, the same id on each.
    Mono<Void> addNotices(String noticeId, String body, Instant at, int copies) {
        return database.sql("""
                        INSERT INTO sandbox_notice (notice_id, body, next_attempt_at)
                        SELECT $1, $2, $3 FROM generate_series(1, $4)""")
                .bind(0, noticeId)
                .bind(1, body)
                .bind(2, at)
                .bind(3, copies)
                .then();
    }

    /// Takes notices that are due; nobody else sends them before `until`.
    Mono<List<Notice>> claimNotices(Instant now, Instant until, int limit) {
        return database.sql("""
                        UPDATE sandbox_notice SET next_attempt_at = $2, attempts = attempts + 1
                         WHERE number = ANY (ARRAY(
                            SELECT number FROM sandbox_notice WHERE next_attempt_at <= $1
                             ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED))
                        RETURNING number, notice_id, body, attempts""")
                .bind(0, now)
                .bind(1, until)
                .bind(2, limit)
                .map(row -> new Notice(
                        required(row, 0, Long.class),
                        required(row, 1, String.class),
                        required(row, 2, String.class),
                        required(row, 3, Integer.class)))
                .all()
                .collectList();
    }

    /// @param next null when it has been told
    Mono<Void> tellNext(long number, @Nullable Instant next) {
        var update = database.sql("UPDATE sandbox_notice SET next_attempt_at = $2 WHERE number = $1")
                .bind(0, number);
        return (next == null ? update.bindNull(1, Instant.class) : update.bind(1, next)).then();
    }

    private static Prepayment toPrepayment(Readable row) {
        return new Prepayment(
                required(row, 0, String.class),
                required(row, 1, String.class),
                required(row, 2, String.class),
                required(row, 3, Long.class),
                required(row, 4, Instant.class));
    }
}
