package io.linli.partner.courier;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Shipments of one community each; every method runs inside a transaction of the kit.
///
/// *Shape:* one row per group buy; the columns of a state are there only in that state (CHECK).
@Repository
class Shipments {
    private static final String COLUMNS = """
            id, community_id, group_buy_id, title, carrier, sender, pieces, weight_grams, created_at,
            state, waybill, status, progress, sequence, booking_attempts, booking_problem, booked_at, status_at
            """;

    private final DatabaseClient database;

    Shipments(DatabaseClient database) {
        this.database = database;
    }

    /// A shipment with how often its booking was tried.
    record Row(Shipment shipment, int bookingAttempts) {}

    /// A group buy that has its shipment keeps it.
    Mono<Void> add(Freight freight) {
        return database.sql("""
                        INSERT INTO shipment (id, community_id, group_buy_id, title, carrier, sender, pieces,
                            weight_grams, created_at, next_attempt_at, state, status, progress, sequence,
                            booking_attempts)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 'to-book', 'pending', 'pending', 0, 0)
                        ON CONFLICT (community_id, group_buy_id) DO NOTHING""")
                .bind(0, freight.id())
                .bind(1, freight.community())
                .bind(2, freight.groupBuy())
                .bind(3, freight.title())
                .bind(4, freight.carrier())
                .bind(5, freight.sender())
                .bind(6, freight.pieces())
                .bind(7, freight.weightGrams())
                .bind(8, freight.createdAt())
                .then();
    }

    /// Takes what is due for booking; nobody else gets it before `until`, also when this process dies.
    Mono<List<Row>> claimToBook(Instant now, Instant until, int limit) {
        return database.sql("""
                        UPDATE shipment SET next_attempt_at = $2, booking_attempts = booking_attempts + 1
                         WHERE id = ANY (ARRAY(
                            SELECT id FROM shipment WHERE state = 'to-book' AND next_attempt_at <= $1
                             ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED))
                        RETURNING\s""" + COLUMNS)
                .bind(0, now)
                .bind(1, until)
                .bind(2, limit)
                .map(Shipments::toRow)
                .all()
                .collectList();
    }

    /// Takes booked shipments whose courier has been silent; they are next asked for at `next`.
    Mono<List<Row>> claimSilent(Instant now, Instant next, int limit) {
        return database.sql("""
                        UPDATE shipment SET next_poll_at = $2
                         WHERE id = ANY (ARRAY(
                            SELECT id FROM shipment WHERE next_poll_at <= $1
                             ORDER BY next_poll_at LIMIT $3 FOR UPDATE SKIP LOCKED))
                        RETURNING\s""" + COLUMNS)
                .bind(0, now)
                .bind(1, next)
                .bind(2, limit)
                .map(Shipments::toRow)
                .all()
                .collectList();
    }

    /// The shipment, locked until the transaction ends.
    Mono<Shipment> lock(UUID id) {
        return database.sql("SELECT " + COLUMNS + " FROM shipment WHERE id = $1 FOR UPDATE")
                .bind(0, id)
                .map(Shipments::toRow)
                .one()
                .map(Row::shipment);
    }

    Mono<Row> find(UUID id) {
        return database.sql("SELECT " + COLUMNS + " FROM shipment WHERE id = $1")
                .bind(0, id)
                .map(Shipments::toRow)
                .one();
    }

    /// Whose a waybill is; asked across communities, because a courier knows none.
    Mono<Freight> findByWaybill(String carrier, String waybill) {
        return database.sql("SELECT " + COLUMNS + " FROM shipment WHERE carrier = $1 AND waybill = $2")
                .bind(0, carrier)
                .bind(1, waybill)
                .map(Shipments::toRow)
                .one()
                .map(row -> row.shipment().freight());
    }

    /// Newest first, after the shipment `before` where given.
    Flux<Row> list(UUID community, @Nullable UUID groupBuy, @Nullable UUID before, int limit) {
        var query = database.sql("SELECT " + COLUMNS + """
                         FROM shipment
                         WHERE community_id = $1 AND ($2::uuid IS NULL OR group_buy_id = $2)
                           AND ($3::uuid IS NULL OR id < $3)
                         ORDER BY id DESC LIMIT $4""").bind(0, community).bind(3, limit);
        query = groupBuy == null ? query.bindNull(1, UUID.class) : query.bind(1, groupBuy);
        query = before == null ? query.bindNull(2, UUID.class) : query.bind(2, before);
        return query.map(Shipments::toRow).all();
    }

    /// Stores what a decision made of a locked shipment.
    ///
    /// @param due when it is to be booked, or asked for, next; null when there is nothing more to do
    Mono<Void> save(Shipment shipment, @Nullable Instant due) {
        return switch (shipment) {
            case Shipment.ToBook waiting ->
                database.sql("""
                            UPDATE shipment SET next_attempt_at = $2, booking_problem = $3 WHERE id = $1""")
                        .bind(0, waiting.freight().id())
                        .bind(1, Objects.requireNonNull(due))
                        .bind(2, Objects.requireNonNullElse(waiting.problem(), ""))
                        .then();
            case Shipment.Refused refused ->
                database.sql("""
                            UPDATE shipment SET state = 'refused', booking_problem = $2, next_attempt_at = NULL
                             WHERE id = $1""")
                        .bind(0, refused.freight().id())
                        .bind(1, refused.reason())
                        .then();
            case Shipment.Booked booked -> saveBooked(booked, due);
        };
    }

    private Mono<Void> saveBooked(Shipment.Booked booked, @Nullable Instant due) {
        var tracking = booked.tracking();
        var update = database.sql("""
                        UPDATE shipment SET state = 'booked', waybill = $2, booked_at = $3, status = $4, progress = $5,
                            sequence = $6, status_at = $7, next_poll_at = $8, next_attempt_at = NULL,
                            booking_problem = NULL
                         WHERE id = $1""")
                .bind(0, booked.freight().id())
                .bind(1, booked.waybill())
                .bind(2, booked.bookedAt())
                .bind(3, tracking.status().word())
                .bind(4, tracking.progress().word())
                .bind(5, tracking.sequence());
        var at = tracking.at();
        update = at == null ? update.bindNull(6, Instant.class) : update.bind(6, at);
        update = due == null ? update.bindNull(7, Instant.class) : update.bind(7, due);
        return update.then();
    }

    private static Row toRow(Readable row) {
        var freight = new Freight(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, UUID.class),
                required(row, 3, String.class),
                required(row, 4, String.class),
                required(row, 5, String.class),
                required(row, 6, Integer.class),
                required(row, 7, Long.class),
                required(row, 8, Instant.class));
        var state = required(row, 9, String.class);
        var shipment = switch (state) {
            case "to-book" -> new Shipment.ToBook(freight, row.get(15, String.class));
            case "booked" -> toBooked(freight, row);
            case "refused" -> new Shipment.Refused(freight, required(row, 15, String.class));
            default -> throw new IllegalStateException("a shipment row in state " + state);
        };
        return new Row(shipment, required(row, 14, Integer.class));
    }

    private static Shipment.Booked toBooked(Freight freight, Readable row) {
        var tracking = new Shipment.Tracking(
                toStatus(required(row, 11, String.class)),
                toStatus(required(row, 12, String.class)),
                required(row, 13, Integer.class),
                row.get(17, Instant.class));
        return new Shipment.Booked(
                freight, required(row, 10, String.class), required(row, 16, Instant.class), tracking);
    }

    private static TrackingStatus toStatus(String word) {
        return TrackingStatus.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
