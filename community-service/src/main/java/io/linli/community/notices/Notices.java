package io.linli.community.notices;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
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
                        INSERT INTO notice (community_id, id, household_id, kind, subject_id, data, happened_at, member_id)
                        SELECT $1, id, household, kind, subject, data::jsonb, at, member
                          FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::timestamptz[],
                                      $8::uuid[])
                            AS told (id, household, kind, subject, data, at, member)""")
                .bind(0, community)
                .bind(1, each(notices, Notice::id, UUID[]::new))
                .bind(2, each(notices, Notice::household, UUID[]::new))
                .bind(3, each(notices, Notice::kind, String[]::new))
                .bind(4, each(notices, Notice::subject, UUID[]::new))
                .bind(5, each(notices, notice -> json.writeValueAsString(notice.data()), String[]::new))
                .bind(6, each(notices, Notice::at, Instant[]::new))
                .bind(7, each(notices, Notice::member, UUID[]::new))
                .fetch()
                .rowsUpdated()
                .then();
    }

    private static <T extends @Nullable Object> T[] each(
            List<Notice> notices, Function<Notice, T> part, IntFunction<T[]> array) {
        return notices.stream().map(part).toArray(array);
    }

    /// Keeps who placed an order for a household that is not theirs.
    Mono<Void> keepBuyer(UUID community, UUID order, UUID household, UUID buyer) {
        return database.sql("""
                        INSERT INTO ordered_for (order_id, community_id, household_id, member_id)
                        VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING""")
                .bind(0, order)
                .bind(1, community)
                .bind(2, household)
                .bind(3, buyer)
                .then();
    }

    /// An order that a member placed for a household.
    record OrderedFor(UUID order, UUID household, UUID member) {}

    /// Those of these orders that somebody placed for another household.
    Mono<List<OrderedFor>> findBuyers(Collection<UUID> orders) {
        return database.sql("SELECT order_id, household_id, member_id FROM ordered_for WHERE order_id = ANY($1)")
                .bind(0, orders.toArray(UUID[]::new))
                .map(row -> new OrderedFor(
                        required(row, 0, UUID.class), required(row, 1, UUID.class), required(row, 2, UUID.class)))
                .all()
                .collectList();
    }

    /// The members of other households who lead the floors of this one's building.
    Mono<List<UUID>> findFloorLeaders(UUID household) {
        return database.sql("""
                        SELECT leader.id
                          FROM household AS about JOIN unit ON unit.id = about.unit_id
                          JOIN unit AS theirs ON theirs.building_id = unit.building_id
                          JOIN household AS home ON home.unit_id = theirs.id
                          JOIN member AS leader ON leader.household_id = home.id
                         WHERE about.id = $1 AND home.id <> about.id AND 'floor-leader' = ANY (leader.roles)""")
                .bind(0, household)
                .map(row -> required(row, 0, UUID.class))
                .all()
                .collectList();
    }

    Mono<List<UUID>> findHouseholds(UUID building) {
        return database.sql("""
                        SELECT household.id FROM household JOIN unit ON unit.id = household.unit_id
                         WHERE unit.building_id = $1 ORDER BY household.id""")
                .bind(0, building)
                .map(row -> required(row, 0, UUID.class))
                .all()
                .collectList();
    }

    Mono<List<UUID>> findCoordinators() {
        return database.sql("SELECT id FROM member WHERE 'coordinator' = ANY (roles) ORDER BY id")
                .map(row -> required(row, 0, UUID.class))
                .all()
                .collectList();
    }

    /// Newest first: what a household is told, and what a member is told besides; neither has to be given.
    Mono<List<Notice>> findPage(@Nullable UUID household, @Nullable UUID member, UUID before, int limit) {
        return database.sql("""
                        SELECT id, household_id, kind, subject_id, data::text, happened_at, member_id FROM notice
                         WHERE (household_id = $1 AND member_id IS NULL OR member_id = $2) AND id < $3
                         ORDER BY id DESC LIMIT $4""")
                .bind(0, toParameter(household))
                .bind(1, toParameter(member))
                .bind(2, before)
                .bind(3, limit)
                .map(this::read)
                .all()
                .collectList();
    }

    private static Parameter toParameter(@Nullable UUID id) {
        return id == null ? Parameters.in(UUID.class) : Parameters.in(id);
    }

    private Notice read(Readable row) {
        return new Notice(
                required(row, 0, UUID.class),
                row.get(1, UUID.class),
                row.get(6, UUID.class),
                required(row, 2, String.class),
                required(row, 3, UUID.class),
                json.readValue(required(row, 4, String.class), DATA),
                required(row, 5, Instant.class));
    }
}
