package io.linli.dispatch.exposure;

import static io.linli.kit.data.Columns.required;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Which closed buildings were entered on which day, by the days of the volunteer's community. Entries are only added
/// while the volunteer's row is locked.
@Repository
class Exposures {

    private final DatabaseClient database;

    Exposures(DatabaseClient database) {
        this.database = database;
    }

    record Entry(UUID community, UUID member, UUID building) {}

    record Entered(UUID member, UUID building) {}

    Mono<Void> lock(UUID community, UUID member) {
        return database.sql("""
                        SELECT FROM volunteer WHERE community_id = $1 AND member_id = $2 FOR NO KEY UPDATE""")
                .bind(0, community)
                .bind(1, member)
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// False when the limit is reached.
    Mono<Boolean> add(Entry entry, Instant now, int max) {
        return database.sql("""
                        WITH mine AS (
                            SELECT member_id, community_id, ($4::timestamptz AT TIME ZONE zone)::date AS today
                              FROM volunteer WHERE community_id = $1 AND member_id = $2),
                        week AS (
                            SELECT DISTINCT building_id FROM exposure JOIN mine USING (member_id)
                             WHERE day > today - 7)
                        INSERT INTO exposure (member_id, building_id, day, community_id)
                        SELECT member_id, $3, today, community_id FROM mine
                         WHERE $3 IN (SELECT building_id FROM week) OR (SELECT count(*) FROM week) < $5
                        ON CONFLICT (member_id, building_id, day) DO UPDATE SET community_id = excluded.community_id""")
                .bind(0, entry.community())
                .bind(1, entry.member())
                .bind(2, entry.building())
                .bind(3, now)
                .bind(4, max)
                .fetch()
                .rowsUpdated()
                .map(added -> added == 1);
    }

    Mono<List<Entered>> list(Collection<UUID> members, Instant now) {
        return database.sql("""
                        SELECT DISTINCT member_id, building_id FROM exposure JOIN volunteer USING (member_id)
                         WHERE member_id = ANY ($1) AND day > ($2::timestamptz AT TIME ZONE zone)::date - 7""")
                .bind(0, members.toArray(UUID[]::new))
                .bind(1, now)
                .map((row, _) -> new Entered(required(row, 0, UUID.class), required(row, 1, UUID.class)))
                .all()
                .collectList();
    }
}
