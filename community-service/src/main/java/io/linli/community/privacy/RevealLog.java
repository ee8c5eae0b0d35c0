package io.linli.community.privacy;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
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
        return write(community, List.of(reveal));
    }

    /// All at once.
    public Mono<Void> write(UUID community, List<Reveal> reveals) {
        return database.sql("""
                        INSERT INTO reveal
                               (community_id, id, household_id, what, role, account_id, member_id, task_id, seen_at)
                        SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[],
                                                 $7::uuid[], $8::uuid[], $9::timestamptz[])""")
                .bind(0, community)
                .bind(1, ids(reveals, Reveal::id))
                .bind(2, ids(reveals, Reveal::household))
                .bind(3, texts(reveals, reveal -> reveal.what().text()))
                .bind(4, texts(reveals, Reveal::role))
                .bind(5, ids(reveals, Reveal::account))
                .bind(6, ids(reveals, Reveal::member))
                .bind(7, ids(reveals, Reveal::task))
                .bind(8, texts(reveals, reveal -> reveal.at().toString()))
                .fetch()
                .rowsUpdated()
                .then();
    }

    private static @Nullable UUID[] ids(List<Reveal> reveals, Function<Reveal, @Nullable UUID> id) {
        return reveals.stream().map(id).toArray(UUID[]::new);
    }

    private static String[] texts(List<Reveal> reveals, Function<Reveal, String> text) {
        return reveals.stream().map(text).toArray(String[]::new);
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
