package io.linli.partner.courier;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.UUID;

/// A courier took the shipment of a formed group buy and gave it a waybill.
record ShipmentBooked(UUID shipmentId, UUID groupBuyId, String carrier, String waybill) implements ShipmentEvent {
    static ShipmentBooked of(Freight freight, String waybill) {
        return new ShipmentBooked(freight.id(), freight.groupBuy(), freight.carrier(), waybill);
    }

    @Override
    @JsonIgnore
    public String type() {
        return "shipment.booked.v1";
    }
}
