package io.linli.partner.courier;

/// What became of one attempt to book.
sealed interface BookingResult {
    record Booked(String waybill) implements BookingResult {}

    /// The courier understood and said no.
    record Refused(String reason) implements BookingResult {}

    /// No answer that can be relied on: late, broken, or the breaker is open. It may have been booked.
    record Unavailable(String problem) implements BookingResult {}
}
