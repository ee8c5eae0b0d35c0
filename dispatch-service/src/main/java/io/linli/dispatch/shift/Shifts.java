package io.linli.dispatch.shift;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// When volunteers carry. That the shifts of one volunteer do not overlap is an exclusion constraint.
@Repository
class Shifts {

    private final DatabaseClient database;

    Shifts(DatabaseClient database) {
        this.database = database;
    }

    /// False when it overlaps another shift of the member.
    Mono<Boolean> add(UUID community, Shift shift) {
        return database.sql("""
                        INSERT INTO shift (shift_id, community_id, member_id, starts_at, ends_at)
                        VALUES ($1, $2, $3, $4, $5)
                        ON CONFLICT DO NOTHING""")
                .bind(0, shift.id())
                .bind(1, community)
                .bind(2, shift.member())
                .bind(3, shift.startsAt())
                .bind(4, shift.endsAt())
                .fetch()
                .rowsUpdated()
                .map(added -> added == 1);
    }

    Mono<Void> delete(UUID shift) {
        return database.sql("DELETE FROM shift WHERE shift_id = $1")
                .bind(0, shift)
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// Shifts that are not over, of one member or of all.
    Mono<List<Shift>> list(UUID community, @Nullable UUID member, Instant now, UUID after, int limit) {
        var query =
                database.sql("""
                        SELECT shift_id, member_id, starts_at, ends_at FROM shift
                        WHERE community_id = $1 AND ends_at > $2 AND shift_id > $3
                          AND ($5::uuid IS NULL OR member_id = $5)
                        ORDER BY shift_id LIMIT $4""").bind(0, community).bind(1, now).bind(2, after).bind(3, limit);
        return (member == null ? query.bindNull(4, UUID.class) : query.bind(4, member))
                .map(Shifts::toShift)
                .all()
                .collectList();
    }

    private static Shift toShift(Readable row) {
        return new Shift(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, Instant.class),
                required(row, 3, Instant.class));
    }
}
