package io.linli.dispatch.volunteer;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Who carries how much. The load itself is kept by the database, with every change of a task.
@Repository
class Volunteers {

    private static final String COLUMNS = "member_id, max_load_grams, load_grams, start_x, start_y";

    private final DatabaseClient database;

    Volunteers(DatabaseClient database) {
        this.database = database;
    }

    Mono<Volunteer> save(UUID community, UUID member, int maxLoadGrams, double x, double y) {
        return database.sql("""
                        INSERT INTO volunteer (member_id, community_id, max_load_grams, start_x, start_y)
                        VALUES ($1, $2, $3, $4, $5)
                        ON CONFLICT (member_id) DO UPDATE
                        SET max_load_grams = excluded.max_load_grams,
                            start_x = excluded.start_x, start_y = excluded.start_y
                        RETURNING """ + " " + COLUMNS)
                .bind(0, member)
                .bind(1, community)
                .bind(2, maxLoadGrams)
                .bind(3, x)
                .bind(4, y)
                .map(Volunteers::toVolunteer)
                .one();
    }

    Mono<Volunteer> find(UUID community, UUID member) {
        return database.sql("SELECT " + COLUMNS + " FROM volunteer WHERE community_id = $1 AND member_id = $2")
                .bind(0, community)
                .bind(1, member)
                .map(Volunteers::toVolunteer)
                .one();
    }

    Mono<List<Volunteer>> list(UUID community, UUID after, int limit) {
        return database.sql("SELECT " + COLUMNS + """
                         FROM volunteer
                        WHERE community_id = $1 AND member_id > $2
                        ORDER BY member_id LIMIT $3""")
                .bind(0, community)
                .bind(1, after)
                .bind(2, limit)
                .map(Volunteers::toVolunteer)
                .all()
                .collectList();
    }

    /// Locks the volunteers on shift in a fixed order, so two assignments of a community follow one another.
    Mono<List<OnShift>> lockOnShift(UUID community, Instant now) {
        return database.sql("""
                        SELECT member_id, start_x, start_y, max_load_grams - load_grams FROM volunteer
                        WHERE community_id = $1 AND load_grams < max_load_grams
                          AND EXISTS (SELECT FROM shift
                                      WHERE shift.member_id = volunteer.member_id
                                        AND starts_at <= $2 AND ends_at > $2)
                        ORDER BY member_id
                        FOR NO KEY UPDATE""")
                .bind(0, community)
                .bind(1, now)
                .map(Volunteers::toOnShift)
                .all()
                .collectList();
    }

    private static Volunteer toVolunteer(Readable row) {
        return new Volunteer(
                required(row, 0, UUID.class),
                required(row, 1, Integer.class),
                required(row, 2, Long.class),
                required(row, 3, Double.class),
                required(row, 4, Double.class));
    }

    private static OnShift toOnShift(Readable row) {
        return new OnShift(
                required(row, 0, UUID.class),
                required(row, 1, Double.class),
                required(row, 2, Double.class),
                required(row, 3, Long.class));
    }
}
