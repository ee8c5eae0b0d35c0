package io.linli.station.pickup;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Wrong codes, counted per label and per keeper. Reading a counter locks it until the end of the transaction, so many
/// guesses at once are judged one after the other.
@Repository
class Guesses {
    private final DatabaseClient database;

    record OfKeeper(int wrongInWindow, @Nullable Instant oldest) {}

    record OfLabel(int wrong, Instant lastWrongAt) {}

    Guesses(DatabaseClient database) {
        this.database = database;
    }

    /// The keeper's wrong codes since then; older ones are forgotten.
    Mono<OfKeeper> lockKeeper(UUID community, UUID keeper, Instant since) {
        return database.sql("""
                        INSERT INTO keeper_guess AS known (community_id, keeper_id, wrong_at)
                        VALUES (:community, :keeper, '{}')
                            ON CONFLICT (community_id, keeper_id) DO UPDATE
                           SET wrong_at = ARRAY(SELECT at FROM unnest(known.wrong_at) AS at
                                             WHERE at > :since ORDER BY at)
                        RETURNING cardinality(wrong_at), wrong_at[1]""")
                .bind("community", community)
                .bind("keeper", keeper)
                .bind("since", since)
                .map((row, _) -> toOfKeeper(row))
                .one();
    }

    private static OfKeeper toOfKeeper(Readable row) {
        return new OfKeeper(required(row, 0, Integer.class), row.get(1, Instant.class));
    }

    Mono<OfLabel> lockLabel(UUID community, String label, UUID household, Instant now) {
        return database.sql("""
                        INSERT INTO label_guess AS known (community_id, label, household_id, wrong, last_wrong_at)
                        VALUES (:community, :label, :household, 0, :now)
                            ON CONFLICT (community_id, label) DO UPDATE SET wrong = known.wrong
                        RETURNING wrong, last_wrong_at""")
                .bind("community", community)
                .bind("label", label)
                .bind("household", household)
                .bind("now", now)
                .map((row, _) -> new OfLabel(required(row, 0, Integer.class), required(row, 1, Instant.class)))
                .one();
    }

    Mono<Void> countWrong(UUID community, String label, UUID keeper, Instant now) {
        return database.sql("""
                        WITH of_keeper AS (
                            UPDATE keeper_guess SET wrong_at = wrong_at || :now::timestamptz
                             WHERE community_id = :community AND keeper_id = :keeper)
                        UPDATE label_guess SET wrong = wrong + 1, last_wrong_at = :now
                         WHERE community_id = :community AND label = :label""")
                .bind("community", community)
                .bind("label", label)
                .bind("keeper", keeper)
                .bind("now", now)
                .fetch()
                .rowsUpdated()
                .then();
    }

    Mono<Void> forgetLabel(UUID community, String label) {
        return database.sql("DELETE FROM label_guess WHERE community_id = :community AND label = :label")
                .bind("community", community)
                .bind("label", label)
                .fetch()
                .rowsUpdated()
                .then();
    }
}
