package io.linli.partner.courier;

import static io.linli.kit.data.Columns.required;

import io.linli.kit.data.Ids;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Everything couriers ever told us, also what came late or was not understood. One row per (carrier, waybill, event).
@Repository
class ReportLog {
    private static final int LONGEST = 200;

    private final DatabaseClient database;

    ReportLog(DatabaseClient database) {
        this.database = database;
    }

    enum Source {
        WEBHOOK,
        POLL
    }

    /// What became of a report that was new.
    enum Outcome {
        MOVED,
        LATE,
        NOT_UNDERSTOOD
    }

    record Entry(
            String eventId,
            String courierStatus,
            String status,
            String outcome,
            String source,
            Instant occurredAt,
            Instant receivedAt) {}

    /// Whether the report is new; a repeated one changes nothing.
    Mono<Boolean> add(Freight freight, CourierReport report, Outcome outcome, Source source, Instant now) {
        return database.sql("""
                        INSERT INTO courier_report (id, community_id, shipment_id, carrier, waybill, event_id,
                            courier_status, status, outcome, source, occurred_at, received_at)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                        ON CONFLICT (carrier, waybill, event_id) DO NOTHING""")
                .bind(0, Ids.next())
                .bind(1, freight.community())
                .bind(2, freight.id())
                .bind(3, freight.carrier())
                .bind(4, report.waybill())
                .bind(5, report.eventId())
                .bind(6, report.status())
                .bind(7, TrackingStatus.of(report.status()).word())
                .bind(8, word(outcome))
                .bind(9, word(source))
                .bind(10, report.occurredAt())
                .bind(11, now)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    /// Oldest first, at most the last 200.
    Mono<List<Entry>> list(UUID shipment) {
        return database.sql("""
                        SELECT event_id, courier_status, status, outcome, source, occurred_at, received_at
                          FROM courier_report WHERE shipment_id = $1 ORDER BY id DESC LIMIT $2""")
                .bind(0, shipment)
                .bind(1, LONGEST)
                .map(row -> new Entry(
                        required(row, 0, String.class),
                        required(row, 1, String.class),
                        required(row, 2, String.class),
                        required(row, 3, String.class),
                        required(row, 4, String.class),
                        required(row, 5, Instant.class),
                        required(row, 6, Instant.class)))
                .all()
                .collectList()
                .map(newestFirst -> {
                    Collections.reverse(newestFirst);
                    return newestFirst;
                });
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
