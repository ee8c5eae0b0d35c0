package io.linli.benchmarks.orders;

import io.linli.benchmarks.host.Database;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Fills the tables as years of group buys would have, set by set: past group buys with their items, orders, two lines
/// each, and what the households took.
///
/// New rows are copies of one row that the service wrote, with other ids: a column this class does not know keeps its
/// value. Indexes and constraints of the large tables are dropped before and made again after. Each set is analysed
/// before the next is joined to it: without, the planner took 5 million rows for a few and looped.
final class StoredOrders {
    private static final int PER_GROUP_BUY = 5_000;
    /// Some tables refuse to lose rows.
    private static final String PAST_TRIGGERS = "SET session_replication_role = replica; ";

    private static final List<String> LARGE = List.of("orders", "order_line", "household_take");

    private final Database database;
    private final long orders;
    private final int items;

    /// @param items plentiful items of a group buy
    StoredOrders(Database database, long orders, int items) {
        this.database = database;
        this.orders = orders;
        this.items = items;
    }

    /// Needs a village in which at least one order was placed; removes that order and all others.
    void generate() {
        database.execute("CREATE SCHEMA past");
        keepTemplates();
        database.execute(PAST_TRIGGERS + "TRUNCATE orders, order_line, household_take, outbox, idempotency CASCADE");
        var again = dropIndexes();
        groupBuys();
        fill();
        again.forEach(database::execute);
        database.execute("DROP SCHEMA past CASCADE");
        database.execute("ANALYZE");
        database.execute("CHECKPOINT");
    }

    private void keepTemplates() {
        database.execute("""
                CREATE TABLE past.orders AS SELECT * FROM orders LIMIT 1;
                CREATE TABLE past.order_line AS SELECT * FROM order_line LIMIT 1;
                CREATE TABLE past.household_take AS SELECT * FROM household_take LIMIT 1;
                CREATE TABLE past.resident AS
                    SELECT village, number - min(number) OVER (PARTITION BY village) AS number, household, member
                      FROM bench.resident;
                CREATE TABLE past.group_buy (old uuid, id uuid, community_id uuid, village int);
                CREATE TABLE past.item (group_buy_id uuid, place int, old uuid, id uuid, price_fen bigint)""");
    }

    private void groupBuys() {
        long copies = orders / PER_GROUP_BUY;
        database.execute("""
                INSERT INTO past.group_buy
                SELECT g.id, uuidv7('-30 days'), g.community_id, o.village
                  FROM generate_series(1, %d) AS copy
                  JOIN (SELECT *, row_number() OVER () AS place, count(*) OVER () AS all_offers FROM bench.offer) AS o
                    ON o.place = 1 + copy %% o.all_offers
                  JOIN group_buy g ON g.id = o.group_buy""".formatted(copies));
        database.execute(copy(
                "group_buy",
                "past.group_buy AS past JOIN group_buy AS template ON template.id = past.old",
                Map.of(
                        "id", "past.id",
                        "state", "'formed'",
                        "closed_at", "template.opens_at",
                        "participants", "1000",
                        "amount_fen", "1000000",
                        "cases", "1000",
                        "last_serial", Integer.toString(PER_GROUP_BUY))));
        database.execute("""
                INSERT INTO past.item
                SELECT p.id, row_number() OVER (PARTITION BY p.id ORDER BY i.position) - 1, i.id, uuidv7('-30 days'),
                       i.price_fen
                  FROM past.group_buy p JOIN item i ON i.group_buy_id = p.old""");
        database.execute(copy(
                "item",
                "past.item AS past JOIN item AS template ON template.id = past.old",
                Map.of("id", "past.id", "group_buy_id", "past.group_buy_id", "sold", "0")));
    }

