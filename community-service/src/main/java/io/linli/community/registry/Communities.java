package io.linli.community.registry;

import static io.linli.kit.data.Columns.required;

import io.linli.kit.web.Problem;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The communities of this installation; each sees only itself.
@Repository
class Communities {
    private final DatabaseClient database;

    Communities(DatabaseClient database) {
        this.database = database;
    }

    /// *Errors:* 409 `community-exists`.
    Mono<Community> insert(Community community) {
        return database.sql("INSERT INTO community (community_id, name, zone, created_at) VALUES ($1, $2, $3, $4)")
                .bind(0, community.id())
                .bind(1, community.name())
                .bind(2, community.zone())
                .bind(3, community.createdAt())
                .fetch()
                .rowsUpdated()
                .thenReturn(community)
                .onErrorMap(DuplicateKeyException.class, _ -> Problem.of(HttpStatus.CONFLICT, "community-exists"));
    }

    Mono<Community> find(UUID community) {
        return database.sql("SELECT community_id, name, zone, created_at FROM community WHERE community_id = $1")
                .bind(0, community)
                .map(Communities::read)
                .one();
    }

    Mono<List<Community>> findAll(UUID after, int limit) {
        return database.sql("""
                        SELECT community_id, name, zone, created_at FROM community
                         WHERE community_id > $1 ORDER BY community_id LIMIT $2""")
                .bind(0, after)
                .bind(1, limit)
                .map(Communities::read)
                .all()
                .collectList();
    }

    Mono<List<Community>> findThese(Collection<UUID> communities, UUID after, int limit) {
        return database.sql("""
                        SELECT community_id, name, zone, created_at FROM community
                         WHERE community_id = ANY ($3) AND community_id > $1 ORDER BY community_id LIMIT $2""")
                .bind(0, after)
                .bind(1, limit)
                .bind(2, communities.toArray(UUID[]::new))
                .map(Communities::read)
                .all()
                .collectList();
    }

    private static Community read(Readable row) {
        return new Community(
                required(row, 0, UUID.class),
                required(row, 1, String.class),
                required(row, 2, String.class),
                required(row, 3, Instant.class));
    }
}
