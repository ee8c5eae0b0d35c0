package io.linli.station.parcel;

import io.linli.station.parcel.ParcelState.Carrier;
import io.linli.station.parcel.ParcelState.Failure;
import io.linli.station.parcel.ParcelState.Ready;
import java.util.List;
import java.util.UUID;

/// What other services hear about a parcel. *Shape:* `src/main/events/<type>.json`.
public sealed interface ParcelEvent {
    UUID parcelId();

    /// The event's type, which is also its routing key.
    default String eventType() {
        return switch (this) {
            case ParcelReady _ -> "parcel.ready.v1";
            case ParcelHandedOver _ -> "parcel.handed-over.v1";
            case ParcelCollected _ -> "parcel.collected.v1";
            case ParcelDelivered _ -> "parcel.delivered.v1";
            case ParcelFailed _ -> "parcel.failed.v1";
        };
    }

    /// The parcel lies on the shelf: for its household, or for a volunteer when `doorstep` is asked for.
    /// *Units:* grams.
    record ParcelReady(
            UUID parcelId,
            long version,
            UUID groupBuyId,
            UUID householdId,
            UUID buildingId,
            int floor,
            long weightGrams,
            boolean doorstep,
            String label,
            List<UUID> orderIds)
            implements ParcelEvent {
        static ParcelReady of(Parcel parcel, Ready ready, Recipient recipient) {
            return new ParcelReady(
                    parcel.id(),
                    parcel.version(),
                    parcel.groupBuyId(),
                    parcel.householdId(),
                    recipient.buildingId(),
                    recipient.floor(),
                    parcel.weightGrams(),
                    parcel.doorstep(),
                    ready.label(),
                    parcel.orderIds());
        }
    }

    /// The household has it.
    record ParcelHandedOver(UUID parcelId, long version, UUID groupBuyId, UUID householdId, List<UUID> orderIds)
            implements ParcelEvent {
        static ParcelHandedOver of(Parcel parcel) {
            return new ParcelHandedOver(
                    parcel.id(), parcel.version(), parcel.groupBuyId(), parcel.householdId(), parcel.orderIds());
        }
    }

    /// The volunteer of the task has taken it from the shelf.
    record ParcelCollected(UUID parcelId, long version, UUID taskId, UUID volunteerId) implements ParcelEvent {
        static ParcelCollected of(Parcel parcel, Carrier carrier) {
            return new ParcelCollected(parcel.id(), parcel.version(), carrier.task(), carrier.member());
        }
    }

    /// It has reached its door and that was confirmed.
    record ParcelDelivered(UUID parcelId, long version, UUID groupBuyId, UUID householdId, List<UUID> orderIds)
            implements ParcelEvent {
        static ParcelDelivered of(Parcel parcel) {
            return new ParcelDelivered(
                    parcel.id(), parcel.version(), parcel.groupBuyId(), parcel.householdId(), parcel.orderIds());
        }
    }

    /// It will not reach its household; `reason` is missing, damaged, refused or undeliverable.
    record ParcelFailed(
            UUID parcelId, long version, UUID groupBuyId, UUID householdId, List<UUID> orderIds, String reason)
            implements ParcelEvent {
        static ParcelFailed of(Parcel parcel, Failure failure) {
            return new ParcelFailed(
                    parcel.id(),
                    parcel.version(),
                    parcel.groupBuyId(),
                    parcel.householdId(),
                    parcel.orderIds(),
                    ParcelState.nameOf(failure));
        }
    }
}
