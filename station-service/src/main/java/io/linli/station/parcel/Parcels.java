package io.linli.station.parcel;

import static io.linli.kit.data.Columns.required;

import io.linli.station.parcel.ParcelState.Carrier;
import io.linli.station.parcel.ParcelState.Failure;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The parcels as they are now; what moves them is written by [Custody].
@Repository
class Parcels {
    private static final String SELECT = """
            SELECT parcel.id, parcel.consignment_id, parcel.group_buy_id, parcel.household_id,
                   ARRAY(SELECT order_id FROM parcel_order WHERE parcel_id = parcel.id ORDER BY order_id),
                   parcel.weight_grams, parcel.doorstep, parcel.attempts, parcel.carrier_news_at, parcel.version,
                   parcel.state, parcel.failure, parcel.label, parcel.carrier_task, parcel.carrier_member,
                   parcel.by_closure
              FROM parcel
            """;

    private final DatabaseClient database;

    /// What a list is narrowed to; null means any.
    record Filter(
            @Nullable UUID household,
            @Nullable UUID consignment,
            @Nullable String state) {}

    Parcels(DatabaseClient database) {
        this.database = database;
    }

    Mono<Parcel> find(UUID community, UUID parcel) {
        return select("WHERE parcel.community_id = :community AND parcel.id = :parcel")
                .bind("community", community)
                .bind("parcel", parcel)
                .map((row, _) -> toParcel(row))
                .one();
    }

    /// Locks the parcel until the end of the transaction; its household is locked before.
    Mono<Parcel> lock(UUID community, UUID parcel) {
        return select("WHERE parcel.community_id = :community AND parcel.id = :parcel FOR UPDATE OF parcel")
                .bind("community", community)
                .bind("parcel", parcel)
                .map((row, _) -> toParcel(row))
                .one();
    }

    Mono<Parcel> findByLabel(UUID community, String label) {
        return select("WHERE parcel.community_id = :community AND parcel.label = :label")
                .bind("community", community)
                .bind("label", label)
                .map((row, _) -> toParcel(row))
                .one();
    }

    /// Newest first, one more than `limit` when there is more.
    Mono<List<Parcel>> findPage(UUID community, Filter filter, @Nullable UUID before, int limit) {
        return select("""
                        WHERE parcel.community_id = :community
                          AND (:household::uuid IS NULL OR parcel.household_id = :household)
                          AND (:consignment::uuid IS NULL OR parcel.consignment_id = :consignment)
                          AND (:state::text IS NULL OR parcel.state = :state)
                          AND (:before::uuid IS NULL OR parcel.id < :before)
                        ORDER BY parcel.id DESC
                        LIMIT :limit""")
                .bind("community", community)
                .bind("household", orNull(filter.household(), UUID.class))
                .bind("consignment", orNull(filter.consignment(), UUID.class))
                .bind("state", orNull(filter.state(), String.class))
                .bind("before", orNull(before, UUID.class))
                .bind("limit", limit + 1)
                .map((row, _) -> toParcel(row))
                .all()
                .collectList();
    }

    Mono<List<UUID>> findHouseholds(UUID community, UUID consignment) {
        return database.sql("""
                        SELECT household_id FROM parcel
                         WHERE community_id = :community AND consignment_id = :consignment""")
                .bind("community", community)
                .bind("consignment", consignment)
                .map((row, _) -> required(row, 0, UUID.class))
                .all()
                .collectList();
    }

    Mono<List<Parcel>> findOfConsignment(UUID community, UUID consignment) {
        return select("""
                        WHERE parcel.community_id = :community AND parcel.consignment_id = :consignment
                        ORDER BY parcel.id""")
                .bind("community", community)
                .bind("consignment", consignment)
                .map((row, _) -> toParcel(row))
                .all()
                .collectList();
    }

    Mono<List<Parcel>> lockOfConsignment(UUID community, UUID consignment) {
        return select("""
                        WHERE parcel.community_id = :community AND parcel.consignment_id = :consignment
                        ORDER BY parcel.id
                          FOR UPDATE OF parcel""")
                .bind("community", community)
                .bind("consignment", consignment)
                .map((row, _) -> toParcel(row))
                .all()
                .collectList();
    }

