package io.linli.dispatch.capacity;

import static io.linli.kit.data.Columns.required;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Adds up what shifts can carry.
@Repository
class ShiftLoads {

    private final DatabaseClient database;

    ShiftLoads(DatabaseClient database) {
        this.database = database;
    }

    record Sum(int volunteers, long grams) {}

    /// As many full loads as whole trips fit into the part of each shift that lies in the time asked about, up to the
    /// trips that the volunteer makes in a shift; nothing of the time in which they are away.
    Mono<Sum> sum(UUID community, Instant from, Instant to, Duration trip) {
        return database.sql("""
                        SELECT count(DISTINCT member_id)::int,
                               coalesce(sum(max_load_grams * least(trips_max, floor(extract(epoch FROM
                                   least(ends_at, $3) - greatest(starts_at, paused_until, $2)) / $4))), 0)::bigint
                          FROM shift JOIN volunteer USING (member_id)
                         WHERE shift.community_id = $1 AND starts_at < $3 AND ends_at > $2
                           AND (paused_until IS NULL OR paused_until < least(ends_at, $3))""")
                .bind(0, community)
                .bind(1, from)
                .bind(2, to)
                .bind(3, trip.toSeconds())
                .map(row -> new Sum(required(row, 0, Integer.class), required(row, 1, Long.class)))
                .one();
    }
}
