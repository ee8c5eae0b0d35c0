package io.linli.dispatch.hours;

import io.linli.kit.data.Ids;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The ledger of hours. An entry is only added while the volunteer's account is locked, so none counts time twice and
/// no correction takes more than there is.
@Repository
class Hours {

    private final DatabaseClient database;

    Hours(DatabaseClient database) {
        this.database = database;
    }

    record Credit(UUID community, UUID volunteer, UUID task, Span span) {}

    Mono<Void> lock(UUID community, UUID volunteer) {
        return database.sql("""
                        INSERT INTO hours_account AS mine (member_id, community_id) VALUES ($1, $2)
                        ON CONFLICT (member_id) DO UPDATE SET seconds = mine.seconds""")
                .bind(0, volunteer)
                .bind(1, community)
                .fetch()
                .rowsUpdated()
                .then();
    }

    Mono<Void> credit(Credit credit, Instant now) {
        return database.sql("""
                        WITH entered AS (
                            INSERT INTO hours_entry (entry_id, community_id, member_id, task_id, worked, seconds,
                                                     counts_at, recorded_at)
                            SELECT $1, $2, $3, $4, tstzrange($5, $6),
                                   coalesce(sum(extract(epoch FROM upper(part) - lower(part))), 0)::bigint, $6, $7
                              FROM unnest(tstzmultirange(tstzrange($5, $6)) - coalesce(
                                       (SELECT range_agg(worked) FROM hours_entry
                                         WHERE member_id = $3 AND worked && tstzrange($5, $6)), '{}')) AS part
                            ON CONFLICT (task_id, member_id) DO NOTHING
                            RETURNING seconds)
                        UPDATE hours_account SET seconds = hours_account.seconds + entered.seconds
                          FROM entered WHERE member_id = $3""")
                .bind(0, Ids.next())
                .bind(1, credit.community())
                .bind(2, credit.volunteer())
                .bind(3, credit.task())
                .bind(4, credit.span().from())
                .bind(5, credit.span().to())
                .bind(6, now)
                .fetch()
                .rowsUpdated()
                .then();
    }
}
