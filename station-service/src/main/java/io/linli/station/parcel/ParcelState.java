package io.linli.station.parcel;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where a parcel is, with what is known only there. Handed over, delivered and failed are final.
public sealed interface ParcelState {
    record Expected() implements ParcelState {}

    record Arrived() implements ParcelState {}

    /// On a slot; `carrier` is the volunteer who accepted to carry it up and may collect it.
    record Ready(String label, @Nullable Carrier carrier) implements ParcelState {}

    record OutForDoorstep(String label, Carrier carrier) implements ParcelState {}

    record Dropped(String label, Carrier carrier) implements ParcelState {}

    record HandedOver(String label) implements ParcelState {}

    record Delivered(String label) implements ParcelState {}

    record Failed(Failure failure, @Nullable String label) implements ParcelState {}

    /// Why a parcel never reached its household.
    public enum Failure {
        MISSING,
        DAMAGED,
        REFUSED,
        UNDELIVERABLE
    }

    /// A volunteer with the task that lets them carry.
    record Carrier(UUID task, UUID member) {}

    /// The state as the contract, the custody chain and the table call it.
    default String name() {
        return switch (this) {
            case Expected _ -> "expected";
            case Arrived _ -> "arrived";
            case Ready _ -> "ready";
            case OutForDoorstep _ -> "out-for-doorstep";
            case Dropped _ -> "dropped";
            case HandedOver _ -> "handed-over";
            case Delivered _ -> "delivered";
            case Failed _ -> "failed";
        };
    }

    /// Shelf, level and running number, once the parcel has been shelved; it outlives the stay on the shelf.
    default @Nullable String label() {
        return switch (this) {
            case Expected _, Arrived _ -> null;
            case Ready ready -> ready.label();
            case OutForDoorstep out -> out.label();
            case Dropped dropped -> dropped.label();
            case HandedOver handedOver -> handedOver.label();
            case Delivered delivered -> delivered.label();
            case Failed failed -> failed.label();
        };
    }

    default @Nullable Carrier carrier() {
        return switch (this) {
            case Ready ready -> ready.carrier();
            case OutForDoorstep out -> out.carrier();
            case Dropped dropped -> dropped.carrier();
            case Expected _, Arrived _, HandedOver _, Delivered _, Failed _ -> null;
        };
    }

    default @Nullable Failure failure() {
        return this instanceof Failed failed ? failed.failure() : null;
    }

    static String nameOf(Failure failure) {
        return failure.name().toLowerCase(Locale.ROOT);
    }
}
