package io.linli.partner.courier;

import java.util.List;

/// What a courier answered when asked about a waybill.
sealed interface TrackingResult {
    record Tracked(List<CourierReport> oldestFirst) implements TrackingResult {}

    record Unavailable(String problem) implements TrackingResult {}
}
