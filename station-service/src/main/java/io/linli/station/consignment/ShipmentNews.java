package io.linli.station.consignment;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Heard from group-buy-service and partner-adapters about what is to arrive, with only the fields read here.
sealed interface ShipmentNews {
    UUID groupBuyId();

    /// `group-buy.formed.v1`
    record GroupBuyFormed(UUID groupBuyId, String title, String supplierName, List<Order> orders)
            implements ShipmentNews {
        /// *Units:* grams.
        record Order(UUID orderId, UUID householdId, boolean doorstep, long weightGrams) {}
    }

    /// `shipment.booked.v1`
    record ShipmentBooked(UUID shipmentId, UUID groupBuyId, String carrier, String waybill) implements ShipmentNews {}

    /// `shipment.status-changed.v1`; `status` is the canonical one, `sequence` grows with every word of the courier.
    /// A shipment that the courier refused has no waybill.
    record ShipmentStatusChanged(
            UUID shipmentId,
            UUID groupBuyId,
            String carrier,
            @Nullable String waybill,
            String status,
            long sequence,
            Instant occurredAt)
            implements ShipmentNews {}
}
