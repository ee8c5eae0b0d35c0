package io.linli.community.households;

import static io.linli.kit.data.Columns.required;

import io.linli.community.privacy.Binding;
import io.linli.community.privacy.BlindIndex;
import io.linli.community.privacy.Sealer;
import io.linli.kit.web.Problem;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Households; rooms are sealed on the way in and opened on the way out. A change raises the version in the same
/// statement, so that versions follow the order in which changes took hold.
@Repository
class Households {
    private static final String WITH_ADDRESS = """
            SELECT h.id, h.community_id, h.version, b.id, b.name, u.id, u.name, h.floor, h.room_sealed, h.size,
                   h.mobility, h.quarantine, h.frail, h.station_consent
              FROM %s h JOIN unit u ON u.id = h.unit_id JOIN building b ON b.id = u.building_id
            """;
    private static final String STORED = WITH_ADDRESS.formatted("household");
    private static final String CHANGED = WITH_ADDRESS.formatted("changed");

    private final DatabaseClient database;
    private final Sealer sealer;
    private final BlindIndex index;

    Households(DatabaseClient database, Sealer sealer, BlindIndex index) {
        this.database = database;
        this.sealer = sealer;
        this.index = index;
    }

    /// *Errors:* 404 `unit-not-found`, 409 `room-taken`.
    Mono<Household> insert(UUID community, UUID id, UUID unit, String room, int floor, int size) {
        return database.sql("""
                        WITH changed AS (
                            INSERT INTO household (community_id, id, unit_id, room_sealed, room_index, floor, size)
                            SELECT $1, $2, id, $4, $5, $6, $7 FROM unit WHERE id = $3
                            RETURNING *)
                        """ + CHANGED)
                .bind(0, community)
                .bind(1, id)
                .bind(2, unit)
                .bind(3, sealer.seal(room, Binding.ofRoom(community, id)))
                .bind(4, index.ofRoom(unit, room))
                .bind(5, floor)
                .bind(6, size)
                .map(this::read)
                .one()
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "unit-not-found")))
                .onErrorMap(DuplicateKeyException.class, _ -> Problem.of(HttpStatus.CONFLICT, "room-taken"));
    }

    Mono<Household> find(UUID household) {
        return database.sql(STORED + "WHERE h.id = $1")
                .bind(0, household)
                .map(this::read)
                .one();
    }

    Mono<List<Household>> findThese(List<UUID> households) {
        return database.sql(STORED + "WHERE h.id = ANY ($1)")
                .bind(0, households.toArray(UUID[]::new))
                .map(this::read)
                .all()
                .collectList();
    }

    /// An entrance of a building.
    record Place(UUID unit, String unitName, UUID buildingId, String building) {}

    /// A room as somebody wrote it.
    record Room(UUID building, UUID unit, String room) {}

    /// All entrances of the community.
    Mono<List<Place>> findPlaces() {
        return database.sql("SELECT u.id, u.name, b.id, b.name FROM unit u JOIN building b ON b.id = u.building_id")
                .map(row -> new Place(
                        required(row, 0, UUID.class),
                        required(row, 1, String.class),
                        required(row, 2, UUID.class),
                        required(row, 3, String.class)))
                .all()
                .collectList();
    }

    /// Who lives in these rooms.
    Mono<Map<Room, UUID>> findByRooms(List<Room> rooms) {
        return database.sql("""
                        SELECT asked.place::int, h.id
                          FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS asked (unit_id, room_index, place)
                          JOIN household h ON h.unit_id = asked.unit_id
                                          AND h.room_index = decode(asked.room_index, 'hex')""")
                .bind(0, rooms.stream().map(Room::unit).toArray(UUID[]::new))
                .bind(1, rooms.stream().map(this::hex).toArray(String[]::new))
                .map(row -> Map.entry(rooms.get(required(row, 0, Integer.class) - 1), required(row, 1, UUID.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private String hex(Room room) {
        return HexFormat.of().formatHex(index.ofRoom(room.unit(), room.room()));
    }

    Mono<List<Household>> findPage(UUID community, @Nullable UUID building, UUID after, int limit) {
        return database.sql(STORED + """
                        WHERE h.community_id = $1 AND h.id > $2 AND ($4::uuid IS NULL OR b.id = $4)
                        ORDER BY h.id LIMIT $3""")
                .bind(0, community)
                .bind(1, after)
                .bind(2, limit)
                .bind(3, building == null ? Parameters.in(UUID.class) : Parameters.in(building))
                .map(this::read)
                .all()
                .collectList();
    }

    /// The household after the change; empty when it is not there or was like that already.
    Mono<Household> setStationConsent(UUID household, boolean granted) {
        return database.sql("""
                        WITH changed AS (
                            UPDATE household SET station_consent = $2, version = version + 1
                             WHERE id = $1 AND station_consent <> $2
                            RETURNING *)
                        """ + CHANGED)
                .bind(0, household)
                .bind(1, granted)
                .map(this::read)
                .one();
    }

    /// The household after the change; empty when it is not there or was like that already.
    Mono<Household> setCare(UUID household, CareNeeds care) {
        return database.sql("""
                        WITH changed AS (
                            UPDATE household SET mobility = $2, quarantine = $3, frail = $4, version = version + 1
                             WHERE id = $1 AND (mobility, quarantine, frail) <> ($2, $3, $4)
                            RETURNING *)
                        """ + CHANGED)
                .bind(0, household)
                .bind(1, care.mobility())
                .bind(2, care.quarantine())
                .bind(3, care.frail())
                .map(this::read)
                .one();
    }

    private Household read(Readable row) {
        var id = required(row, 0, UUID.class);
        var community = required(row, 1, UUID.class);
        return new Household(
                id,
                community,
                required(row, 2, Long.class),
                required(row, 3, UUID.class),
                required(row, 4, String.class),
                required(row, 5, UUID.class),
                required(row, 6, String.class),
                required(row, 7, Integer.class),
                sealer.open(required(row, 8, byte[].class), Binding.ofRoom(community, id)),
                required(row, 9, Integer.class),
                new CareNeeds(
                        required(row, 10, Boolean.class),
                        required(row, 11, Boolean.class),
                        required(row, 12, Boolean.class)),
                required(row, 13, Boolean.class));
    }
}
