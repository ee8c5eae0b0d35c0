package io.linli.dispatch.shift;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Who has a place in the shifts of plans, and who waits. That no more places are taken than there are is a CHECK.
@Repository
class ShiftPlaces {

    private static final String SELECT = """
            SELECT place_id, plan_id, day, member_id, starts_at, ends_at, shift_id FROM shift_place\s""";

    private final DatabaseClient database;

    ShiftPlaces(DatabaseClient database) {
        this.database = database;
    }

    record Count(int taken, int waiting) {
        static final Count NONE = new Count(0, 0);
    }

    private record CountOn(LocalDate day, Count count) {}

    /// Places of a community change one after another: who moves up may hold a place in another shift at that time, and
    /// two shifts that wait for one another would be a deadlock.
    Mono<Void> lock(UUID community) {
        return database.sql("SELECT pg_advisory_xact_lock(hashtextextended('shift-places|' || $1, 0))")
                .bind(0, community.toString())
                .fetch()
                .rowsUpdated()
                .then();
    }

    Mono<Boolean> isHeld(ShiftPlan.Occurrence occurrence, UUID member) {
        return database.sql("SELECT FROM shift_place WHERE plan_id = $1 AND day = $2 AND member_id = $3")
                .bind(0, occurrence.plan().id())
                .bind(1, occurrence.day())
                .bind(2, member)
                .map((_, _) -> true)
                .one()
                .defaultIfEmpty(false);
    }

    /// False when all places are taken.
    Mono<Boolean> claim(UUID community, ShiftPlan.Occurrence occurrence) {
        return database.sql("""
                        INSERT INTO shift_occurrence AS it (plan_id, day, community_id, places, taken)
                        VALUES ($1, $2, $3, $4, 1)
                        ON CONFLICT (plan_id, day) DO UPDATE SET taken = it.taken + 1 WHERE it.taken < it.places""")
                .bind(0, occurrence.plan().id())
                .bind(1, occurrence.day())
                .bind(2, community)
                .bind(3, occurrence.plan().places())
                .fetch()
                .rowsUpdated()
                .map(claimed -> claimed == 1);
    }

    Mono<Void> release(ShiftPlace place) {
        return database.sql("UPDATE shift_occurrence SET taken = taken - 1 WHERE plan_id = $1 AND day = $2")
                .bind(0, place.plan())
                .bind(1, place.day())
                .fetch()
                .rowsUpdated()
                .then();
    }

    Mono<Void> add(UUID community, ShiftPlace place) {
        var shift = place.shift();
        return database.sql("""
                        INSERT INTO shift_place (place_id, community_id, plan_id, day, member_id, starts_at, ends_at,
                                                 shift_id)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""")
                .bind(0, place.id())
                .bind(1, community)
                .bind(2, place.plan())
                .bind(3, place.day())
                .bind(4, place.member())
                .bind(5, place.startsAt())
                .bind(6, place.endsAt())
                .bind(7, shift == null ? Parameters.in(UUID.class) : Parameters.in(shift))
                .fetch()
                .rowsUpdated()
                .then();
    }

    Mono<ShiftPlace> find(UUID community, UUID member, UUID place) {
        return database.sql(SELECT + "WHERE community_id = $1 AND member_id = $2 AND place_id = $3")
                .bind(0, community)
                .bind(1, member)
                .bind(2, place)
                .map(ShiftPlaces::toPlace)
                .one();
    }

    Mono<Void> delete(UUID place) {
        return database.sql("DELETE FROM shift_place WHERE place_id = $1")
                .bind(0, place)
                .fetch()
                .rowsUpdated()
                .then();
    }

    Mono<List<ShiftPlace>> listWaiting(ShiftPlace place) {
        return database.sql(SELECT + "WHERE plan_id = $1 AND day = $2 AND shift_id IS NULL ORDER BY arrival")
                .bind(0, place.plan())
                .bind(1, place.day())
                .map(ShiftPlaces::toPlace)
                .all()
                .collectList();
    }

    Mono<Void> moveUp(UUID place, UUID shift) {
        return database.sql("UPDATE shift_place SET shift_id = $2 WHERE place_id = $1")
                .bind(0, place)
                .bind(1, shift)
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// Places in shifts that are not over, of one member or of all.
    Mono<List<ShiftPlace>> list(UUID community, @Nullable UUID member, Instant now, UUID after, int limit) {
        return database.sql(SELECT + """
                        WHERE community_id = $1 AND ends_at > $2 AND place_id > $3
                          AND ($5::uuid IS NULL OR member_id = $5)
                        ORDER BY place_id LIMIT $4""")
                .bind(0, community)
                .bind(1, now)
                .bind(2, after)
                .bind(3, limit)
                .bind(4, member == null ? Parameters.in(UUID.class) : Parameters.in(member))
                .map(ShiftPlaces::toPlace)
                .all()
                .collectList();
    }

    /// How many have a place, and wait for one, by day; a day on which nobody asked for one is not in the map.
    Mono<Map<LocalDate, Count>> count(UUID plan, LocalDate from, LocalDate to) {
        return database.sql("""
                        SELECT day, count(shift_id)::int, (count(*) - count(shift_id))::int FROM shift_place
                         WHERE plan_id = $1 AND day BETWEEN $2 AND $3 GROUP BY day""")
                .bind(0, plan)
                .bind(1, from)
                .bind(2, to)
                .map(row -> new CountOn(
                        required(row, 0, LocalDate.class),
                        new Count(required(row, 1, Integer.class), required(row, 2, Integer.class))))
                .all()
                .collect(Collectors.toMap(CountOn::day, CountOn::count));
    }

    private static ShiftPlace toPlace(Readable row) {
        return new ShiftPlace(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, LocalDate.class),
                required(row, 3, UUID.class),
                required(row, 4, Instant.class),
                required(row, 5, Instant.class),
                row.get(6, UUID.class));
    }
}
