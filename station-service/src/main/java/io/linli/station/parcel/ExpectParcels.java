package io.linli.station.parcel;

import io.linli.kit.data.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Writes the parcels of a consignment that is on its way; part of the caller's transaction.
@Repository
public class ExpectParcels {
    private final DatabaseClient database;

    /// An order and the parcel it comes in.
    private record Contained(UUID orderId, UUID parcelId) {}

    private record Numbered(UUID id, ExpectedParcel parcel) {}

    ExpectParcels(DatabaseClient database) {
        this.database = database;
    }

    public Mono<Void> expect(UUID consignment, UUID groupBuy, List<ExpectedParcel> parcels, Occasion occasion) {
        if (parcels.isEmpty()) {
            return Mono.empty();
        }
        var numbered =
                parcels.stream().map(parcel -> new Numbered(Ids.next(), parcel)).toList();
        return insertParcels(consignment, groupBuy, numbered, occasion)
                .then(insertOrders(numbered, occasion.community()))
                .then(insertCustody(numbered, occasion));
    }

    private Mono<Void> insertParcels(UUID consignment, UUID groupBuy, List<Numbered> parcels, Occasion occasion) {
        return database.sql("""
                        INSERT INTO parcel (id, community_id, consignment_id, group_buy_id, household_id, weight_grams,
                                            doorstep, attempts, state, carrier_news_at, version)
                        SELECT id, :community, :consignment, :groupBuy, household, weight, doorstep, 0, 'expected',
                               :since, 1
                          FROM unnest(:ids, :households, :weights, :doorsteps)
                            AS expected (id, household, weight, doorstep)""")
                .bind("community", occasion.community())
                .bind("consignment", consignment)
                .bind("groupBuy", groupBuy)
                .bind("since", Instant.EPOCH)
                .bind("ids", each(parcels, Numbered::id, UUID[]::new))
                .bind("households", each(parcels, each -> each.parcel().householdId(), UUID[]::new))
                .bind("weights", each(parcels, each -> each.parcel().weightGrams(), Long[]::new))
                .bind("doorsteps", each(parcels, each -> each.parcel().doorstep(), Boolean[]::new))
                .fetch()
                .rowsUpdated()
                .then();
    }

    private Mono<Void> insertOrders(List<Numbered> parcels, UUID community) {
        var contained = new ArrayList<Contained>();
        parcels.forEach(each ->
                each.parcel().orderIds().forEach(order -> contained.add(new Contained(order, each.id()))));
        return database.sql("""
                        INSERT INTO parcel_order (community_id, order_id, parcel_id)
                        SELECT :community, order_id, parcel_id
                          FROM unnest(:orders, :parcels) AS contained (order_id, parcel_id)""")
                .bind("community", community)
                .bind("orders", each(contained, Contained::orderId, UUID[]::new))
                .bind("parcels", each(contained, Contained::parcelId, UUID[]::new))
                .fetch()
                .rowsUpdated()
                .then();
    }

    private Mono<Void> insertCustody(List<Numbered> parcels, Occasion occasion) {
        return database.sql("""
                        INSERT INTO custody (community_id, parcel_id, version, state, actor_role, occurred_at,
                                             received_at, reason)
                        SELECT :community, id, 1, 'expected', :role, :occurredAt, :receivedAt, 'ordered'
                          FROM unnest(:ids) AS expected (id)""")
                .bind("community", occasion.community())
                .bind("role", occasion.actor().role())
                .bind("occurredAt", occasion.occurredAt())
                .bind("receivedAt", occasion.receivedAt())
                .bind("ids", each(parcels, Numbered::id, UUID[]::new))
                .fetch()
                .rowsUpdated()
                .then();
    }

    private static <S, T> T[] each(List<S> all, Function<S, T> part, IntFunction<T[]> array) {
        return all.stream().map(part).toArray(array);
    }
}
