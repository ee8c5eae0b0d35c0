package io.linli.dispatch.task;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// What was heard of each parcel, so that events may come twice or in any order, and who passed on it.
@Repository
class Parcels {

    private final DatabaseClient database;

    Parcels(DatabaseClient database) {
        this.database = database;
    }

    /// Notes that a version became ready; false when this or a newer one is known, or the parcel is over. The row stays
    /// locked, so everything about one parcel happens one after the other.
    Mono<Boolean> ready(UUID community, UUID parcel, long version) {
        return database.sql("""
                        INSERT INTO parcel (parcel_id, community_id, ready_version, over) VALUES ($1, $2, $3, false)
                        ON CONFLICT (parcel_id) DO UPDATE SET ready_version = excluded.ready_version
                        WHERE NOT parcel.over AND parcel.ready_version < excluded.ready_version""")
                .bind(0, parcel)
                .bind(1, community)
                .bind(2, version)
                .fetch()
                .rowsUpdated()
                .map(written -> written == 1);
    }

    /// Notes that the parcel needs no volunteer any more.
    Mono<Void> over(UUID community, UUID parcel) {
        return database.sql("""
                        INSERT INTO parcel (parcel_id, community_id, ready_version, over) VALUES ($1, $2, 0, true)
                        ON CONFLICT (parcel_id) DO UPDATE SET over = true""")
                .bind(0, parcel)
                .bind(1, community)
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// A volunteer who is not offered a parcel again: for good where `until` is absent.
    record Pass(
            UUID parcel,
            UUID volunteer,
            UUID community,
            @Nullable Instant until) {}

    Mono<Void> pass(List<Pass> passes) {
        return database.sql("""
                        INSERT INTO parcel_pass (parcel_id, volunteer_id, community_id, barred_until)
                        SELECT parcel_id, volunteer_id, community_id, coalesce(barred_until, 'infinity')
                          FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[])
                            AS n (parcel_id, volunteer_id, community_id, barred_until)
                        ON CONFLICT (parcel_id, volunteer_id) DO UPDATE
                        SET barred_until = greatest(parcel_pass.barred_until, excluded.barred_until)""")
                .bind(0, passes.stream().map(Pass::parcel).toArray(UUID[]::new))
                .bind(1, passes.stream().map(Pass::volunteer).toArray(UUID[]::new))
                .bind(2, passes.stream().map(Pass::community).toArray(UUID[]::new))
                .bind(3, passes.stream().map(Pass::until).toArray(Instant[]::new))
                .fetch()
                .rowsUpdated()
                .then();
    }
}
