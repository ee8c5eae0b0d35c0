package io.linli.dispatch.help.detail;

import static io.linli.kit.data.Columns.required;

import io.linli.kit.data.Ids;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// What was asked for and reported in words, the medicine apart from the rest, and who looked at the medicine.
/// Whoever asks here has decided who may read it.
@Repository
public class HelpTexts {

    private static final int LOOKS_MAX = 200;

    private final DatabaseClient database;

    HelpTexts(DatabaseClient database) {
        this.database = database;
    }

    public Mono<Void> add(UUID community, UUID request, String text) {
        return database.sql("INSERT INTO help_text (request_id, community_id, text) VALUES ($1, $2, $3)")
                .bind(0, request)
                .bind(1, community)
                .bind(2, text)
                .fetch()
                .rowsUpdated()
                .then();
    }

    public Mono<Void> addMedicine(UUID community, UUID request, Medicine medicine) {
        return database.sql("""
                        INSERT INTO help_medicine (request_id, community_id, what, fetch_at, prescription_note)
                        VALUES ($1, $2, $3, $4, $5)""")
                .bind(0, request)
                .bind(1, community)
                .bind(2, medicine.what())
                .bind(3, medicine.fetchAt())
                .bind(4, parameter(medicine.prescriptionNote()))
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// What was said, and what a partner reported last.
    public record Said(String text, @Nullable String report) {}

    /// Empty when it is forgotten.
    public Mono<Said> find(UUID request) {
        return database.sql("SELECT text, report FROM help_text WHERE request_id = $1")
                .bind(0, request)
                .map(row -> new Said(required(row, 0, String.class), row.get(1, String.class)))
                .one();
    }

    public Mono<Void> report(UUID request, @Nullable String report) {
        return database.sql("UPDATE help_text SET report = $2 WHERE request_id = $1")
                .bind(0, request)
                .bind(1, parameter(report))
                .fetch()
                .rowsUpdated()
                .then();
    }

    public Mono<Medicine> findMedicine(UUID request) {
        return database.sql("SELECT what, fetch_at, prescription_note FROM help_medicine WHERE request_id = $1")
                .bind(0, request)
                .map(row -> new Medicine(
                        required(row, 0, String.class), required(row, 1, String.class), row.get(2, String.class)))
                .one();
    }

    public record Look(UUID member, Instant at) {}

    public Mono<Void> look(UUID community, UUID request, Look look) {
        return database.sql("""
                        INSERT INTO help_look (look_id, community_id, request_id, member_id, seen_at)
                        VALUES ($1, $2, $3, $4, $5)""")
                .bind(0, Ids.next())
                .bind(1, community)
                .bind(2, request)
                .bind(3, look.member())
                .bind(4, look.at())
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// The last ones, newest first.
    public Mono<List<Look>> findLooks(UUID request) {
        return database.sql("""
                        SELECT member_id, seen_at FROM help_look WHERE request_id = $1
                        ORDER BY look_id DESC LIMIT $2""")
                .bind(0, request)
                .bind(1, LOOKS_MAX)
                .map(row -> new Look(required(row, 0, UUID.class), required(row, 1, Instant.class)))
                .all()
                .collectList();
    }

    /// Forgets text, report and medicine of requests that were cancelled, or answered or closed before `before`; a
    /// bounded
    /// number of each. Needs a transaction across communities.
    Mono<Void> forget(Instant before, int limit) {
        return forget("help_medicine", before, limit).then(forget("help_text", before, limit));
    }

    /// Leaves alone what is being changed at this moment: it may be reopened just in time.
    private Mono<Void> forget(String table, Instant before, int limit) {
        return database.sql("""
                        DELETE FROM %1$s WHERE request_id = ANY (ARRAY(
                            SELECT request_id FROM %1$s JOIN help_request USING (request_id)
                             WHERE state = 'cancelled' OR state IN ('answered', 'closed') AND since < $1
                             LIMIT $2 FOR UPDATE OF help_request SKIP LOCKED))""".formatted(table))
                .bind(0, before)
                .bind(1, limit)
                .fetch()
                .rowsUpdated()
                .then();
    }

    private static Parameter parameter(@Nullable String text) {
        return text == null ? Parameters.in(String.class) : Parameters.in(text);
    }
}
