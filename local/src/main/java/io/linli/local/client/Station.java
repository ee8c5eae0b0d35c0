package io.linli.local.client;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the seed, the demo and the replay ask of station-service.
public final class Station {

    private final String community;

    public Station(UUID community) {
        this.community = Registry.path(community);
    }

    public record Shelf(int shelf, int levels, int positions, int free) {}

    record NewShelf(int shelf, int levels, int positions) {}

    public record Consignment(UUID consignmentId, UUID groupBuyId, String state, int parcels) {}

    public record Parcel(
            UUID parcelId,
            UUID householdId,
            List<UUID> orderIds,
            String state,
            boolean doorstep,
            long weightGrams,
            @Nullable String label) {}

    record Detail(Consignment consignment, List<Parcel> parcels) {}

    record NewCheckIn(List<UUID> missing, List<UUID> damaged) {}

    public record CheckIn(int stored, int missing, int damaged, int refused, int unshelved) {}

    public record Shelving(int stored, int refused, int unshelved) {}

    public record LabelledParcel(UUID parcelId, String label) {}

    public record PickUpCode(String code, List<LabelledParcel> parcels) {}

    public record NewHandOver(
            String label, String code, @Nullable List<UUID> parcelIds) {}

    public record HandOver(List<LabelledParcel> parcels) {}

    record NewCollection(UUID taskId) {}

    public List<Shelf> shelves(Person keeper) {
        return keeper.all(community + "/shelves", Shelf.class);
    }

    public Shelf addShelf(Person keeper, int number, int levels, int positions, String key) {
        return keeper.post(community + "/shelves", new NewShelf(number, levels, positions), key, Shelf.class);
    }

    public Optional<Consignment> consignment(Person keeper, UUID groupBuy) {
        return keeper.all(community + "/consignments?groupBuyId=" + groupBuy, Consignment.class).stream()
                .findFirst();
    }

    public List<Parcel> parcels(Person keeper, UUID consignment) {
        return keeper.get(community + "/consignments/" + consignment, Detail.class)
                .parcels();
    }

    public CheckIn checkIn(Person keeper, UUID consignment, String key) {
        var body = new NewCheckIn(List.of(), List.of());
        return keeper.post(community + "/consignments/" + consignment + "/check-in", body, key, CheckIn.class);
    }

    public Shelving shelve(Person keeper, UUID consignment, String key) {
        return keeper.post(community + "/consignments/" + consignment + "/shelving", null, key, Shelving.class);
    }

    public PickUpCode code(Person resident) {
        return resident.get(community + "/pick-up-code", PickUpCode.class);
    }

    public String handOversPath() {
        return community + "/hand-overs";
    }

    public HandOver handOver(Person keeper, NewHandOver handOver, String key) {
        return keeper.post(handOversPath(), handOver, key, HandOver.class);
    }

    public Parcel parcel(Person asking, UUID parcel) {
        return asking.get(community + "/parcels/" + parcel, Parcel.class);
    }

    public Parcel collect(Person volunteer, UUID parcel, UUID task, String key) {
        return volunteer.post(
                community + "/parcels/" + parcel + "/collection", new NewCollection(task), key, Parcel.class);
    }
}
