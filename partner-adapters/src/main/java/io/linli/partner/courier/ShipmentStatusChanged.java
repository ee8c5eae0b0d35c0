package io.linli.partner.courier;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.UUID;

/// A shipment moved on. `status` is canonical; `sequence` counts from 1 and orders the moves of one shipment.
record ShipmentStatusChanged(
        UUID shipmentId,
        UUID groupBuyId,
        String carrier,
        String waybill,
        String status,
        int sequence,
        Instant occurredAt)
        implements ShipmentEvent {
    static ShipmentStatusChanged of(Shipment.Booked booked, Instant occurredAt) {
        var freight = booked.freight();
        return new ShipmentStatusChanged(
                freight.id(),
                freight.groupBuy(),
                freight.carrier(),
                booked.waybill(),
                booked.tracking().status().word(),
                booked.tracking().sequence(),
                occurredAt);
    }

    @Override
    @JsonIgnore
    public String type() {
        return "shipment.status-changed.v1";
    }
}
