package io.linli.groupbuy.sheets;

import io.linli.groupbuy.community.Door;
import io.linli.groupbuy.ordering.OrdersToPack.Line;
import io.linli.groupbuy.ordering.OrdersToPack.ToPack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is packed for whom, as it was when it was frozen: by building, unit, floor and room in natural order.
///
/// @param version counts the frozen sheets of a group buy from 1
record PackingSheet(String title, int version, Instant frozenAt, List<Packed> orders) {

    PackingSheet {
        orders = List.copyOf(orders);
    }

    /// @param door absent when community-service does not know the household any more
    record Packed(
            UUID order,
            int serialNumber,
            String name,
            boolean doorstep,
            @Nullable Door door,
            List<Line> lines) {}

    /// An order's quantity of an item is another than on the sheet before.
    record Change(Packed order, Line line, int before, int after) {}

    private static final Door UNKNOWN = new Door("", "", 0, "");

    private static Comparator<Packed> asCarried() {
        var names = new NaturalOrder();
        return Comparator.comparing(
                        PackingSheet::door,
                        Comparator.comparing(Door::building, names)
                                .thenComparing(Door::unit, names)
                                .thenComparingInt(Door::floor)
                                .thenComparing(Door::room, names))
                .thenComparingInt(Packed::serialNumber);
    }

    private static Door door(Packed packed) {
        return packed.door() == null ? UNKNOWN : packed.door();
    }

    static PackingSheet of(String title, int version, Instant frozenAt, List<ToPack> orders, Map<UUID, Door> doors) {
        var packed = orders.stream()
                .map(order -> new Packed(
                        order.order(),
                        order.serialNumber(),
                        order.displayName(),
                        order.doorstep(),
                        doors.get(order.household()),
                        order.lines()))
                .sorted(asCarried())
                .toList();
        return new PackingSheet(title, version, frozenAt, packed);
    }

    /// What is another here than on an earlier sheet, in the order of carrying.
    List<Change> changesSince(PackingSheet earlier) {
        var before = earlier.orders().stream().collect(Collectors.toMap(Packed::order, Function.identity()));
        var after = orders.stream().collect(Collectors.toMap(Packed::order, Function.identity()));
        var all = new LinkedHashMap<>(before);
        all.putAll(after);
        var changes = new ArrayList<Change>();
        all.values().stream()
                .sorted(asCarried())
                .forEach(order -> changes.addAll(changes(order, before.get(order.order()), after.get(order.order()))));
        return changes;
    }

    private static List<Change> changes(Packed order, @Nullable Packed before, @Nullable Packed after) {
        var old = quantities(before);
        var now = quantities(after);
        var lines = new LinkedHashMap<UUID, Line>();
        for (var packed : new Packed[] {before, after}) {
            if (packed != null) {
                packed.lines().forEach(line -> lines.put(line.item(), line));
            }
        }
        return lines.values().stream()
                .map(line ->
                        new Change(order, line, old.getOrDefault(line.item(), 0), now.getOrDefault(line.item(), 0)))
                .filter(change -> change.before() != change.after())
                .toList();
    }

    private static Map<UUID, Integer> quantities(@Nullable Packed packed) {
        return packed == null
                ? Map.of()
                : packed.lines().stream().collect(Collectors.toMap(Line::item, Line::quantity));
    }

    int lines() {
        return orders.stream().mapToInt(order -> order.lines().size()).sum();
    }
}
