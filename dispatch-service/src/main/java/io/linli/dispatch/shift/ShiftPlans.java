package io.linli.dispatch.shift;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Readable;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The plans of shifts that repeat. A plan never changes.
@Repository
class ShiftPlans {

    private static final String SELECT = """
            SELECT plan_id, weekday, starts_local, ends_local, zone, places, valid_from, valid_until
              FROM shift_plan\s""";

    private final DatabaseClient database;

    ShiftPlans(DatabaseClient database) {
        this.database = database;
    }

    record Made(UUID by, Instant at) {}

    Mono<Void> add(UUID community, ShiftPlan plan, Made made) {
        return database.sql("""
                        INSERT INTO shift_plan (plan_id, community_id, weekday, starts_local, ends_local, zone, places,
                                                valid_from, valid_until, made_by, made_at)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""")
                .bind(0, plan.id())
                .bind(1, community)
                .bind(2, plan.weekday().getValue())
                .bind(3, plan.startsLocal())
                .bind(4, plan.endsLocal())
                .bind(5, plan.zone().getId())
                .bind(6, plan.places())
                .bind(7, plan.validFrom())
                .bind(8, plan.validUntil())
                .bind(9, made.by())
                .bind(10, made.at())
                .fetch()
                .rowsUpdated()
                .then();
    }

    Mono<ShiftPlan> find(UUID community, UUID plan) {
        return database.sql(SELECT + "WHERE community_id = $1 AND plan_id = $2")
                .bind(0, community)
                .bind(1, plan)
                .map(ShiftPlans::toPlan)
                .one();
    }

    Mono<List<ShiftPlan>> list(UUID community, UUID after, int limit) {
        return database.sql(SELECT + "WHERE community_id = $1 AND plan_id > $2 ORDER BY plan_id LIMIT $3")
                .bind(0, community)
                .bind(1, after)
                .bind(2, limit)
                .map(ShiftPlans::toPlan)
                .all()
                .collectList();
    }

    private static ShiftPlan toPlan(Readable row) {
        return new ShiftPlan(
                required(row, 0, UUID.class),
                DayOfWeek.of(required(row, 1, Integer.class)),
                required(row, 2, LocalTime.class),
                required(row, 3, LocalTime.class),
                ZoneId.of(required(row, 4, String.class)),
                required(row, 5, Integer.class),
                required(row, 6, LocalDate.class),
                required(row, 7, LocalDate.class));
    }
}
