package io.linli.station.shelving;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Chooses slots: heavy parcels on the lowest free levels, the others above them, parcels of one household together,
/// chilled shelves last. Pure, and the same for the same input.
final class ShelfPlan {
    private static final long HEAVY_GRAMS = 10_000;
    private static final int LOWEST_LEVEL = 1;
    static final int LEVEL_DISTANCE = 50;

    private static final Comparator<Slot> BY_PLACE = Comparator.comparing(Slot::chilled)
            .thenComparing(Slot::shelf)
            .thenComparing(Slot::level)
            .thenComparing(Slot::position);
    private static final Comparator<Slot> LOW_FIRST =
            Comparator.comparing(Slot::chilled).thenComparing(Slot::level).thenComparing(BY_PLACE);
    private static final Comparator<Slot> LOWEST_LAST = Comparator.comparing(Slot::chilled)
            .thenComparing(slot -> slot.level() == LOWEST_LEVEL)
            .thenComparing(BY_PLACE);

    /// One place on a shelf; level 1 is the lowest.
    record Slot(int shelf, int level, int position, boolean chilled) {
        int distance(Slot other) {
            return Math.abs(level - other.level) * LEVEL_DISTANCE + Math.abs(position - other.position);
        }
    }

    private final TreeSet<Slot> lowFirst = new TreeSet<>(LOW_FIRST);
    private final TreeSet<Slot> lowestLast = new TreeSet<>(LOWEST_LAST);
    private final Map<Integer, TreeSet<Slot>> byShelf = new TreeMap<>();
    private final Map<UUID, Slot> neighbours;

    private ShelfPlan(Collection<Slot> free, Map<UUID, Slot> neighbours) {
        this.neighbours = new HashMap<>(neighbours);
        lowFirst.addAll(free);
        lowestLast.addAll(free);
        free.forEach(slot -> byShelf.computeIfAbsent(slot.shelf(), _ -> new TreeSet<>(BY_PLACE))
                .add(slot));
    }

    /// A slot per load, as far as they reach; what gets none is not in the answer.
    ///
    /// @param neighbours where something of a household lies already
    static Map<UUID, Slot> place(Collection<Load> loads, Collection<Slot> free, Map<UUID, Slot> neighbours) {
        var plan = new ShelfPlan(free, neighbours);
        var placed = new LinkedHashMap<UUID, Slot>();
        for (var load : heavyFirst(loads)) {
            var slot = load.weightGrams() > HEAVY_GRAMS ? plan.takeLow() : plan.takeNear(load.householdId());
            if (slot != null) {
                plan.neighbours.put(load.householdId(), slot);
                placed.put(load.parcelId(), slot);
            }
        }
        return placed;
    }

    private static List<Load> heavyFirst(Collection<Load> loads) {
        var ordered = new ArrayList<>(loads);
        ordered.sort(Comparator.comparing((Load load) -> load.weightGrams() <= HEAVY_GRAMS)
                .thenComparing(Load::weightGrams, Comparator.reverseOrder())
                .thenComparing(Load::parcelId));
        return ordered;
    }

    private @Nullable Slot takeLow() {
        return lowFirst.isEmpty() ? null : taken(lowFirst.first());
    }

    private @Nullable Slot takeNear(UUID household) {
        var neighbour = neighbours.get(household);
        var near = neighbour == null ? null : nearest(neighbour);
        if (near != null) {
            return taken(near);
        }
        return lowestLast.isEmpty() ? null : taken(lowestLast.first());
    }

    private @Nullable Slot nearest(Slot neighbour) {
        return byShelf.getOrDefault(neighbour.shelf(), new TreeSet<>(BY_PLACE)).stream()
                .min(Comparator.comparingInt(neighbour::distance))
                .orElse(null);
    }

    private Slot taken(Slot slot) {
        lowFirst.remove(slot);
        lowestLast.remove(slot);
        byShelf.getOrDefault(slot.shelf(), new TreeSet<>(BY_PLACE)).remove(slot);
        return slot;
    }
}
