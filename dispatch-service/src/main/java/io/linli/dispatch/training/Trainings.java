package io.linli.dispatch.training;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The records of trainings.
@Repository
class Trainings {

    private static final String COLUMNS =
            " training_id, member_id, kind, trained_at, valid_until, recorded_by, recorded_at, revoked_by, revoked_at ";

    private final DatabaseClient database;

    Trainings(DatabaseClient database) {
        this.database = database;
    }

    record Held(UUID member, TrainingKind kind) {}

    /// False when the member is no volunteer of the community.
    Mono<Boolean> add(UUID community, Training training) {
        return database.sql("""
                        INSERT INTO training (training_id, community_id, member_id, kind, trained_at, valid_until,
                                              recorded_by, recorded_at)
                        SELECT $1, community_id, member_id, $4, $5, $6, $7, $8 FROM volunteer
                         WHERE community_id = $2 AND member_id = $3""")
                .bind(0, training.id())
                .bind(1, community)
                .bind(2, training.member())
                .bind(3, training.kind().word())
                .bind(4, training.trainedAt())
                .bind(5, training.validUntil())
                .bind(6, training.recordedBy())
                .bind(7, training.recordedAt())
                .fetch()
                .rowsUpdated()
                .map(added -> added == 1);
    }

    Mono<Training> findForUpdate(UUID community, UUID member, UUID training) {
        return database.sql("SELECT" + COLUMNS + """
                        FROM training WHERE community_id = $1 AND member_id = $2 AND training_id = $3 FOR UPDATE""")
                .bind(0, community)
                .bind(1, member)
                .bind(2, training)
                .map(Trainings::toTraining)
                .one();
    }

    Mono<Training> revoke(UUID training, Training.Revocation revocation) {
        return database.sql("""
                        UPDATE training SET revoked_by = $2, revoked_at = $3
                         WHERE training_id = $1 AND revoked_at IS NULL RETURNING""" + COLUMNS)
                .bind(0, training)
                .bind(1, revocation.by())
                .bind(2, revocation.at())
                .map(Trainings::toTraining)
                .one();
    }

    Mono<List<Training>> list(UUID community, UUID member, UUID after, int limit) {
        return database.sql("SELECT" + COLUMNS + """
                        FROM training WHERE community_id = $1 AND member_id = $2 AND training_id > $3
                        ORDER BY training_id LIMIT $4""")
                .bind(0, community)
                .bind(1, member)
                .bind(2, after)
                .bind(3, limit)
                .map(Trainings::toTraining)
                .all()
                .collectList();
    }

    Mono<List<Held>> listValid(Collection<UUID> members, Instant now) {
        return database.sql("""
                        SELECT DISTINCT member_id, kind FROM training
                         WHERE member_id = ANY ($1) AND trained_at <= $2 AND valid_until > $2 AND revoked_at IS NULL""")
                .bind(0, members.toArray(UUID[]::new))
                .bind(1, now)
                .map((row, _) ->
                        new Held(required(row, 0, UUID.class), TrainingKind.of(required(row, 1, String.class))))
                .all()
                .collectList();
    }

    private static Training toTraining(Readable row) {
        return new Training(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                TrainingKind.of(required(row, 2, String.class)),
                required(row, 3, Instant.class),
                required(row, 4, Instant.class),
                required(row, 5, UUID.class),
                required(row, 6, Instant.class),
                toRevocation(row));
    }

    private static Training.@Nullable Revocation toRevocation(Readable row) {
        return row.get(8) == null
                ? null
                : new Training.Revocation(required(row, 7, UUID.class), required(row, 8, Instant.class));
    }
}
