package io.linli.dispatch.help;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The help requests, for those who read them; without a word of what they say.
@Repository
class HelpPages {

    private static final String SELECT = "SELECT " + HelpRows.COLUMNS + " FROM help_request ";

    private final DatabaseClient database;

    HelpPages(DatabaseClient database) {
        this.database = database;
    }

    /// Whose requests: all of them, those of a household, those a member asked for and may see still, or helps with
    /// at this moment.
    sealed interface View {
        record All() implements View {}

        record Household(UUID household) implements View {}

        /// @param led the building whose floors this member leads
        /// @param every sees those of every household
        record Asked(
                UUID member,
                @Nullable UUID household,
                @Nullable UUID led,
                boolean every) implements View {}

        record Helping(UUID volunteer) implements View {}
    }

    record Wanted(View view, @Nullable String state, UUID after, int rowsMax) {}

    Mono<HelpRequest> find(UUID community, UUID id) {
        return database.sql(SELECT + "WHERE request_id = $1 AND community_id = $2")
                .bind(0, id)
                .bind(1, community)
                .map(HelpRows::toRequest)
                .one();
    }

    Mono<List<HelpRequest>> list(UUID community, Wanted wanted) {
        var query = database.sql(SELECT + "WHERE " + restriction(wanted.view()) + " " + """
                         AND community_id = $2 AND request_id > $3 AND ($4::text IS NULL OR state = $4)
                         ORDER BY request_id LIMIT $5""")
                .bind(0, subject(community, wanted.view()))
                .bind(1, community)
                .bind(2, wanted.after())
                .bind(4, wanted.rowsMax());
        var state = wanted.state();
        query = state == null ? query.bindNull(3, String.class) : query.bind(3, state);
        return (wanted.view() instanceof View.Asked asked ? within(query, asked) : query)
                .map(HelpRows::toRequest)
                .all()
                .collectList();
    }

    private static DatabaseClient.GenericExecuteSpec within(DatabaseClient.GenericExecuteSpec query, View.Asked asked) {
        return query.bind(5, asked.every())
                .bind(6, parameter(asked.household()))
                .bind(7, parameter(asked.led()));
    }

    private static Parameter parameter(@Nullable UUID id) {
        return id == null ? Parameters.in(UUID.class) : Parameters.in(id);
    }

    private static String restriction(View view) {
        return switch (view) {
            case View.All _ -> "community_id = $1";
            case View.Household _ -> "household_id = $1";
            case View.Asked _ -> "asked_by = $1 AND ($6 OR household_id = $7 OR building_id = $8)";
            case View.Helping _ -> "helper_member = $1 AND helper_kind = 'volunteer' AND state = 'in-progress'";
        };
    }

    private static UUID subject(UUID community, View view) {
        return switch (view) {
            case View.All _ -> community;
            case View.Household(var household) -> household;
            case View.Asked asked -> asked.member();
            case View.Helping(var volunteer) -> volunteer;
        };
    }

    /// A place in the queue; *Shape*: microseconds of the epoch, `_`, request id.
    record Place(Instant rank, UUID request) {
        static final Place FIRST = new Place(Instant.EPOCH, new UUID(0, 0));

        static Place of(HelpRequest request) {
            var rank = request.rank();
            return rank == null ? FIRST : new Place(rank, request.id());
        }

        /// *Errors:* `IllegalArgumentException` for a text of another shape.
        static Place parse(String cursor) {
            var cut = cursor.indexOf('_');
            var rank = Instant.EPOCH.plus(Long.parseLong(cursor.substring(0, Math.max(cut, 0))), ChronoUnit.MICROS);
            return new Place(rank, UUID.fromString(cursor.substring(cut + 1)));
        }

        String text() {
            return ChronoUnit.MICROS.between(Instant.EPOCH, rank) + "_" + request;
        }
    }

    /// What waits for a coordinator, the most pressing first.
    Mono<List<HelpRequest>> queue(UUID community, Place after, int rowsMax) {
        return database.sql(SELECT + """
                        WHERE community_id = $1 AND state IN ('open', 'triaged') AND (rank_at, request_id) > ($2, $3)
                        ORDER BY rank_at, request_id LIMIT $4""")
                .bind(0, community)
                .bind(1, after.rank())
                .bind(2, after.request())
                .bind(3, rowsMax)
                .map(HelpRows::toRequest)
                .all()
                .collectList();
    }
}
