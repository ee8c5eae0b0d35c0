package io.linli.dispatch.help.detail;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Parameters;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// How households rated their help, once per round.
@Repository
public class Ratings {

    private final DatabaseClient database;

    Ratings(DatabaseClient database) {
        this.database = database;
    }

    public record Rating(int stars, @Nullable String comment) {}

    /// Which request was rated by whom, and when.
    public record Occasion(UUID community, UUID request, int round, UUID by, Instant at) {}

    public Mono<Void> add(Occasion occasion, Rating rating) {
        var comment = rating.comment();
        return database.sql("""
                        INSERT INTO help_rating (community_id, request_id, round, rated_by, rated_at, stars, comment)
                        VALUES ($1, $2, $3, $4, $5, $6, $7)""")
                .bind(0, occasion.community())
                .bind(1, occasion.request())
                .bind(2, occasion.round())
                .bind(3, occasion.by())
                .bind(4, occasion.at())
                .bind(5, rating.stars())
                .bind(6, comment == null ? Parameters.in(String.class) : Parameters.in(comment))
                .fetch()
                .rowsUpdated()
                .then();
    }

    public Mono<Rating> find(UUID request, int round) {
        return database.sql("SELECT stars, comment FROM help_rating WHERE request_id = $1 AND round = $2")
                .bind(0, request)
                .bind(1, round)
                .map(row -> new Rating(required(row, 0, Integer.class), row.get(1, String.class)))
                .one();
    }
}
