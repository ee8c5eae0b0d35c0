package io.linli.local.replay;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// One group buy of the replay as the public API shows it: the audit's only evidence.
record Observed(UUID id, String title, String state, List<Item> items, List<Order> orders, List<Parcel> parcels) {

    private static final Set<String> FINAL_ORDERS = Set.of("completed", "cancelled", "failed");
    private static final Set<String> FINAL_PARCELS = Set.of("handed-over", "delivered", "failed");

    long parcelsIn(String state) {
        return parcels.stream().filter(parcel -> parcel.state().equals(state)).count();
    }

    long openParcels() {
        return parcels.stream().filter(parcel -> !parcel.isFinal()).count();
    }

    record Item(UUID id, String name, int initial, int sold, int left) {}

    record Order(UUID id, UUID household, String state, Map<UUID, Integer> lines) {
        boolean isFinal() {
            return FINAL_ORDERS.contains(state);
        }
    }

    record Parcel(UUID id, UUID household, String state, List<UUID> orders) {
        boolean isFinal() {
            return FINAL_PARCELS.contains(state);
        }
    }
}
