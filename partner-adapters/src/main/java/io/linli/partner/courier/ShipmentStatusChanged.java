package io.linli.partner.courier;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A shipment moved on. `status` is canonical; `sequence` counts from 1 and orders the moves of one shipment. One that
/// the courier refused is `cancelled` and has no waybill.
@JsonInclude(JsonInclude.Include.NON_NULL)
record ShipmentStatusChanged(
        UUID shipmentId,
        UUID groupBuyId,
        String carrier,
        @Nullable String waybill,
        String status,
        int sequence,
        Instant occurredAt)
        implements ShipmentEvent {
    static ShipmentStatusChanged of(Shipment.Booked booked, Instant occurredAt) {
        return of(booked.freight(), booked.waybill(), booked.tracking(), occurredAt);
    }

    static ShipmentStatusChanged ofRefused(Freight freight, Instant refusedAt) {
        return of(freight, null, Shipment.Tracking.REFUSED, refusedAt);
    }

    private static ShipmentStatusChanged of(
            Freight freight, @Nullable String waybill, Shipment.Tracking tracking, Instant occurredAt) {
        return new ShipmentStatusChanged(
                freight.id(),
                freight.groupBuy(),
                freight.carrier(),
                waybill,
                tracking.status().word(),
                tracking.sequence(),
                occurredAt);
    }

    @Override
    @JsonIgnore
    public String type() {
        return "shipment.status-changed.v1";
    }
}
