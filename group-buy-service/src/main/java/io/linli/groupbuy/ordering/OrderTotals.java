package io.linli.groupbuy.ordering;

import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.lifecycle.FindGroupBuy;
import io.linli.groupbuy.lifecycle.Item;
import io.linli.groupbuy.ordering.Order.State;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// What the orders of a group buy add up to, inside the caller's transaction. *Units:* fen.
@Repository
class OrderTotals {
    private final DatabaseClient database;
    private final FindGroupBuy findGroupBuy;

    OrderTotals(DatabaseClient database, FindGroupBuy findGroupBuy) {
        this.database = database;
        this.findGroupBuy = findGroupBuy;
    }

    /// `participants` and `amountFen` leave cancelled and failed orders out.
    record Totals(UUID groupBuy, int participants, long amountFen, Map<State, Integer> orders, List<Item> items) {}

    private record Sums(int participants, long amountFen, Map<State, Integer> orders) {}

    /// *Errors:* 404 `group-buy-unknown`.
    Mono<Totals> get(UUID groupBuy) {
        return findGroupBuy
                .withItems(groupBuy)
                .flatMap(offered -> sum(groupBuy)
                        .map(sums -> new Totals(
                                groupBuy, sums.participants(), sums.amountFen(), sums.orders(), offered.items())));
    }

    private Mono<Sums> sum(UUID groupBuy) {
        return database.sql("""
                        SELECT count(DISTINCT household_id) FILTER (WHERE state NOT IN ('cancelled', 'failed'))::int,
                               coalesce(sum(amount_fen) FILTER (WHERE state NOT IN ('cancelled', 'failed')), 0)::bigint,
                               count(*) FILTER (WHERE state = 'placed')::int,
                               count(*) FILTER (WHERE state = 'confirmed')::int,
                               count(*) FILTER (WHERE state = 'completed')::int,
                               count(*) FILTER (WHERE state = 'cancelled')::int,
                               count(*) FILTER (WHERE state = 'failed')::int
                          FROM orders WHERE group_buy_id = :groupBuy""")
                .bind("groupBuy", groupBuy)
                .map(OrderTotals::toSums)
                .one();
    }

    private static Sums toSums(Readable row) {
        var orders = Map.of(
                State.PLACED, required(row, 2, Integer.class),
                State.CONFIRMED, required(row, 3, Integer.class),
                State.COMPLETED, required(row, 4, Integer.class),
                State.CANCELLED, required(row, 5, Integer.class),
                State.FAILED, required(row, 6, Integer.class));
        return new Sums(required(row, 0, Integer.class), required(row, 1, Long.class), orders);
    }
}
