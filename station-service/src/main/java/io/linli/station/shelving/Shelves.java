package io.linli.station.shelving;

import static io.linli.kit.data.Columns.required;

import io.linli.station.shelving.ShelfPlan.Slot;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Shelves, their slots and the running number of the labels.
@Repository
class Shelves {
    private static final int BESIDE_EACH = 16;

    private final DatabaseClient database;

    /// A slot with what goes there.
    record Placing(Slot slot, UUID parcelId, UUID householdId) {}

    Shelves(DatabaseClient database) {
        this.database = database;
    }

    /// Whether the shelf is new; a number that is taken changes nothing.
    Mono<Boolean> add(UUID community, Shelf shelf) {
        return database.sql("""
                        WITH added AS (
                            INSERT INTO shelf (community_id, shelf, kind, levels, positions)
                            VALUES (:community, :shelf, :kind, :levels, :positions)
                                ON CONFLICT DO NOTHING
                            RETURNING community_id, shelf)
                        INSERT INTO slot (community_id, shelf, level, position)
                        SELECT added.community_id, added.shelf, level, position
                          FROM added, generate_series(1, :levels) AS level,
                               generate_series(1, :positions) AS position""")
                .bind("community", community)
                .bind("shelf", shelf.shelf())
                .bind("kind", shelf.chilled() ? "chilled" : "ambient")
                .bind("levels", shelf.levels())
                .bind("positions", shelf.positions())
                .fetch()
                .rowsUpdated()
                .map(slots -> slots > 0);
    }

    Mono<List<Shelf>> findPage(UUID community, @Nullable Integer after, int limit) {
        return database.sql("""
                        SELECT shelf, kind = 'chilled', levels, positions,
                               (SELECT count(*)::int FROM slot
                                 WHERE slot.community_id = shelf.community_id AND slot.shelf = shelf.shelf
                                   AND slot.parcel_id IS NULL)
                          FROM shelf
                         WHERE community_id = :community AND (:after::int IS NULL OR shelf > :after)
                         ORDER BY shelf
                         LIMIT :limit""")
                .bind("community", community)
                .bind("after", after == null ? Parameters.in(Integer.class) : after)
                .bind("limit", limit + 1)
                .map((row, _) -> toShelf(row))
                .all()
                .collectList();
    }

    private static Shelf toShelf(Readable row) {
        return new Shelf(
                required(row, 0, Integer.class),
                required(row, 1, Boolean.class),
                required(row, 2, Integer.class),
                required(row, 3, Integer.class),
                required(row, 4, Integer.class));
    }

    /// Takes `count` numbers and answers the first of them. The row stays locked until the end of the transaction, so
    /// the next to choose slots sees which are occupied.
    Mono<Long> takeLabelNumbers(UUID community, int count) {
        return database.sql("""
                        INSERT INTO label_counter AS counter (community_id, last) VALUES (:community, :count)
                            ON CONFLICT (community_id) DO UPDATE SET last = counter.last + :count
                        RETURNING last - :count + 1""")
                .bind("community", community)
                .bind("count", (long) count)
                .map((row, _) -> required(row, 0, Long.class))
                .one();
    }

