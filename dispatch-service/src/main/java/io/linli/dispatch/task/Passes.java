package io.linli.dispatch.task;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Who is not asked again, and for how long.
@Repository
class Passes {

    private final DatabaseClient database;

    Passes(DatabaseClient database) {
        this.database = database;
    }

    /// A volunteer who is not offered this again: for good where `until` is absent.
    ///
    /// @param subject the parcel, else the task
    record Pass(
            UUID subject,
            UUID volunteer,
            UUID community,
            @Nullable Instant until) {}

    Mono<Void> save(List<Pass> passes) {
        return database.sql("""
                        INSERT INTO task_pass (subject_id, volunteer_id, community_id, barred_until)
                        SELECT subject_id, volunteer_id, community_id, coalesce(barred_until, 'infinity')
                          FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[])
                            AS n (subject_id, volunteer_id, community_id, barred_until)
                        ON CONFLICT (subject_id, volunteer_id) DO UPDATE
                        SET barred_until = greatest(task_pass.barred_until, excluded.barred_until)""")
                .bind(0, passes.stream().map(Pass::subject).toArray(UUID[]::new))
                .bind(1, passes.stream().map(Pass::volunteer).toArray(UUID[]::new))
                .bind(2, passes.stream().map(Pass::community).toArray(UUID[]::new))
                .bind(3, passes.stream().map(Pass::until).toArray(Instant[]::new))
                .fetch()
                .rowsUpdated()
                .then();
    }
}
