package io.linli.station.shelving;

import io.linli.station.shelving.ShelfPlan.Slot;
import io.linli.station.shelving.Shelves.Placing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Gives parcels a slot and a label, and takes them off again; part of the caller's transaction.
@Component
public class Shelving {
    private final Shelves shelves;

    /// Free slots and where the households have something already.
    private record Room(List<Slot> free, Map<UUID, Slot> neighbours) {}

    Shelving(Shelves shelves) {
        this.shelves = shelves;
    }

    /// Puts as many as there is room for; answers the label of each, `shelf-level-number`. One at a time per community.
    public Mono<Map<UUID, String>> reserve(UUID community, Collection<Load> loads) {
        if (loads.isEmpty()) {
            return Mono.just(Map.of());
        }
        return shelves.takeLabelNumbers(community, loads.size())
                .flatMap(firstNumber -> findRoom(community, loads)
                        .flatMap(room -> occupy(
                                community,
                                loads,
                                ShelfPlan.place(loads, room.free(), room.neighbours()),
                                firstNumber)));
    }

    private Mono<Room> findRoom(UUID community, Collection<Load> loads) {
        var households = loads.stream().map(Load::householdId).distinct().toList();
        return shelves.findNeighbours(community, households)
                .flatMap(neighbours -> shelves.findFree(community, loads.size(), neighbours.values())
                        .map(free -> new Room(free, neighbours)));
    }

    private Mono<Map<UUID, String>> occupy(
            UUID community, Collection<Load> loads, Map<UUID, Slot> places, long firstNumber) {
        var placings = new ArrayList<Placing>();
        var labels = new HashMap<UUID, String>();
        for (var load : loads) {
            var slot = places.get(load.parcelId());
            if (slot != null) {
                labels.put(load.parcelId(), label(slot, firstNumber + placings.size()));
                placings.add(new Placing(slot, load.parcelId(), load.householdId()));
            }
        }
        return placings.isEmpty()
                ? Mono.just(labels)
                : shelves.occupy(community, placings).thenReturn(labels);
    }

    /// Nothing of the household is in it: no name, no phone number, no room.
    private static String label(Slot slot, long number) {
        return slot.shelf() + "-" + slot.level() + "-" + number;
    }

    /// Frees the slots of parcels that have left the shelf.
    public Mono<Void> vacate(UUID community, Collection<UUID> parcels) {
        return parcels.isEmpty() ? Mono.empty() : shelves.vacate(community, parcels);
    }
}
