package io.linli.dispatch.volunteer;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Who carries how much, and what they can do. The load itself is kept by the database, with every change of a task.
@Repository
class Volunteers {

    private static final String COLUMNS = " member_id, max_load_grams, load_grams, start_x, start_y,"
            + " skills, building_ids, floors_on_foot_max, minutes_per_day_max, trips_max, busy, paused_until ";

    /// Who can take more: on shift, neither busy nor away, below their load.
    private static final String ON_SHIFT = """
            SELECT member_id, start_x, start_y, max_load_grams - load_grams,
                   skills, building_ids, floors_on_foot_max, minutes_per_day_max, trips_max,
                   (SELECT max(ends_at) FROM shift WHERE shift.member_id = volunteer.member_id
                                                     AND starts_at <= $2 AND ends_at > $2)
              FROM volunteer
            WHERE community_id = $1 AND load_grams < max_load_grams
              AND NOT busy AND (paused_until IS NULL OR paused_until <= $2)
              AND EXISTS (SELECT FROM shift
                          WHERE shift.member_id = volunteer.member_id AND starts_at <= $2 AND ends_at > $2)
            ORDER BY member_id""";

    private final DatabaseClient database;

    Volunteers(DatabaseClient database) {
        this.database = database;
    }

    /// Who is on shift and wants tasks.
    record Ready(UUID member, double x, double y, long freeGrams, Abilities abilities, Instant shiftEndsAt) {}

    Mono<Volunteer> save(UUID community, UUID member, int maxLoadGrams, double x, double y) {
        return database.sql("""
                        INSERT INTO volunteer (member_id, community_id, max_load_grams, start_x, start_y)
                        VALUES ($1, $2, $3, $4, $5)
                        ON CONFLICT (member_id) DO UPDATE
                        SET max_load_grams = excluded.max_load_grams,
                            start_x = excluded.start_x, start_y = excluded.start_y
                        RETURNING""" + COLUMNS)
                .bind(0, member)
                .bind(1, community)
                .bind(2, maxLoadGrams)
                .bind(3, x)
                .bind(4, y)
                .map(Volunteers::toVolunteer)
                .one();
    }

    /// Empty when the member is not registered.
    Mono<Volunteer> save(ChangeProfile.Speaker speaker, Abilities abilities) {
        return database.sql("""
                        UPDATE volunteer
                           SET zone = $3, skills = $4, building_ids = $5, floors_on_foot_max = $6,
                               minutes_per_day_max = $7, trips_max = $8
                         WHERE community_id = $1 AND member_id = $2
                        RETURNING""" + COLUMNS)
                .bind(0, speaker.community())
                .bind(1, speaker.member())
                .bind(2, speaker.zone().getId())
                .bind(3, abilities.skills().stream().map(Skill::word).sorted().toArray(String[]::new))
                .bind(4, abilities.buildings().toArray(UUID[]::new))
                .bind(5, number(abilities.floorsOnFootMax()))
                .bind(6, number(abilities.minutesPerDayMax()))
                .bind(7, number(abilities.tripsMax()))
                .map(Volunteers::toVolunteer)
                .one();
    }

    /// Empty when the member is not registered.
    Mono<Volunteer> save(ChangeProfile.Speaker speaker, Availability availability) {
        var until = availability.pausedUntil();
        return database.sql("""
                        UPDATE volunteer SET zone = $3, busy = $4, paused_until = $5
                         WHERE community_id = $1 AND member_id = $2
                        RETURNING""" + COLUMNS)
                .bind(0, speaker.community())
                .bind(1, speaker.member())
                .bind(2, speaker.zone().getId())
                .bind(3, availability.busy())
                .bind(4, until == null ? Parameters.in(Instant.class) : Parameters.in(until))
                .map(Volunteers::toVolunteer)
                .one();
    }

    Mono<Volunteer> find(UUID community, UUID member) {
        return database.sql("SELECT" + COLUMNS + "FROM volunteer WHERE community_id = $1 AND member_id = $2")
                .bind(0, community)
                .bind(1, member)
                .map(Volunteers::toVolunteer)
                .one();
    }

    Mono<List<Volunteer>> list(UUID community, UUID after, int limit) {
        return database.sql("SELECT" + COLUMNS + """
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
    Mono<List<Ready>> lockOnShift(UUID community, Instant now) {
        return onShift(database.sql(ON_SHIFT + " FOR NO KEY UPDATE"), community, now);
    }

    Mono<List<Ready>> findOnShift(UUID community, Instant now, int most) {
        return onShift(database.sql(ON_SHIFT + " LIMIT $3").bind(2, most), community, now);
    }

    private static Mono<List<Ready>> onShift(DatabaseClient.GenericExecuteSpec query, UUID community, Instant now) {
        return query.bind(0, community)
                .bind(1, now)
                .map(Volunteers::toReady)
                .all()
                .collectList();
    }

    private static Ready toReady(Readable row) {
        return new Ready(
                required(row, 0, UUID.class),
                required(row, 1, Double.class),
                required(row, 2, Double.class),
                required(row, 3, Long.class),
                toAbilities(row, 4),
                required(row, 9, Instant.class));
    }

    private static Volunteer toVolunteer(Readable row) {
        return new Volunteer(
                required(row, 0, UUID.class),
                required(row, 1, Integer.class),
                required(row, 2, Long.class),
                required(row, 3, Double.class),
                required(row, 4, Double.class),
                toAbilities(row, 5),
                new Availability(required(row, 10, Boolean.class), row.get(11, Instant.class)));
    }

    /// Skills, buildings, and the three limits, in columns that follow one another.
    private static Abilities toAbilities(Readable row, int first) {
        return new Abilities(
                Arrays.stream(required(row, first, String[].class))
                        .map(Skill::of)
                        .collect(Collectors.toSet()),
                Set.of(required(row, first + 1, UUID[].class)),
                row.get(first + 2, Integer.class),
                row.get(first + 3, Integer.class),
                row.get(first + 4, Integer.class));
    }

    private static Parameter number(@Nullable Integer value) {
        return value == null ? Parameters.in(Integer.class) : Parameters.in(value);
    }
}
