package io.linli.groupbuy.ordering;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Readable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// What goes to whom out of a group buy: its orders that are neither cancelled nor failed, by serial number, read in
/// one statement inside the caller's transaction.
@Component
public class OrdersToPack {
    private final DatabaseClient database;

    OrdersToPack(DatabaseClient database) {
        this.database = database;
    }

    /// @param displayName the masked name others may see
    public record ToPack(
            UUID order, UUID household, int serialNumber, String displayName, boolean doorstep, List<Line> lines) {}

    /// So many of one item: what the household gets of it, once that is decided.
    public record Line(UUID item, String name, int quantity) {}

    private record Row(ToPack order, Line line) {}

    /// At most `ordersMax` orders.
    public Mono<List<ToPack>> list(UUID groupBuy, int ordersMax) {
        return database.sql("""
                        SELECT o.id, o.household_id, o.serial_number, o.display_name, o.doorstep,
                               l.item_id, l.name, coalesce(l.allocated, l.quantity)
                          FROM (SELECT * FROM orders
                                 WHERE group_buy_id = $1 AND state NOT IN ('cancelled', 'failed')
                                 ORDER BY serial_number LIMIT $2) o
                          JOIN order_line l ON l.order_id = o.id AND l.allocated IS DISTINCT FROM 0
                         ORDER BY o.serial_number, l.position""")
                .bind(0, groupBuy)
                .bind(1, ordersMax)
                .map(OrdersToPack::read)
                .all()
                .collectList()
                .map(OrdersToPack::gather);
    }

    private static Row read(Readable row) {
        var order = new ToPack(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, Integer.class),
                required(row, 3, String.class),
                required(row, 4, Boolean.class),
                new ArrayList<>());
        return new Row(
                order,
                new Line(
                        required(row, 5, UUID.class), required(row, 6, String.class), required(row, 7, Integer.class)));
    }

    private static List<ToPack> gather(List<Row> rows) {
        var orders = new LinkedHashMap<UUID, ToPack>();
        rows.forEach(row -> orders.computeIfAbsent(row.order().order(), _ -> row.order())
                .lines()
                .add(row.line()));
        return List.copyOf(orders.values());
    }
}
