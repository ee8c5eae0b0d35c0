package io.linli.groupbuy.ordering.desk;

import io.linli.groupbuy.ordering.Order;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Who waits for which item, first come first; a household waits for an item once.
final class Waitlist {
    private final Map<UUID, Deque<Entry>> waiting = new HashMap<>();
    private final List<Entry> joined = new ArrayList<>();
    private final Map<UUID, Entry> served = new LinkedHashMap<>();

    /// A household that would take `quantity` of an item if some came back.
    record Entry(UUID id, UUID community, UUID groupBuy, UUID item, Order.Buyer buyer, int quantity, boolean doorstep) {
        Entry with(int other) {
            return new Entry(id, community, groupBuy, item, buyer, other, doorstep);
        }
    }

    /// @param entries those who wait already, in the order they came
    Waitlist(List<Entry> entries) {
        entries.forEach(entry -> queue(entry.item()).addLast(entry));
    }

    private Deque<Entry> queue(UUID item) {
        return waiting.computeIfAbsent(item, _ -> new ArrayDeque<>());
    }

    /// The household's place from 1: a new one at the end, or the one it has.
    int join(Entry entry) {
        var place = 1;
        for (var other : queue(entry.item())) {
            if (other.buyer().household().equals(entry.buyer().household())) {
                return place;
            }
            place++;
        }
        queue(entry.item()).addLast(entry);
        joined.add(entry);
        return place;
    }

    boolean hasEntry(UUID item) {
        return !queue(item).isEmpty();
    }

    Entry first(UUID item) {
        return queue(item).getFirst();
    }

    /// The first entry got `granted`; it waits on for the rest, unless it got nothing although there was some: then its
    /// household has as much as it may have.
    void serve(Entry entry, int granted) {
        var queue = queue(entry.item());
        queue.removeFirst();
        var rest = granted == 0 ? entry.with(0) : entry.with(entry.quantity() - granted);
        if (rest.quantity() > 0) {
            queue.addFirst(rest);
        }
        served.put(rest.id(), rest);
    }

    /// New entries, with what they wait for by now.
    List<Entry> joined() {
        return joined.stream()
                .map(entry -> served.getOrDefault(entry.id(), entry))
                .toList();
    }

    /// Entries of before that were served; quantity 0 has left the list.
    List<Entry> served() {
        var fresh = joined.stream().map(Entry::id).toList();
        return served.values().stream()
                .filter(entry -> !fresh.contains(entry.id()))
                .toList();
    }
}
