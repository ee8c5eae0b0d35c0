package io.linli.partner.courier;

import java.util.UUID;

/// What other services may hear about a shipment.
sealed interface ShipmentEvent permits ShipmentBooked, ShipmentStatusChanged {
    UUID shipmentId();

    /// Routing key with version.
    String type();
}