    /// As many free slots as `count` parcels can need of each kind that [ShelfPlan] chooses by: the lowest, the first
    /// in the order of places, and some next to each neighbour.
    Mono<List<Slot>> findFree(UUID community, int count, Collection<Slot> neighbours) {
        return database.sql("""
                        WITH free AS NOT MATERIALIZED (
                            SELECT slot.shelf, slot.level, slot.position, shelf.kind = 'chilled' AS chilled
                              FROM slot JOIN shelf USING (community_id, shelf)
                             WHERE slot.community_id = :community AND slot.parcel_id IS NULL)
                        (SELECT * FROM free ORDER BY chilled, level, shelf, position LIMIT :count)
                        UNION
                        (SELECT * FROM free ORDER BY chilled, level = 1, shelf, level, position LIMIT :count)
                        UNION
                        SELECT beside.* FROM unnest(:shelves, :levels, :positions) AS near (shelf, level, position),
                               LATERAL (SELECT * FROM free WHERE free.shelf = near.shelf
                                         ORDER BY abs(free.level - near.level) * :levelDistance
                                                  + abs(free.position - near.position)
                                         LIMIT :beside) AS beside""")
                .bind("community", community)
                .bind("count", count)
                .bind("levelDistance", ShelfPlan.LEVEL_DISTANCE)
                .bind("beside", BESIDE_EACH)
                .bind("shelves", of(neighbours, Slot::shelf))
                .bind("levels", of(neighbours, Slot::level))
                .bind("positions", of(neighbours, Slot::position))
                .map((row, _) -> toSlot(row))
                .all()
                .collectList();
    }

    /// Where something of these households lies already, one slot each.
    Mono<Map<UUID, Slot>> findNeighbours(UUID community, Collection<UUID> households) {
        return database.sql("""
                        SELECT DISTINCT ON (slot.household_id)
                               slot.shelf, slot.level, slot.position, shelf.kind = 'chilled', slot.household_id
                          FROM slot JOIN shelf USING (community_id, shelf)
                         WHERE slot.community_id = :community AND slot.parcel_id IS NOT NULL
                           AND slot.household_id = ANY (:households)
                         ORDER BY slot.household_id, slot.shelf, slot.level, slot.position""")
                .bind("community", community)
                .bind("households", households.toArray(UUID[]::new))
                .map((row, _) -> Map.entry(required(row, 4, UUID.class), toSlot(row)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private static Slot toSlot(Readable row) {
        return new Slot(
                required(row, 0, Integer.class),
                required(row, 1, Integer.class),
                required(row, 2, Integer.class),
                required(row, 3, Boolean.class));
    }

    /// Puts each parcel on its slot. *Errors:* `OptimisticLockingFailureException` when one of the slots is not free.
    Mono<Void> occupy(UUID community, List<Placing> placings) {
        return database.sql("""
                        UPDATE slot SET parcel_id = placed.parcel, household_id = placed.household
                          FROM unnest(:shelves, :levels, :positions, :parcels, :households)
                            AS placed (shelf, level, position, parcel, household)
                         WHERE slot.community_id = :community AND slot.shelf = placed.shelf
                           AND slot.level = placed.level AND slot.position = placed.position
                           AND slot.parcel_id IS NULL""")
                .bind("community", community)
                .bind("shelves", each(placings, placing -> placing.slot().shelf(), Integer[]::new))
                .bind("levels", each(placings, placing -> placing.slot().level(), Integer[]::new))
                .bind("positions", each(placings, placing -> placing.slot().position(), Integer[]::new))
                .bind("parcels", each(placings, Placing::parcelId, UUID[]::new))
                .bind("households", each(placings, Placing::householdId, UUID[]::new))
                .fetch()
                .rowsUpdated()
                .flatMap(occupied -> occupied == placings.size()
                        ? Mono.empty()
                        : Mono.error(new OptimisticLockingFailureException("a slot was taken meanwhile")));
    }

    Mono<Void> vacate(UUID community, Collection<UUID> parcels) {
        return database.sql("""
                        UPDATE slot SET parcel_id = NULL, household_id = NULL
                         WHERE community_id = :community AND parcel_id = ANY (:parcels)""")
                .bind("community", community)
                .bind("parcels", parcels.toArray(UUID[]::new))
                .fetch()
                .rowsUpdated()
                .then();
    }

    private static Integer[] of(Collection<Slot> slots, Function<Slot, Integer> part) {
        return slots.stream().map(part).toArray(Integer[]::new);
    }

    private static <T> T[] each(List<Placing> placings, Function<Placing, T> part, IntFunction<T[]> array) {
        return placings.stream().map(part).toArray(array);
    }
}
