package io.linli.benchmarks.orders;

import io.linli.benchmarks.host.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/// Reads from the tables what a run left behind, past every guard of the service: nothing sold twice, nothing above a
/// household's limit, serial numbers without a gap, and an order for every answer that said so.
///
/// *Shape:* each query answers the rows that must not be, as text.
final class TableCheck {
    private static final String LIVE_LINES = """
            SELECT l.item_id, o.household_id, sum(l.quantity) AS quantity
              FROM orders o JOIN order_line l ON l.order_id = o.id
             WHERE o.group_buy_id IN (%1$s) AND o.state NOT IN ('cancelled', 'failed')
             GROUP BY l.item_id, o.household_id""";

    private static final String OVERSOLD = """
            SELECT format('item %%s: stock %%s, sold %%s, in orders %%s',
                          i.id, i.stock, i.sold, coalesce(held.quantity, 0))
              FROM item i
              LEFT JOIN (SELECT item_id, sum(quantity) AS quantity FROM (__LINES__) AS line GROUP BY item_id) AS held
                ON held.item_id = i.id
             WHERE i.group_buy_id IN (%1$s)
               AND (coalesce(held.quantity, 0) <> i.sold OR coalesce(held.quantity, 0) > i.stock)""";

    private static final String OVER_THE_LIMIT = """
            SELECT format('household %%s of item %%s: taken %%s, in orders %%s, limit %%s',
                          coalesce(t.household_id, held.household_id), i.id, t.taken, held.quantity,
                          i.limit_per_household)
              FROM (SELECT t.* FROM household_take t JOIN item i ON i.id = t.item_id
                     WHERE i.group_buy_id IN (%1$s)) AS t
              FULL JOIN (__LINES__) AS held ON held.item_id = t.item_id AND held.household_id = t.household_id
              JOIN item i ON i.id = coalesce(t.item_id, held.item_id)
             WHERE coalesce(t.taken, 0) <> coalesce(held.quantity, 0)
                OR coalesce(held.quantity, 0) > i.limit_per_household""";

    private static final String GAPS = """
            SELECT format('group buy %%s: %%s orders, serial numbers to %%s, last one %%s',
                          g.id, counted.orders, counted.highest, g.last_serial)
              FROM group_buy g
              LEFT JOIN (SELECT group_buy_id, count(DISTINCT serial_number) AS orders, max(serial_number) AS highest
                           FROM orders WHERE group_buy_id IN (%1$s) GROUP BY group_buy_id) AS counted
                ON counted.group_buy_id = g.id
             WHERE g.id IN (%1$s)
               AND (coalesce(counted.orders, 0) <> g.last_serial OR coalesce(counted.highest, 0) <> g.last_serial)""";

    private static final String WITHOUT_LINES = """
            SELECT format('order %%s has no lines', o.id) FROM orders o
             WHERE o.group_buy_id IN (%1$s) AND NOT EXISTS (SELECT FROM order_line l WHERE l.order_id = o.id)""";

    private static final String ORDERS = "SELECT count(*) FROM orders WHERE group_buy_id IN (%1$s)";
    private static final int SHOWN = 5;

    private final Database database;
    private final String groupBuys;

    TableCheck(Database database, List<UUID> groupBuys) {
        this.database = database;
        this.groupBuys = groupBuys.stream().map(id -> "'" + id + "'").collect(Collectors.joining(","));
    }

    /// @param oversold rows in which more was sold than there was or than a household may have, or not what orders say
    /// @param wrong all findings, the first few of each kind
    record Findings(long oversold, List<String> wrong) {}

    /// @param accepted orders that were confirmed to a client
    /// @param unknown requests whose answer never came: each may or may not have become an order
    Findings check(long accepted, long unknown) {
        var wrong = new ArrayList<String>();
        long oversold = found(OVERSOLD, wrong) + found(OVER_THE_LIMIT, wrong);
        found(GAPS, wrong);
        found(WITHOUT_LINES, wrong);
        long orders = database.number(ORDERS.formatted(groupBuys));
        if (orders < accepted || orders > accepted + unknown) {
            wrong.add("%d orders are stored, %d were confirmed and %d got no answer"
                    .formatted(orders, accepted, unknown));
        }
        return new Findings(oversold, wrong);
    }

    private long found(String query, List<String> wrong) {
        return database.use(statement -> {
            var rows = statement.executeQuery(
                    query.replace("__LINES__", LIVE_LINES).formatted(groupBuys));
            long count = 0;
            while (rows.next()) {
                if (count++ < SHOWN) {
                    wrong.add(rows.getString(1));
                }
            }
            return count;
        });
    }
}
