package io.linli.partner.sandbox;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The simulated courier's books: what was booked, and the reports about it that still have to be told.
///
/// *Shape:* a booking moves one status at a time; each move is one report, told in order per waybill.
@Repository
@InSandbox
class SandboxBookings {
    private final DatabaseClient database;

    SandboxBookings(DatabaseClient database) {
        this.database = database;
    }

    record Order(String reference, String sender, int pieces, long weightGrams) {}

    record Booking(String reference, String waybill, String status) {}

    record Report(String eventId, String waybill, String status, Instant occurredAt, int attempts) {}

    /// Books unless the reference has its booking already.
    Mono<Void> add(Order order, Instant now, Instant nextStep) {
        return database.sql("""
                        INSERT INTO sandbox_booking (reference, sender, pieces, weight_grams, status, created_at,
                            next_step_at)
                        VALUES ($1, $2, $3, $4, 'pending', $5, $6)
                        ON CONFLICT (reference) DO NOTHING""")
                .bind(0, order.reference())
                .bind(1, order.sender())
                .bind(2, order.pieces())
                .bind(3, order.weightGrams())
                .bind(4, now)
                .bind(5, nextStep)
                .then();
    }

    Mono<Booking> getByReference(String reference) {
        return database.sql("SELECT reference, waybill, status FROM sandbox_booking WHERE reference = $1")
                .bind(0, reference)
                .map(SandboxBookings::toBooking)
                .one();
    }

    Mono<Booking> find(String waybill) {
        return database.sql("SELECT reference, waybill, status FROM sandbox_booking WHERE waybill = $1")
                .bind(0, waybill)
                .map(SandboxBookings::toBooking)
                .one();
    }

    Mono<List<Report>> reports(String waybill) {
        return database.sql("""
                        SELECT event_id, waybill, status, occurred_at, attempts
                          FROM sandbox_report WHERE waybill = $1 ORDER BY number""")
                .bind(0, waybill)
                .map(SandboxBookings::toReport)
                .all()
                .collectList();
    }

    /// Moves what is due by one status and writes the report of it, in one statement.
    Mono<Long> advance(Instant now, Instant nextStep, int limit) {
        return database.sql("""
                        WITH due AS (
                            SELECT waybill, status FROM sandbox_booking WHERE next_step_at <= $1
                             ORDER BY next_step_at LIMIT $3 FOR UPDATE SKIP LOCKED),
                        step (status, next) AS (VALUES ('pending', 'picked_up'), ('picked_up', 'in_transit'),
                            ('in_transit', 'out_for_delivery'), ('out_for_delivery', 'delivered')),
                        moved AS (
                            UPDATE sandbox_booking AS booking
                               SET status = step.next,
                                   next_step_at = CASE WHEN step.next = 'delivered' THEN NULL ELSE $2::timestamptz END
                              FROM due JOIN step ON step.status = due.status
                             WHERE booking.waybill = due.waybill
                            RETURNING booking.waybill, booking.status)
                        INSERT INTO sandbox_report (event_id, waybill, status, occurred_at, next_attempt_at)
                        SELECT 'evt-' || waybill || '-' || status, waybill, status, $1, $1 FROM moved""")
                .bind(0, now)
                .bind(1, nextStep)
                .bind(2, limit)
                .fetch()
                .rowsUpdated();
    }

    /// Takes the oldest untold report of each waybill that is due; nobody else sends it before `until`.
    Mono<List<Report>> claimUntold(Instant now, Instant until, int limit) {
        return database.sql("""
                        UPDATE sandbox_report SET next_attempt_at = $2, attempts = attempts + 1
                         WHERE number = ANY (ARRAY(
                            SELECT number FROM sandbox_report AS waiting
                             WHERE next_attempt_at <= $1 AND NOT EXISTS (
                                SELECT 1 FROM sandbox_report AS earlier
                                 WHERE earlier.waybill = waiting.waybill AND earlier.number < waiting.number
                                   AND earlier.next_attempt_at IS NOT NULL)
                             ORDER BY number LIMIT $3 FOR UPDATE SKIP LOCKED))
                        RETURNING event_id, waybill, status, occurred_at, attempts""")
                .bind(0, now)
                .bind(1, until)
                .bind(2, limit)
                .map(SandboxBookings::toReport)
                .all()
                .collectList();
    }

    Mono<Void> told(String eventId) {
        return database.sql("UPDATE sandbox_report SET next_attempt_at = NULL WHERE event_id = $1")
                .bind(0, eventId)
                .then();
    }

    Mono<Void> tellAgain(String eventId, Instant at) {
        return database.sql("UPDATE sandbox_report SET next_attempt_at = $2 WHERE event_id = $1")
                .bind(0, eventId)
                .bind(1, at)
                .then();
    }

    private static Booking toBooking(Readable row) {
        return new Booking(
                required(row, 0, String.class), required(row, 1, String.class), required(row, 2, String.class));
    }

    private static Report toReport(Readable row) {
        return new Report(
                required(row, 0, String.class),
                required(row, 1, String.class),
                required(row, 2, String.class),
                required(row, 3, Instant.class),
                required(row, 4, Integer.class));
    }
}
