package io.linli.station.consignment;

import static io.linli.kit.data.Columns.required;

import io.linli.station.consignment.Consignment.Shipment;
import io.linli.station.consignment.Consignment.State;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The consignments, one per group buy.
@Repository
class Consignments {
    private static final String SELECT = """
            SELECT id, group_buy_id, title, supplier_name, state, expected_at, arrived_at, checked_in_at, version,
                   shipment_id, carrier, waybill, shipment_status, shipment_sequence,
                   (SELECT count(*)::int FROM parcel WHERE parcel.consignment_id = consignment.id)
              FROM consignment
            """;

    private final DatabaseClient database;

    /// A consignment with how many parcels it holds.
    record Counted(Consignment consignment, int parcels) {}

    /// What a list is narrowed to; null means any.
    record Filter(@Nullable String state, @Nullable UUID groupBuy) {}

    Consignments(DatabaseClient database) {
        this.database = database;
    }

    /// Whether the consignment is new; a group buy has one.
    Mono<Boolean> add(UUID community, Consignment consignment) {
        return database.sql("""
                        INSERT INTO consignment (id, community_id, group_buy_id, title, supplier_name, state,
                                                 expected_at, version)
                        VALUES (:id, :community, :groupBuy, :title, :supplier, 'expected', :expectedAt, 1)
                            ON CONFLICT (community_id, group_buy_id) DO NOTHING""")
                .bind("id", consignment.id())
                .bind("community", community)
                .bind("groupBuy", consignment.groupBuyId())
                .bind("title", consignment.title())
                .bind("supplier", consignment.supplierName())
                .bind("expectedAt", consignment.expectedAt())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    Mono<Consignment> lock(UUID community, UUID consignment) {
        return database.sql(SELECT + "WHERE community_id = :community AND id = :consignment FOR UPDATE OF consignment")
                .bind("community", community)
                .bind("consignment", consignment)
                .map((row, _) -> toConsignment(row))
                .one();
    }

    Mono<Consignment> lockOfGroupBuy(UUID community, UUID groupBuy) {
        return database.sql(SELECT
                        + "WHERE community_id = :community AND group_buy_id = :groupBuy FOR UPDATE OF consignment")
                .bind("community", community)
                .bind("groupBuy", groupBuy)
                .map((row, _) -> toConsignment(row))
                .one();
    }

    Mono<Counted> find(UUID community, UUID consignment) {
        return database.sql(SELECT + "WHERE community_id = :community AND id = :consignment")
                .bind("community", community)
                .bind("consignment", consignment)
                .map((row, _) -> toCounted(row))
                .one();
    }

    /// Newest first, one more than `limit` when there is more.
    Mono<List<Counted>> findPage(UUID community, Filter filter, @Nullable UUID before, int limit) {
        return database.sql(SELECT + """
                        WHERE community_id = :community
                          AND (:state::text IS NULL OR state = :state)
                          AND (:groupBuy::uuid IS NULL OR group_buy_id = :groupBuy)
                          AND (:before::uuid IS NULL OR id < :before)
                        ORDER BY id DESC
                        LIMIT :limit""")
                .bind("community", community)
                .bind("state", orNull(filter.state(), String.class))
                .bind("groupBuy", orNull(filter.groupBuy(), UUID.class))
                .bind("before", orNull(before, UUID.class))
                .bind("limit", limit + 1)
                .map((row, _) -> toCounted(row))
                .all()
                .collectList();
    }

    /// Stores the next version. *Errors:* `OptimisticLockingFailureException` when it does not follow the stored one.
    Mono<Void> store(UUID community, Consignment next) {
        var shipment = next.shipment();
        return database.sql("""
                        UPDATE consignment
                           SET state = :state, shipment_id = :shipment, carrier = :carrier, waybill = :waybill,
                               shipment_status = :status, shipment_sequence = :sequence, arrived_at = :arrivedAt,
                               checked_in_at = :checkedInAt, version = :version
                         WHERE community_id = :community AND id = :id AND version = :version - 1""")
                .bind("community", community)
                .bind("id", next.id())
                .bind("version", next.version())
                .bind("state", next.state().text())
                .bind("shipment", orNull(shipment == null ? null : shipment.id(), UUID.class))
                .bind("carrier", orNull(shipment == null ? null : shipment.carrier(), String.class))
                .bind("waybill", orNull(shipment == null ? null : shipment.waybill(), String.class))
                .bind("status", orNull(shipment == null ? null : shipment.status(), String.class))
                .bind("sequence", orNull(shipment == null ? null : shipment.sequence(), Long.class))
                .bind("arrivedAt", orNull(next.arrivedAt(), Instant.class))
                .bind("checkedInAt", orNull(next.checkedInAt(), Instant.class))
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> rows == 1
                        ? Mono.empty()
                        : Mono.error(new OptimisticLockingFailureException("the consignment was moved meanwhile")));
    }

    private static Object orNull(@Nullable Object value, Class<?> type) {
        return value == null ? Parameters.in(type) : value;
    }

    private static Counted toCounted(Readable row) {
        return new Counted(toConsignment(row), required(row, 14, Integer.class));
    }

    private static Consignment toConsignment(Readable row) {
        return new Consignment(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, String.class),
                required(row, 3, String.class),
                State.of(required(row, 4, String.class)),
                toShipment(row),
                required(row, 5, Instant.class),
                row.get(6, Instant.class),
                row.get(7, Instant.class),
                required(row, 8, Long.class));
    }

    private static @Nullable Shipment toShipment(Readable row) {
        return row.get(9, UUID.class) == null
                ? null
                : new Shipment(
                        required(row, 9, UUID.class),
                        required(row, 10, String.class),
                        row.get(11, String.class),
                        row.get(12, String.class),
                        required(row, 13, Long.class));
    }
}
