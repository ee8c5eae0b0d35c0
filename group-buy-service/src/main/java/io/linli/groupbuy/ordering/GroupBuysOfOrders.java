package io.linli.groupbuy.ordering;

import static io.linli.kit.data.Columns.required;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Reads from `orders` which group buys orders belong to and whether anything can still happen to a group buy's orders.
@Repository
class GroupBuysOfOrders {
    private final DatabaseClient database;

    GroupBuysOfOrders(DatabaseClient database) {
        this.database = database;
    }

    Mono<List<UUID>> list(Collection<UUID> orders) {
        return database.sql("SELECT DISTINCT group_buy_id FROM orders WHERE id = ANY($1) ORDER BY group_buy_id")
                .bind(0, orders.toArray(UUID[]::new))
                .map(row -> required(row, 0, UUID.class))
                .all()
                .collectList();
    }

    Mono<Boolean> areFinal(UUID groupBuy) {
        return database.sql("""
                        SELECT NOT EXISTS (SELECT FROM orders
                                            WHERE group_buy_id = $1 AND state IN ('placed', 'confirmed'))""")
                .bind(0, groupBuy)
                .map(row -> required(row, 0, Boolean.class))
                .one();
    }
}