    /// Households and items of an order follow from its serial number, so that no random choice is made ten million
    /// times.
    private void fill() {
        var order = new LinkedHashMap<String, String>();
        order.put("id", "uuidv7('-20 days')");
        order.put("community_id", "g.community_id");
        order.put("group_buy_id", "g.id");
        order.put("household_id", "r.household");
        order.put("member_id", "r.member");
        order.put("serial_number", "serial");
        order.put("state", "'completed'");
        order.put("placed_at", "now() - interval '20 days'");
        database.execute("""
                SET work_mem = '256MB';
                CREATE INDEX ON past.resident (village, number);
                ANALYZE past.resident, past.group_buy;
                """ + copy("orders", """
                past.group_buy AS g
                CROSS JOIN (SELECT village AS its_village, count(*) AS residents FROM past.resident GROUP BY 1) AS v
                CROSS JOIN generate_series(1, %d) AS serial
                JOIN past.resident AS r ON r.village = v.its_village AND r.number = serial %% v.residents
                CROSS JOIN past.orders AS template
                WHERE v.its_village = g.village""".formatted(PER_GROUP_BUY), order));
        database.execute("ANALYZE orders, past.item; SET work_mem = '256MB'; "
                + copy(
                        "order_line",
                        """
                orders AS o
                CROSS JOIN generate_series(0, 1) AS line
                JOIN past.item AS i ON i.group_buy_id = o.group_buy_id AND i.place = (o.serial_number + 3 * line) %% %d
                CROSS JOIN past.order_line AS template""".formatted(items),
                        Map.of(
                                "community_id", "o.community_id",
                                "order_id", "o.id",
                                "position", "1 + line",
                                "item_id", "i.id",
                                "quantity", "1")));
        database.execute("ANALYZE order_line; SET work_mem = '256MB'; "
                + copy(
                        "household_take",
                        """
                (SELECT o.community_id, l.item_id, o.household_id, count(*)::int AS taken
                   FROM orders o JOIN order_line l ON l.order_id = o.id GROUP BY 1, 2, 3) AS held
                CROSS JOIN past.household_take AS template""",
                        Map.of(
                                "community_id", "held.community_id",
                                "item_id", "held.item_id",
                                "household_id", "held.household_id",
                                "taken", "held.taken")));
        database.execute("""
                UPDATE item SET sold = held.quantity
                  FROM (SELECT item_id, sum(quantity) AS quantity FROM order_line GROUP BY 1) AS held
                 WHERE item.id = held.item_id""");
    }

    /// Inserts into a table from rows of which one is called `template`: columns not named keep its values.
    private String copy(String table, String from, Map<String, String> values) {
        var columns = columns(table);
        var expressions = columns.stream()
                .map(column -> values.getOrDefault(column, "template." + column))
                .toList();
        return "INSERT INTO %s (%s) SELECT %s FROM %s"
                .formatted(table, String.join(", ", columns), String.join(", ", expressions), from);
    }

    private List<String> columns(String table) {
        return list("""
                SELECT quote_ident(attname) FROM pg_attribute
                 WHERE attrelid = '%s'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                 ORDER BY attnum""".formatted(table));
    }

    /// Drops what slows inserts down; the answer makes it again.
    private List<String> dropIndexes() {
        var tables =
                String.join(",", LARGE.stream().map("'%s'::regclass"::formatted).toList());
        var again = new ArrayList<String>();
        var constraints = """
                FROM pg_constraint
                 WHERE (conrelid IN (%1$s) AND contype IN ('p', 'u', 'f')) OR (confrelid IN (%1$s) AND contype = 'f')
                 ORDER BY (contype = 'f') %2$s, conname""";
        var make = list("SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,"
                + " pg_get_constraintdef(oid)) " + constraints.formatted(tables, "ASC"));
        var drop = list("SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) "
                + constraints.formatted(tables, "DESC"));
        drop.forEach(database::execute);
        again.addAll(list("SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid IN (" + tables + ")"));
        list("SELECT 'DROP INDEX ' || indexrelid::regclass FROM pg_index WHERE indrelid IN (" + tables + ")")
                .forEach(database::execute);
        again.addAll(
                0, make.stream().filter(text -> !text.contains("FOREIGN KEY")).toList());
        again.addAll(make.stream().filter(text -> text.contains("FOREIGN KEY")).toList());
        return again.stream()
                .map(statement -> "SET maintenance_work_mem = '512MB'; " + statement)
                .toList();
    }

    private List<String> list(String query) {
        return database.use(statement -> {
            var found = new ArrayList<String>();
            var rows = statement.executeQuery(query);
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        });
    }
}
