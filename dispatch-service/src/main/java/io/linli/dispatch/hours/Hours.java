package io.linli.dispatch.hours;

import static io.linli.kit.data.Columns.required;

import io.linli.kit.data.Ids;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
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

    /// *Units*: seconds.
    record Sum(UUID member, long today, long recently) {}

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

    Mono<List<Sum>> sum(Collection<UUID> members, Instant since, Instant now) {
        return database.sql("""
                        SELECT member_id,
                               coalesce(sum(seconds) FILTER (WHERE counts_at >=
                                   date_trunc('day', $3::timestamptz AT TIME ZONE zone) AT TIME ZONE zone), 0)::bigint,
                               sum(seconds)::bigint
                          FROM hours_entry JOIN volunteer USING (member_id)
                         WHERE member_id = ANY ($1) AND counts_at > $2
                         GROUP BY member_id""")
                .bind(0, members.toArray(UUID[]::new))
                .bind(1, since)
                .bind(2, now)
                .map((row, _) -> new Sum(
                        required(row, 0, UUID.class), required(row, 1, Long.class), required(row, 2, Long.class)))
                .all()
                .collectList();
    }

    /// False when less than nothing would be left.
    Mono<Boolean> correct(UUID community, Entry entry) {
        var correction = Objects.requireNonNull(entry.correction());
        return database.sql("""
                        WITH account AS (
                            UPDATE hours_account SET seconds = seconds + $4
                             WHERE member_id = $3 AND seconds + $4 >= 0 RETURNING member_id)
                        INSERT INTO hours_entry (entry_id, community_id, member_id, seconds, counts_at, recorded_by,
                                                 reason, recorded_at)
                        SELECT $1, $2, member_id, $4, $5, $6, $7, $8 FROM account""")
                .bind(0, entry.id())
                .bind(1, community)
                .bind(2, entry.member())
                .bind(3, entry.seconds())
                .bind(4, entry.countsAt())
                .bind(5, correction.by())
                .bind(6, correction.reason())
                .bind(7, entry.recordedAt())
                .fetch()
                .rowsUpdated()
                .map(corrected -> corrected == 1);
    }

    Mono<List<Entry>> list(UUID member, Period period, UUID after, int limit) {
        return database.sql("""
                        SELECT entry_id, member_id, seconds, counts_at, recorded_at, task_id, recorded_by, reason
                          FROM hours_entry
                         WHERE member_id = $1 AND counts_at >= $2 AND counts_at < $3 AND entry_id > $4
                         ORDER BY entry_id LIMIT $5""")
                .bind(0, member)
                .bind(1, period.from())
                .bind(2, period.to())
                .bind(3, after)
                .bind(4, limit)
                .map(Hours::toEntry)
                .all()
                .collectList();
    }

    Mono<Totals> total(UUID member, Period period) {
        return database.sql("""
                        SELECT coalesce(sum(seconds), 0)::bigint, count(task_id),
                               coalesce((SELECT seconds FROM hours_account WHERE member_id = $1), 0)
                          FROM hours_entry WHERE member_id = $1 AND counts_at >= $2 AND counts_at < $3""")
                .bind(0, member)
                .bind(1, period.from())
                .bind(2, period.to())
                .map(row -> new Totals(
                        required(row, 0, Long.class), required(row, 1, Long.class), required(row, 2, Long.class)))
                .one();
    }

    private static Entry toEntry(Readable row) {
        return new Entry(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, Long.class),
                required(row, 3, Instant.class),
                required(row, 4, Instant.class),
                row.get(5, UUID.class),
                row.get(5) == null
                        ? new Entry.Correction(required(row, 6, UUID.class), required(row, 7, String.class))
                        : null);
    }
}
