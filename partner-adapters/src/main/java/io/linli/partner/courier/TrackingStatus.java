package io.linli.partner.courier;

import java.util.Arrays;
import java.util.Locale;

/// Canonical status over all couriers, in the order in which a shipment comes forward, then what gets in its way, then
/// what ends it. A courier's own word that is none of these is `UNKNOWN`.
enum TrackingStatus {
    PENDING(Kind.PROGRESS),
    PICKED_UP(Kind.PROGRESS),
    IN_TRANSIT(Kind.PROGRESS),
    OUT_FOR_DELIVERY(Kind.PROGRESS),
    READY_FOR_PICKUP(Kind.PROGRESS),
    DELIVERED(Kind.END),
    DELIVERY_FAILED(Kind.INCIDENT),
    DELAYED(Kind.INCIDENT),
    ON_HOLD(Kind.INCIDENT),
    RETURN_TO_SENDER(Kind.END),
    CANCELLED(Kind.END),
    EXPIRED(Kind.END),
    UNKNOWN(Kind.NOT_UNDERSTOOD);

    enum Kind {
        PROGRESS,
        INCIDENT,
        END,
        NOT_UNDERSTOOD
    }

    private final Kind kind;

    TrackingStatus(Kind kind) {
        this.kind = kind;
    }

    static TrackingStatus of(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word().equals(word))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /// As it is written in contracts, events and rows.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Kind kind() {
        return kind;
    }

    /// Whether a shipment that came as far as `other` comes further with this.
    boolean isBeyond(TrackingStatus other) {
        return compareTo(other) > 0;
    }
}
