package io.linli.dispatch.capacity;

import static io.linli.kit.data.Columns.required;

import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// What is reserved of the carrying capacity, once per group buy.
@Repository
class Reservations {

    private final DatabaseClient database;

    Reservations(DatabaseClient database) {
        this.database = database;
    }

    record Reservation(UUID groupBuy, Instant from, Instant to, long grams) {}

    Mono<Void> add(UUID community, Reservation reservation) {
        return database.sql("""
                        INSERT INTO capacity_reservation (group_buy_id, community_id, begins_at, ends_at, grams)
                        VALUES ($1, $2, $3, $4, $5)
                        ON CONFLICT (group_buy_id) DO NOTHING""")
                .bind(0, reservation.groupBuy())
                .bind(1, community)
                .bind(2, reservation.from())
                .bind(3, reservation.to())
                .bind(4, reservation.grams())
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// The grams of all reservations whose day meets this time.
    Mono<Long> sum(UUID community, Instant from, Instant to) {
        return database.sql("""
                        SELECT coalesce(sum(grams), 0)::bigint FROM capacity_reservation
                         WHERE community_id = $1 AND begins_at < $3 AND ends_at > $2""")
                .bind(0, community)
                .bind(1, from)
                .bind(2, to)
                .map(row -> required(row, 0, Long.class))
                .one();
    }
}
