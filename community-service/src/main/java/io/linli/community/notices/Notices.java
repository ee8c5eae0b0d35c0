package io.linli.community.notices;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The notices of all households.
@Repository
class Notices {
    private static final TypeReference<Map<String, Object>> DATA = new TypeReference<>() {};

    private final DatabaseClient database;
    private final JsonMapper json;

    Notices(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    Mono<Void> insert(UUID community, List<Notice> notices) {
        return database.sql("""
                        INSERT INTO notice (community_id, id, household_id, kind, subject_id, data, happened_at)
                        SELECT $1, id, household, kind, subject, data::jsonb, at
                          FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::timestamptz[])
                            AS told (id, household, kind, subject, data, at)""")
                .bind(0, community)
                .bind(1, each(notices, Notice::id, UUID[]::new))
                .bind(2, each(notices, Notice::household, UUID[]::new))
                .bind(3, each(notices, Notice::kind, String[]::new))
                .bind(4, each(notices, Notice::subject, UUID[]::new))
                .bind(5, each(notices, notice -> json.writeValueAsString(notice.data()), String[]::new))
                .bind(6, each(notices, Notice::at, Instant[]::new))
                .fetch()
                .rowsUpdated()
                .then();
    }

    private static <T> T[] each(List<Notice> notices, Function<Notice, T> part, IntFunction<T[]> array) {
        return notices.stream().map(part).toArray(array);
    }

    /// Newest first.
    Mono<List<Notice>> findPage(UUID household, UUID before, int limit) {
        return database.sql("""
                        SELECT id, household_id, kind, subject_id, data::text, happened_at FROM notice
                         WHERE household_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3""")
                .bind(0, household)
                .bind(1, before)
                .bind(2, limit)
                .map(this::read)
                .all()
                .collectList();
    }

    private Notice read(Readable row) {
        return new Notice(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, String.class),
                required(row, 3, UUID.class),
                json.readValue(required(row, 4, String.class), DATA),
                required(row, 5, Instant.class));
    }
}