    Mono<List<Parcel>> findReady(UUID community, UUID household) {
        return select("""
                        WHERE parcel.community_id = :community AND parcel.household_id = :household
                          AND parcel.state = 'ready'
                        ORDER BY parcel.id""")
                .bind("community", community)
                .bind("household", household)
                .map((row, _) -> toParcel(row))
                .all()
                .collectList();
    }

    /// The household's parcels on the shelf and those named; the household is locked before.
    Mono<List<Parcel>> lockOfHousehold(UUID community, UUID household, Collection<UUID> named) {
        return select("""
                        WHERE parcel.community_id = :community AND parcel.household_id = :household
                          AND (parcel.state = 'ready' OR parcel.id = ANY (:named))
                        ORDER BY parcel.id
                          FOR UPDATE OF parcel""")
                .bind("community", community)
                .bind("household", household)
                .bind("named", named.toArray(UUID[]::new))
                .map((row, _) -> toParcel(row))
                .all()
                .collectList();
    }

    /// What lies on the shelf for these households, who are locked before.
    Mono<List<Parcel>> lockReady(UUID community, Collection<UUID> households) {
        return select("""
                        WHERE parcel.community_id = :community AND parcel.household_id = ANY (:households)
                          AND parcel.state = 'ready'
                        ORDER BY parcel.id
                          FOR UPDATE OF parcel""")
                .bind("community", community)
                .bind("households", households.toArray(UUID[]::new))
                .map((row, _) -> toParcel(row))
                .all()
                .collectList();
    }

    /// Which of the households have something on the shelf.
    Mono<List<UUID>> findHouseholdsWithReady(UUID community, Collection<UUID> households) {
        return database.sql("""
                        SELECT DISTINCT household_id FROM parcel
                         WHERE community_id = :community AND state = 'ready' AND household_id = ANY (:households)""")
                .bind("community", community)
                .bind("households", households.toArray(UUID[]::new))
                .map((row, _) -> required(row, 0, UUID.class))
                .all()
                .collectList();
    }

    private DatabaseClient.GenericExecuteSpec select(String condition) {
        return database.sql(SELECT + condition);
    }

    private static Object orNull(@Nullable Object value, Class<?> type) {
        return value == null ? Parameters.in(type) : value;
    }

    private static Parcel toParcel(Readable row) {
        return new Parcel(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, UUID.class),
                required(row, 3, UUID.class),
                List.of(required(row, 4, UUID[].class)),
                required(row, 5, Long.class),
                required(row, 6, Boolean.class),
                required(row, 15, Boolean.class),
                required(row, 7, Integer.class),
                required(row, 8, Instant.class),
                required(row, 9, Long.class),
                toState(row));
    }

    private static ParcelState toState(Readable row) {
        var state = required(row, 10, String.class);
        return switch (state) {
            case "expected" -> new ParcelState.Expected();
            case "arrived" -> new ParcelState.Arrived();
            case "ready" -> new ParcelState.Ready(toLabel(row), toCarrier(row));
            case "out-for-doorstep" -> new ParcelState.OutForDoorstep(toLabel(row), toKnownCarrier(row));
            case "dropped" -> new ParcelState.Dropped(toLabel(row), toKnownCarrier(row));
            case "handed-over" -> new ParcelState.HandedOver(toLabel(row));
            case "delivered" -> new ParcelState.Delivered(toLabel(row));
            case "failed" ->
                new ParcelState.Failed(
                        Failure.valueOf(required(row, 11, String.class).toUpperCase(Locale.ROOT)),
                        row.get(12, String.class));
            default -> throw new IllegalStateException("unknown parcel state " + state);
        };
    }

    private static String toLabel(Readable row) {
        return required(row, 12, String.class);
    }

    private static @Nullable Carrier toCarrier(Readable row) {
        return row.get(13, UUID.class) == null ? null : toKnownCarrier(row);
    }

    private static Carrier toKnownCarrier(Readable row) {
        return new Carrier(required(row, 13, UUID.class), required(row, 14, UUID.class));
    }
}
