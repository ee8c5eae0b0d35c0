package io.linli.community.privacy;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The log of who was shown what, written in the transaction that shows it; rows are only ever added.
@Repository
public class RevealLog {
    private final DatabaseClient database;

    RevealLog(DatabaseClient database) {
        this.database = database;
    }

    public Mono<Void> write(UUID community, Reveal reveal) {
        return database.sql("""
                        INSERT INTO reveal
                               (community_id, id, household_id, what, role, account_id, member_id, task_id, seen_at)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)""")
                .bind(0, community)
                .bind(1, reveal.id())
                .bind(2, reveal.household())
                .bind(3, reveal.what().text())
                .bind(4, reveal.role())
                .bind(5, reveal.account())
                .bind(6, nullable(reveal.member()))
                .bind(7, nullable(reveal.task()))
                .bind(8, reveal.at())
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// Newest first.
    public Mono<List<Reveal>> findPage(UUID household, UUID before, int limit) {
        return database.sql("""
                        SELECT id, household_id, what, role, account_id, member_id, task_id, seen_at FROM reveal
                         WHERE household_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3""")
                .bind(0, household)
                .bind(1, before)
                .bind(2, limit)
                .map(RevealLog::read)
                .all()
                .collectList();
    }

    private static Parameter nullable(@Nullable UUID id) {
        return id == null ? Parameters.in(UUID.class) : Parameters.in(id);
    }

    private static Reveal read(Readable row) {
        return new Reveal(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                Reveal.What.ofText(required(row, 2, String.class)),
                required(row, 3, String.class),
                required(row, 4, UUID.class),
                row.get(5, UUID.class),
                row.get(6, UUID.class),
                required(row, 7, Instant.class));
    }
}
