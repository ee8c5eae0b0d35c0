package io.linli.groupbuy.ordering;

import io.linli.groupbuy.allocation.AllocationInput.Change;
import io.linli.groupbuy.allocation.AllocationInput.Claim;
import io.linli.groupbuy.ordering.Order.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// The orders that stand when a group buy is decided, by serial number, and how their lines came to be what they are.
///
/// @param changes what happened to a line after its order was placed, in the order in which it took effect
public record PlacedOrders(List<Order> orders, Map<LineKey, List<Change>> changes) {

    /// A line is known by its order and item.
    public record LineKey(UUID order, UUID item) {}

    /// What the orders claim of an item: first what the order was placed with, then every change.
    public List<Claim> claims(UUID item) {
        return orders.stream().flatMap(order -> claim(order, item)).toList();
    }

    private Stream<Claim> claim(Order order, UUID item) {
        return order.lines().stream()
                .filter(line -> line.itemId().equals(item))
                .map(line ->
                        new Claim(order.id(), order.buyer().household(), order.serialNumber(), toChanges(order, line)));
    }

    private List<Change> toChanges(Order order, Line line) {
        var later = changes.getOrDefault(new LineKey(order.id(), line.itemId()), List.of());
        var placed = line.quantity() - later.stream().mapToInt(Change::quantity).sum();
        var all = new ArrayList<Change>();
        if (placed > 0) {
            all.add(new Change(order.placedAt(), placed));
        }
        all.addAll(later);
        return all;
    }
}
